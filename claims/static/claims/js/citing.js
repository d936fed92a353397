// Counts the items ticked, and marks those that were not known by the day that the judgement speaks of.
// Without it the marks come with the next answer of the site, which refuses such items in any case.

const list = document.querySelector("[data-citing]");
const day = document.getElementById("id_as_of");

if (list) {
  const told = list.querySelector("[data-cited]");
  const boxes = [...list.querySelectorAll("input[data-known]")];

  const count = () => {
    const cited = boxes.filter((box) => box.checked).length;
    if (told) told.textContent = cited === 1 ? "1 item ticked" : `${cited} items ticked`;
  };

  const mark = () => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day?.value ?? "")) return;
    for (const box of boxes) {
      box.closest("li").querySelector(".items__late").hidden = box.dataset.known <= day.value;
    }
  };

  list.addEventListener("change", count);
  day?.addEventListener("input", mark);
  mark();
}
