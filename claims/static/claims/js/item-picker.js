// Chooses another item without leaving the page: one that reports the same event, or an earlier one.

import { liveSearch } from "./live-search.js";

for (const box of document.querySelectorAll("[data-item-picker]")) {
  const kept = box.querySelector("input[type=hidden]");
  const chosen = box.querySelector("[data-chosen]");
  const story = box.querySelector("[name=story]");
  const link = chosen.querySelector("a");

  const show = (id, title, word) => {
    kept.value = id;
    link.href = id ? `/evidence/${id}/` : "#";
    link.textContent = title;
    chosen.hidden = !id;
    if (story) story.value = word;
  };

  const close = liveSearch(box);
  box.querySelector("[data-choices]").addEventListener("click", (event) => {
    const choice = event.target.closest("button.find");
    if (!choice) return;
    event.preventDefault();
    close();
    show(choice.value, choice.dataset.title, choice.dataset.story);
    chosen.querySelector("button").focus();
  });

  chosen.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    show("", "", "");
    box.querySelector(".finder input").focus();
  });
}
