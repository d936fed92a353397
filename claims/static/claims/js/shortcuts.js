// Single keys for who works at the desk all day. A page declares its own with data-key, its lists with data-rows and
// data-row; the sheet and the palette are made of what it declares. Nothing is done while somebody types, with a
// modifier held, in a dialog, or where keys are switched off (WCAG 2.1.4).

import { acting, labelOf, press, usable } from "./declared.js";
import { openPalette } from "./palette.js";
import { openSheet } from "./key-sheet.js";

const SETTING = "single-keys";
const GOING_FOR = 1500;
const root = document.documentElement;

const pieces = document.getElementById("habits").content.cloneNode(true);
const [buttons, going, palette, sheet] = [".habits", ".going", ".palette", ".sheet"].map((one) => pieces.querySelector(one));
(document.querySelector(".footer .wrap") ?? document.body).append(buttons);
document.body.append(going, palette, sheet);
const doors = [...palette.querySelectorAll("[data-go]")];

// --- whether keys work ---

function remembered() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

let on = remembered();

function show() {
  root.dataset.keys = on ? "on" : "off";
  for (const one of document.querySelectorAll("[data-key]")) {
    if (on) one.setAttribute("aria-keyshortcuts", one.dataset.key);
    else one.removeAttribute("aria-keyshortcuts");
  }
}

function set(value) {
  on = value;
  show();
  localStorage.setItem(SETTING, on ? "on" : "off");
}

show();
document.addEventListener("htmx:load", show);

// --- rows ---

let place = -1;

const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")].filter(usable);
const focused = () => document.activeElement?.closest("[data-row]");
const current = () => focused() ?? document.querySelector("[data-row][aria-current]");

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(focused());
  const started = all.findIndex((row) => row.hasAttribute("aria-current"));
  // Where the row that had the focus is gone, the one that took its place is next.
  const begin = place < 0 ? Math.max(started, 0) : place - (step < 0 ? 1 : 0);
  place = Math.max(0, Math.min(at < 0 ? begin : at + step, all.length - 1));
  const row = all[place];
  if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("focusin", () => {
  const at = rows().indexOf(focused());
  if (at >= 0) place = at;
});

function within(row, wanted, otherwise) {
  return [...(row?.querySelectorAll(wanted) ?? []), ...(row?.querySelectorAll(otherwise) ?? [])].find(usable);
}

function open() {
  const target = within(current(), "[data-open]", "a[href]");
  if (target) press(target);
  return Boolean(target);
}

function tick() {
  const box = within(current(), "[data-tick]", "input[type=checkbox]");
  box?.click();
  return Boolean(box);
}

// --- g, then a letter ---

let timer = 0;

function startGoing() {
  going.hidden = false;
  going.textContent = `Go to: ${doors.map((door) => `${door.dataset.go} ${labelOf(door)}`).join(", ")}`;
  timer = setTimeout(stopGoing, GOING_FOR);
  return true;
}

function stopGoing() {
  clearTimeout(timer);
  timer = 0;
  going.hidden = true;
}

function go(key) {
  stopGoing();
  const door = doors.find((one) => one.dataset.go === key);
  if (door) location.assign(door.dataset.href);
  return Boolean(door);
}

// --- everywhere ---

function search() {
  const input = [...document.querySelectorAll("main input[type=search], #site-search")].find(usable);
  if (input) input.select();
  else location.assign("/search/");
  return true;
}

const showSheet = () => openSheet(sheet, { on, set, doors, hasRows: rows().length > 0 });
const showPalette = () => openPalette(palette, { showSheet });

const EVERYWHERE = { g: startGoing, "/": search, "?": () => showSheet() ?? true, j: () => move(1), k: () => move(-1), o: open, x: tick };
const ON_A_ROW = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: open };
const REPEATED = new Set(["j", "k", "ArrowDown", "ArrowUp"]);

function typing({ target }) {
  if (target.closest("[data-keys-off]") || target.isContentEditable) return true;
  return target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

function done(event) {
  const { key, target } = event;
  if (timer) return go(key);
  if (target.matches("[data-row]") && ON_A_ROW[key]) return ON_A_ROW[key]();
  const own = acting(key, current());
  if (own) press(own);
  return Boolean(own) || (Object.hasOwn(EVERYWHERE, key) && EVERYWHERE[key]());
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  const held = event.ctrlKey || event.metaKey;
  if (held && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    showPalette();
  } else if (on && !held && !typing(event) && !(event.repeat && !REPEATED.has(event.key))) {
    if (done(event)) event.preventDefault();
  }
});

buttons.addEventListener("click", ({ target }) => {
  if (target.dataset.opens === "sheet") showSheet();
  else if (target.dataset.opens === "palette") showPalette();
});
