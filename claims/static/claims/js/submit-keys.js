// Ctrl+Enter (on a Mac, Command+Enter) presses the button that is marked for it. Enter alone in a line of text stores
// nothing and searches nothing: a long form is not to be sent by a slip. Where the mark says "only", Enter alone does
// what it does without this script.

for (const button of document.querySelectorAll("[data-ctrl-enter]")) {
  const form = button.form;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      if (!form.dataset.sent) button.click();
    } else if (button.dataset.ctrlEnter !== "only" && event.target.matches("input:not([type=checkbox], [type=radio])")) {
      event.preventDefault();
    }
  });
  form.addEventListener("submit", () => {
    // A second press while the first is under way would only bring the same answer later.
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 3000);
  });
}
