// Hides the empty rows of things to watch beyond the second; a button brings them one by one. Without it all are shown.

for (const group of document.querySelectorAll("[data-rows]")) {
  const rows = [...group.querySelectorAll(".rows__row")];
  const empty = (row) => [...row.querySelectorAll("input, select")].every((field) => field.value === "") && !row.querySelector(".error");
  const spare = rows.slice(Number(group.dataset.rows)).filter(empty);
  if (spare.length > 0) {
    for (const row of spare) row.hidden = true;
    const more = document.createElement("button");
    more.type = "button";
    more.className = "button button--quiet rows__more";
    more.textContent = group.dataset.more;
    more.addEventListener("click", () => {
      const row = spare.shift();
      row.hidden = false;
      row.querySelector("input").focus();
      if (spare.length === 0) more.remove();
    });
    group.append(more);
  }
}
