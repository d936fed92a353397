// The palette: the doors that a person has, what can be done on the page, and claims found as one types. The field
// keeps the focus, the arrows choose (the combobox pattern of the ARIA practices).

import { acts, labelOf, press } from "./declared.js";

const WAIT = 200;
const SHORTEST = 2;

const hay = (option) => option.textContent.toLocaleLowerCase();

function option(id, words, more = "", key = "") {
  const made = document.createElement("div");
  made.setAttribute("role", "option");
  made.id = id;
  for (const [name, text] of [["palette__name", words], ["palette__more", more]]) {
    if (!text) continue;
    const part = document.createElement("span");
    part.className = name;
    part.dir = "auto";
    part.textContent = text;
    made.append(part, " ");
  }
  if (key) {
    const hint = document.createElement("kbd");
    hint.className = "palette__keys";
    hint.setAttribute("aria-hidden", "true");
    hint.textContent = key;
    made.append(hint);
  }
  return made;
}

class Palette {
  constructor(dialog, { showSheet }) {
    this.dialog = dialog;
    this.input = dialog.querySelector("input");
    this.told = dialog.querySelector("[data-told]");
    this.groups = Object.fromEntries([...dialog.querySelectorAll("[data-group]")].map((one) => [one.dataset.group, one]));
    this.showSheet = showSheet;
    this.does = new Map();
    this.moved = false;
    this.asked = 0;
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    dialog.addEventListener("click", ({ target }) => this.clicked(target));
    dialog.addEventListener("mousemove", ({ target }) => this.choose(target.closest("[role=option]")));
    dialog.addEventListener("submit", (event) => event.preventDefault());
    dialog.addEventListener("close", () => clearTimeout(this.timer));
  }

  open() {
    const row = document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row][aria-current]");
    this.does.clear();
    const own = acts(row).map((act, place) => {
      const made = option(`palette-act-${place}`, labelOf(act), "", act.dataset.key);
      this.does.set(made, act);
      return made;
    });
    this.groups.acts.replaceChildren(...own);
    this.input.value = "";
    this.dialog.showModal();
    this.input.focus();
    this.changed();
  }

  shown() {
    return [...this.dialog.querySelectorAll("[role=option]")].filter((one) => one.checkVisibility());
  }

  changed() {
    const words = this.input.value.trim();
    const parts = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const one of [...this.groups.acts.children, ...this.groups.doors.children]) {
      one.hidden = !parts.every((part) => hay(one).includes(part));
    }
    this.groups.claims.replaceChildren();
    this.groups.search.replaceChildren();
    if (words) {
      const made = option("palette-search", `Search for “${words}”`, "in claims and evidence");
      made.dataset.href = `/search/?q=${encodeURIComponent(words)}`;
      this.groups.search.append(made);
    }
    clearTimeout(this.timer);
    const number = (this.asked += 1);
    if (words.length >= SHORTEST) this.timer = setTimeout(() => this.find(words, number), WAIT);
    this.moved = false;
    this.settle();
  }

  async find(words, number) {
    let html = "";
    try {
      // As htmx asks, so that a session that has ended is told by a status and not by the form to sign in.
      const headers = { "HX-Request": "true" };
      const answer = await fetch(`/desk/find/?q=${encodeURIComponent(words.slice(0, 200))}`, { headers });
      if (!answer.ok) throw new Error(answer.status);
      html = await answer.text();
    } catch {
      this.told.textContent = "Claims could not be looked up.";
      return;
    }
    if (number !== this.asked) return; // an answer to what no longer stands there
    const found = document.createElement("template");
    found.innerHTML = html;
    this.groups.claims.replaceChildren(found.content);
    this.settle();
  }

  // The first choice is chosen, unless the person went on to another; groups with nothing in them are left out.
  settle() {
    for (const group of Object.values(this.groups)) {
      group.hidden = false;
      group.hidden = ![...group.children].some((one) => !one.hidden);
    }
    const all = this.shown();
    if (!this.moved || !all.includes(this.chosen)) this.choose(all[0], false);
    this.told.textContent = `${all.length} ${all.length === 1 ? "choice" : "choices"}`;
  }

  choose(one, moved = true) {
    if (one === null) return; // the pointer is between two choices
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = one;
    this.moved = moved;
    if (!one) return this.input.removeAttribute("aria-activedescendant");
    one.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", one.id);
  }

  key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      const all = this.shown();
      const at = all.indexOf(this.chosen) + (key === "ArrowDown" ? 1 : -1);
      this.choose(all.at(at % all.length));
      this.chosen?.scrollIntoView({ block: "nearest" });
    } else if (key === "Enter" && !event.isComposing) {
      if (this.chosen) this.take(this.chosen);
    } else {
      return;
    }
    event.preventDefault();
  }

  clicked(target) {
    const one = target.closest("[role=option]");
    if (one) this.take(one);
    else if (target === this.dialog || target.closest("[data-closes]")) this.dialog.close();
  }

  take(one) {
    this.dialog.close();
    if (one.dataset.href) location.assign(one.dataset.href);
    else if (one.dataset.opens === "sheet") this.showSheet();
    else press(this.does.get(one));
  }
}

let palette = null;

export function openPalette(dialog, options) {
  palette ??= new Palette(dialog, options);
  palette.open();
}
