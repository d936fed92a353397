// After a row was decided on, the one that follows has the focus and stands where that one stood, so that the same
// key, or the same button under the pointer, decides on it too.

const PLACE = "row-place";
const row = location.hash && document.getElementById(location.hash.slice(1))?.closest("[data-row]");
const height = (at) => at.getBoundingClientRect().top;

function remembered() {
  try {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    return kept === null ? null : Number(kept);
  } catch {
    return null; // a browser that keeps nothing
  }
}

addEventListener("submit", ({ submitter }) => {
  const from = submitter?.closest("[data-row]");
  if (!from) return;
  try {
    sessionStorage.setItem(PLACE, String(height(from)));
  } catch {
    // a browser that keeps nothing: the page starts at the row
  }
});

const stood = remembered();
if (row) {
  if (document.getElementById("lead-done")) row.setAttribute("aria-describedby", "lead-done");
  row.focus({ preventScroll: stood !== null });
}
if (row && stood !== null) {
  // Once the page is whole, since until then the browser scrolls to the row by itself.
  addEventListener("load", () => scrollBy({ top: height(row) - stood, behavior: "instant" }));
}
