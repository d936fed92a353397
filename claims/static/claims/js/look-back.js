// A slider through the days on which something changed about a claim, above the form that looks back to a day.
// Dragging shows the day and where the claim stood; letting go, or Enter, loads the page of that day.

const form = document.querySelector("form[data-steps]");
const steps = stepsOf(form?.dataset.steps ?? "");

if (form && steps.length > 1) {
  const day = form.elements.as_of;
  const last = steps.length - 1;
  const shown = day.value;
  const here = steps.findLastIndex((step) => step.day <= shown);

  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: 0, max: last, value: here, autocomplete: "off", className: "look-back__range" });
  range.setAttribute("aria-label", "Day to look back to");
  // Not an output, which would be read aloud beside the slider's own words.
  const said = document.createElement("p");
  said.className = "look-back__said";

  // The day that the page shows may lie between two steps.
  const start = { day: shown, standing: steps[here].standing };
  let chosen = start;

  const choose = (step) => {
    chosen = step;
    const words = wordsOf(step);
    range.setAttribute("aria-valuetext", words);
    said.textContent = words;
  };

  const load = () => {
    if (chosen.day === steps[last].day) window.location.assign(form.dataset.now);
    else form.requestSubmit();
  };

  // Arrow keys change the value step by step: only a pointer that lets go has chosen.
  let dragged = false;
  range.addEventListener("pointerdown", () => (dragged = true));
  range.addEventListener("input", () => {
    choose(Number(range.value) === here ? start : steps[range.value]);
    day.value = chosen.day;
  });
  range.addEventListener("change", () => {
    if (dragged && chosen !== start) load();
    dragged = false;
  });
  range.addEventListener("keydown", (event) => {
    dragged = false;
    if (event.key !== "Enter") return;
    event.preventDefault();
    load();
  });
  day.addEventListener("input", () => {
    const place = steps.findLastIndex((step) => step.day <= day.value);
    if (!day.value || place < 0) return;
    range.value = place;
    choose({ day: day.value, standing: steps[place].standing });
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    range.value = here;
    day.value = shown;
    choose(start);
  });

  form.prepend(range, said);
  choose(start);
}

// "2025-04-01=6 %;2025-04-20": each day, and the standing where that changed.
function stepsOf(text) {
  let standing = "";
  return text.split(";").map((told) => {
    const [day, changed] = told.split("=");
    standing = changed ?? standing;
    return { day, standing };
  });
}

// A day as the site writes it; browsers differ in how they shorten months.
function wordsOf({ day, standing }) {
  const [year, month, date] = day.split("-").map(Number);
  const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const words = `${date} ${months[month - 1]} ${year}`;
  return standing ? `${words}, ${standing}` : words;
}
