// The sheet of keys: what the page declares, what works in its lists, where `g` leads, and the switch.

import { acts, labelOf, usable } from "./declared.js";

const IN_A_LIST = [
  ["j", "next row"],
  ["k", "row before"],
  ["o", "open the row, as Enter does"],
];
const TICKED = ["x", "tick the row"];
const EVERYWHERE = [
  ["/", "search"],
  ["?", "this sheet"],
  ["Esc", "close what is open"],
];

function line(keys, words) {
  const [term, said] = [document.createElement("dt"), document.createElement("dd")];
  for (const key of keys) {
    const hint = document.createElement("kbd");
    hint.textContent = key;
    term.append(hint, " ");
  }
  said.textContent = words;
  said.dir = "auto";
  const pair = document.createElement("div");
  pair.append(term, said);
  return pair;
}

function group(title, lines) {
  const [section, head, list] = ["section", "h3", "dl"].map((name) => document.createElement(name));
  head.textContent = title;
  list.append(...lines);
  section.append(head, list);
  return section;
}

const inAList = () => (document.querySelector("[data-row] input[type=checkbox]") ? [...IN_A_LIST, TICKED] : IN_A_LIST);

function ofThePage() {
  const first = new Map(); // many rows have the same keys
  for (const one of document.querySelectorAll("[data-row] [data-key]")) first.set(one.dataset.key, one);
  for (const one of acts(null)) if (one.dataset.key) first.set(one.dataset.key, one);
  const sends = [...document.querySelectorAll("[data-ctrl-enter]")].find(usable);
  return [...[...first].map(([key, one]) => line([key], labelOf(one))), ...(sends ? [line(["Ctrl", "Enter"], labelOf(sends))] : [])];
}

export function openSheet(sheet, { on, set, doors, hasRows }) {
  const own = ofThePage();
  const going = doors.map((door) => line(["g", door.dataset.go], labelOf(door)));
  const groups = [
    own.length ? group("On this page", own) : null,
    hasRows ? group("In the list", inAList().map(([key, words]) => line([key], words))) : null,
    group("Go to", going),
    group("Everywhere", EVERYWHERE.map(([key, words]) => line([key], words))),
  ];
  sheet.querySelector("[data-groups]").replaceChildren(...groups.filter(Boolean));
  const toggle = sheet.querySelector("#sheet-on");
  toggle.checked = on;
  toggle.onchange = () => set(toggle.checked);
  sheet.showModal();
  sheet.querySelector("h2").focus();
}
