// Says how many rows are ticked, shows what can be done with those while some are, and ticks all that are listed.

const box = document.querySelector("[data-ticked]");

if (box) {
  const { form } = box.closest("fieldset");
  const all = form.querySelector("[data-tick-all]");
  const rows = () => [...form.querySelectorAll('input[name="tick"]')];

  const tell = () => {
    const count = rows().filter((row) => row.checked).length;
    box.textContent = `${count} ticked:`;
    form.toggleAttribute("data-ticked", count > 0);
    for (const button of box.closest("fieldset").querySelectorAll("button")) button.disabled = count === 0;
    all.checked = count === rows().length;
    all.indeterminate = count > 0 && !all.checked;
  };

  form.addEventListener("change", ({ target }) => {
    if (target === all) for (const row of rows()) row.checked = all.checked;
    tell();
  });
  addEventListener("pageshow", tell); // a page that one went back to has kept its ticks
  tell();
}
