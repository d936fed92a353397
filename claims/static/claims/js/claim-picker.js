// What an item bears on: says what was added and taken off, folds empty notes, hides the chips of claims that are on.

import { liveSearch } from "./live-search.js";

for (const box of document.querySelectorAll("[data-claim-picker]")) {
  const close = liveSearch(box);
  const rows = box.querySelector("[data-rows]");
  if (!rows) continue;
  const said = box.querySelector("[data-said]");
  const input = box.querySelector(".finder input");

  const tell = (word, row) => {
    said.textContent = `${word}: ${row.querySelector("legend").textContent}`;
    const chip = box.querySelector(`.chip[value="${CSS.escape(row.dataset.bearing)}"]`);
    if (chip) chip.hidden = word === "Added";
  };

  const foldNote = (row) => {
    const note = row.querySelector(".bearing__note");
    if ("written" in note.dataset || note.querySelector("input").value) return;
    note.hidden = true;
    row.querySelector("[data-note]").hidden = false;
  };

  let searched = input.value;
  const added = (row) => {
    tell("Added", row);
    // Who has begun to look for the next claim goes on typing.
    if (input.value !== searched) return;
    close();
    row.querySelector("input[type=radio]").focus();
  };

  const remove = (row) => {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    tell("Removed", row);
    (next?.querySelector("input[type=radio]") ?? input).focus();
  };

  for (const row of rows.children) foldNote(row);
  rows.addEventListener("htmx:load", ({ target }) => {
    foldNote(target);
    added(target);
  });
  box.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.name !== "add") return;
    searched = input.value;
    const row = rows.querySelector(`[data-bearing="${CSS.escape(event.target.value)}"]`);
    if (!row) return;
    event.preventDefault();
    added(row);
  });
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = button?.closest("[data-bearing]");
    if (button?.name === "remove") {
      event.preventDefault();
      remove(row);
    } else if (button?.matches("[data-note]")) {
      const note = row.querySelector(".bearing__note");
      note.hidden = false;
      button.hidden = true;
      note.querySelector("input").focus();
    }
  });
}
