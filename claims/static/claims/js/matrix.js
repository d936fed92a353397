// A matrix by keyboard (the grid pattern of WAI-ARIA): one tab stop, arrows between cells; and what is in hand, in words.

import { editsInPlace } from "./matrix-edit.js";

const PAGE = 10;
const INSIDE = ":scope > a:not(.more-bearings), :scope > .from a";

const region = document.querySelector("[data-matrix]");
if (region) {
  const table = region.querySelector("table");
  const told = document.querySelector("[data-in-hand]");
  const wide = matchMedia("(min-width: 48rem)");
  let stop = null;

  // The rows that one moves through: not the sums below, not an editor that is open.
  const rows = () => [...table.tHead.rows, ...[...table.tBodies].flatMap((body) => [...body.rows])].filter((row) => !row.matches(".editor"));
  // What of a cell takes the focus: its links, else the cell itself.
  const stopsOf = (cell) => {
    const links = [...cell.querySelectorAll(INSIDE)];
    return links.length ? links : [cell];
  };
  const cellOf = (element) => element.closest("th, td");

  const hold = (element) => {
    if (stop && stop !== element) stop.tabIndex = -1;
    stop = element;
    stop.tabIndex = 0;
  };

  const go = (element) => {
    if (!element) return;
    hold(element);
    element.focus();
    // The first and the last column never leave sight, so that going to them would not scroll by itself.
    const cell = cellOf(element);
    if (cell.cellIndex === 0) region.scrollLeft = 0;
    else if (cell.matches(".n")) region.scrollLeft = region.scrollWidth;
  };

  const across = (from, step) => {
    const stops = [...cellOf(from).parentElement.cells].flatMap(stopsOf);
    return stops[stops.indexOf(from) + step];
  };
  const along = (from, step) => {
    const all = rows();
    const cell = cellOf(from);
    const place = all.indexOf(cell.parentElement) + step;
    const row = all[Math.max(0, Math.min(place, all.length - 1))];
    return row === cell.parentElement ? null : stopsOf(row.cells[cell.cellIndex])[0];
  };
  const end = (row, last) => stopsOf(row.cells[last ? row.cells.length - 1 : 0])[0];

  const KEYS = {
    ArrowRight: (from) => across(from, 1),
    ArrowLeft: (from) => across(from, -1),
    ArrowDown: (from) => along(from, 1),
    ArrowUp: (from) => along(from, -1),
    PageDown: (from) => along(from, PAGE),
    PageUp: (from) => along(from, -PAGE),
    Home: (from, ctrl) => end(ctrl ? rows()[0] : cellOf(from).parentElement, false),
    End: (from, ctrl) => end(ctrl ? rows().at(-1) : cellOf(from).parentElement, true),
  };

  const text = (element) => element?.textContent.trim() ?? "";
  const part = (tag, words, css = "") => {
    const made = document.createElement(tag);
    made.className = css;
    made.dir = "auto";
    made.textContent = words;
    return made;
  };

  const voicesOf = (cell) => {
    const list = cell.dataset.voices && document.getElementById(cell.dataset.voices);
    if (!list) return "";
    const names = [...list.querySelectorAll("dt")];
    return names.map((name) => `${text(name)}: ${text(name.nextElementSibling)}`).join("; ");
  };

  const tell = (cell) => {
    const row = cell.parentElement;
    if (cell.tagName !== "TD" || !row.closest("tbody") || row.matches(".editor") || cell.matches(".n")) return;
    const item = text(row.cells[0].querySelector("a"));
    const claim = text(table.tHead.rows[0].cells[cell.cellIndex].querySelector("a"));
    const said = part("span", text(cell) || "no bearing", "said");
    told.replaceChildren(part("b", item), " on ", part("b", claim), ": ", said);
    const voices = voicesOf(cell);
    if (voices) told.append(part("span", ` (${voices})`));
  };

  const arrange = () => {
    const links = table.querySelectorAll("th a, td a");
    told.hidden = !wide.matches;
    if (!wide.matches) {
      table.removeAttribute("role");
      for (const link of links) link.removeAttribute("tabindex");
      return;
    }
    table.setAttribute("role", "grid");
    region.removeAttribute("tabindex");
    for (const link of links) link.tabIndex = -1;
    const target = document.querySelector("tr:target");
    hold(stop ?? stopsOf((target ?? table.tBodies[0].rows[0]).cells[target ? 0 : 1])[0]);
    // A cell that is gone to is not left below the heads that stay in sight.
    const [corner, last] = [table.tHead.rows[0].cells[0], table.tHead.rows[0].lastElementChild];
    region.style.scrollPaddingBlockStart = `${table.tHead.offsetHeight}px`;
    region.style.scrollPaddingInline = `${corner.offsetWidth}px ${last.offsetWidth}px`;
  };

  table.addEventListener("keydown", (event) => {
    const move = KEYS[event.key];
    if (!move || !wide.matches || event.altKey || event.metaKey || event.shiftKey || event.target.closest(".editor")) return;
    if (event.ctrlKey && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    go(move(event.target, event.ctrlKey));
  });
  table.addEventListener("focusin", ({ target }) => {
    if (!wide.matches || target.closest(".editor") || !cellOf(target)) return;
    hold(target);
    tell(cellOf(target));
  });
  table.addEventListener("pointerover", ({ target }) => {
    const cell = cellOf(target);
    if (wide.matches && cell) tell(cell);
  });
  table.addEventListener("mousedown", ({ target }) => {
    const cell = cellOf(target);
    if (wide.matches && cell?.matches("tbody td") && !cell.querySelector("a") && !target.closest(".editor")) go(cell);
  });

  arrange();
  wide.addEventListener("change", arrange);
  editsInPlace(table, document.querySelector("[data-saved]"), (cell) => go(stopsOf(cell)[0]));
}
