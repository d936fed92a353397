// What is known of the address that was typed goes into the form, but never over what the person typed.

import { tellFailure } from "./failure.js";

const box = document.querySelector("[data-address]");

if (box) {
  const { source, type } = box.closest("form").elements;
  const told = document.getElementById("told-source");
  let filled = told.dataset.source;
  let suggested = "";

  box.addEventListener("htmx:configRequest", ({ detail }) => {
    if (source.value === filled) detail.parameters.source = "";
  });
  box.addEventListener("told", ({ detail }) => {
    if (!source.value.trim() || source.value === filled) source.value = filled = detail.source;
    if (!type.value || type.value === suggested) type.value = suggested = detail.type;
  });
  told.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    // What was typed about a new source stays as long as it is the same one.
    const [before, after] = [told, detail.fragment].map((place) => place.querySelector("[data-domain]"));
    if (before && before.dataset.domain === after?.dataset.domain) detail.shouldSwap = false;
  });
  tellFailure(box, document.getElementById("told-standing"));
}
