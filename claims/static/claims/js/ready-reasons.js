// Puts a ready sentence into the text box, where it can be changed. Without it the sentence is sent beside the text.

for (const select of document.querySelectorAll("[data-fills]")) {
  const box = select.form.elements[select.dataset.fills];
  select.addEventListener("change", () => {
    if (select.value === "") return;
    box.value = box.value.trim() === "" ? select.value : `${box.value.trimEnd()}\n${select.value}`;
    select.value = "";
    box.focus();
  });
}
