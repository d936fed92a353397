// Copies the text of the element that a button names. Browsers have a clipboard for pages only where the connection is
// safe; elsewhere, and without JavaScript, the buttons stay hidden and the text can be selected.

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const words = [...button.childNodes];
    button.setAttribute("aria-live", "polite");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Could not be copied";
      }
      setTimeout(() => button.replaceChildren(...words), 2000);
    });
  }
}
