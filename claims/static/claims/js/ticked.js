// Says how many rows are ticked, and greys out what is done to those while none is.

const box = document.querySelector("[data-ticked]");

if (box) {
  const { form } = box.closest("fieldset");
  const tell = () => {
    const count = form.querySelectorAll('input[name="tick"]:checked').length;
    box.textContent = count === 1 ? "1 ticked:" : count ? `${count} ticked:` : "Ticked ones:";
    for (const button of box.closest("fieldset").querySelectorAll("button")) button.disabled = count === 0;
  };
  form.addEventListener("change", tell);
  tell();
}
