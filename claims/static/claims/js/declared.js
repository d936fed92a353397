// What a page declares of its keys and acts: which are there now, what they are called, and doing them.

const FIELDS = "textarea, select, input:not([type=hidden])";

// Whether it can be seen and is not switched off.
export const usable = (element) => element.checkVisibility() && !element.matches(":disabled");

// The words of an element, without the hint of its key.
export function labelOf(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const named = element.querySelector(".palette__name") ?? (element.matches("form") ? submitOf(element) : element);
  const copy = (named ?? element).cloneNode(true);
  for (const hint of copy.querySelectorAll("kbd")) hint.remove();
  const said = copy.textContent.replace(/\s+/g, " ").trim();
  return said || element.labels?.[0]?.textContent.trim() || element.getAttribute("aria-label") || "";
}

// What a key does now: in the current row first, then on the page outside of rows.
export function acting(key, row) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(usable);
  return all.find((one) => row?.contains(one)) ?? all.find((one) => !one.closest("[data-row]"));
}

// Everything that can be done here, with and without a key: of rows, what stands in the current one.
export function acts(row) {
  const all = [...document.querySelectorAll("[data-key], [data-act]")].filter(usable);
  return all.filter((one) => !one.closest("[data-row]") || row?.contains(one));
}

const submitOf = (form) => form.querySelector("button:not([type=button])");

// Does what a click would do; of a form sends it, of a field goes there, of what folds goes to its first field.
export function press(element) {
  if (element.matches("form")) {
    element.requestSubmit(submitOf(element));
  } else if (element.matches(FIELDS)) {
    element.focus();
  } else {
    element.click();
    const folded = element.matches("summary") ? element.parentElement : null;
    if (folded?.open) [...folded.querySelectorAll(FIELDS)].find(usable)?.focus();
  }
}
