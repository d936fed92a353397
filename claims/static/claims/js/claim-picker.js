// Adds claims to an item without leaving the page: from a search, from the chips of those used last; and takes them off.

import { liveSearch } from "./live-search.js";

for (const box of document.querySelectorAll("[data-claim-picker]")) {
  const url = box.dataset.claimPicker;
  const rows = box.querySelector("[data-rows]");
  const said = box.querySelector("[data-said]");
  const input = box.querySelector("input");

  const rowOf = (claim) => rows.querySelector(`[data-bearing="${CSS.escape(claim)}"]`);

  const foldNote = (row) => {
    const note = row.querySelector(".bearing__note");
    if ("written" in note.dataset || note.querySelector("input").value) return;
    note.hidden = true;
    row.querySelector("[data-note]").hidden = false;
  };

  const add = async (claim) => {
    let row = rowOf(claim);
    if (!row) {
      const answer = await fetch(new URL(`${encodeURIComponent(claim)}/`, new URL(url, location.href)));
      if (!answer.ok) {
        said.textContent = "The claim could not be added. Try again.";
        return;
      }
      rows.insertAdjacentHTML("beforeend", await answer.text());
      row = rowOf(claim);
      foldNote(row);
    }
    for (const chip of box.querySelectorAll(`.chip[value="${CSS.escape(claim)}"]`)) chip.hidden = true;
    said.textContent = `Added: ${row.querySelector("legend").textContent}`;
    row.querySelector("input[type=radio]").focus();
  };

  const remove = (row) => {
    const claim = row.dataset.bearing;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    said.textContent = `Removed: ${row.querySelector("legend").textContent}`;
    row.remove();
    for (const chip of box.querySelectorAll(`.chip[value="${CSS.escape(claim)}"]`)) chip.hidden = false;
    (next?.querySelector("input[type=radio]") ?? input).focus();
  };

  liveSearch({
    box,
    url,
    onChoose: (choice, close) => {
      close();
      add(choice.value);
    },
  });

  if (!rows) continue;
  for (const row of rows.children) foldNote(row);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches(".chip[name=add]")) {
      event.preventDefault();
      add(button.value);
    } else if (button.name === "remove") {
      event.preventDefault();
      remove(button.closest("[data-bearing]"));
    } else if (button.matches("[data-note]")) {
      const note = button.closest("[data-bearing]").querySelector(".bearing__note");
      note.hidden = false;
      button.hidden = true;
      note.querySelector("input").focus();
    }
  });
}
