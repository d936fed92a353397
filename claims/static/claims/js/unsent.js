// Asks before a page with something typed and not sent is left.

const form = document.querySelector("[data-item-form]");

if (form) {
  let changed = form.querySelector(".errors") !== null;
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[name=add], [name=remove], [name=same], [name=apart]")) changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
