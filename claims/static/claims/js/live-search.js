// The keys of a search whose choices htmx fetches: arrows move through them, Enter goes to the first, Escape leaves.

import { tellFailure } from "./failure.js";

export function liveSearch(box) {
  const finder = box.querySelector(".finder");
  const input = finder.querySelector("input");
  const choices = box.querySelector("[data-choices]");
  const all = () => [...choices.querySelectorAll(".find")];

  const move = (step) => {
    const found = all();
    const place = found.indexOf(document.activeElement) + step;
    if (place < 0) input.focus();
    else found[Math.min(place, found.length - 1)]?.focus();
  };

  const close = () => {
    choices.replaceChildren();
    input.value = "";
    input.focus();
  };

  box.addEventListener("keydown", (event) => {
    const among = event.target === input || event.target.matches(".find");
    if (!among || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && (input.value || all().length)) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      finder.querySelector("button").click();
    }
  });

  choices.addEventListener("htmx:beforeSwap", ({ detail }) => {
    // An answer to what no longer stands there is void.
    if (detail.requestConfig.parameters[input.name] !== input.value) detail.shouldSwap = false;
  });
  finder.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && detail.requestConfig.triggeringEvent.type === "click") all()[0]?.focus();
  });
  tellFailure(box, choices);
  return close;
}
