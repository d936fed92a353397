// Says beside a probability which word it is called by, how far it moves the number, and asks why where that is far.
// The scale and the hint stand on the page without it.

const box = document.querySelector("[data-chance]");

if (box) {
  const input = box.querySelector("[data-probability]");
  const output = box.querySelector("output");
  const bands = [...box.querySelectorAll("[data-band]")];
  const hint = document.getElementById("id_rationale_helptext");
  const usual = hint?.textContent;
  const large = document.querySelector("template[data-large-move]")?.content.textContent;
  const day = document.getElementById("id_as_of");

  // The number in force, unless the judgement speaks of a day before it; then the site alone knows which came before.
  const earlier = () => (box.dataset.before === "" || day?.value < box.dataset.beforeDay ? null : Number(box.dataset.before));

  const typed = () => {
    const text = input.value.trim().replace(/\s*%$/, "");
    const number = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return number > 0 && number < 100 ? number : null;
  };

  const moved = (number, before) => {
    if (before === null) return "";
    const points = Math.round((number - before) * 10) / 10;
    if (points === 0) return `, as on ${box.dataset.beforeOn}`;
    const size = Math.abs(points);
    return `, ${points > 0 ? "up" : "down"} ${size} ${size === 1 ? "point" : "points"} from ${before}\u00a0% on ${box.dataset.beforeOn}`;
  };

  const tell = () => {
    const number = typed();
    const before = earlier();
    const band = number === null ? null : bands.find((one) => number <= Number(one.dataset.band));
    for (const one of bands) one.classList.toggle("is-on", one === band);
    output.value = band ? `${band.querySelector("b").textContent}${moved(number, before)}` : "";
    if (!hint || !large) return;
    const far = number !== null && before !== null && Math.abs(number - before) >= Number(box.dataset.large) - 1e-9;
    const words = far ? large : usual;
    if (hint.textContent !== words) hint.textContent = words;
  };

  input.addEventListener("input", tell);
  day?.addEventListener("input", tell);
  tell();
}
