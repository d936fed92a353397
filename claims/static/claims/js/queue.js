// The queue: what lies open stays held while somebody works on it, a decision's form opens with the focus in it, and
// the number of ticked boxes is said where they are decided on.

const EVERY = 120_000; // milliseconds; a hold lasts five minutes

const held = document.querySelector("[data-holds]");
const token = document.querySelector("[name=csrfmiddlewaretoken]");
if (held && token) {
  let active = true;
  for (const kind of ["keydown", "pointerdown", "scroll"]) {
    addEventListener(kind, () => (active = true), { passive: true });
  }
  const renew = async () => {
    if (!active || document.hidden) return;
    active = false;
    const [kind, id] = held.dataset.holds.split(" ");
    const body = new URLSearchParams({ kind, id, csrfmiddlewaretoken: token.value });
    try {
      await fetch("/moderation/hold/", { method: "POST", body });
    } catch {
      active = true; // the network is away: tried again at the next turn
    }
  };
  setInterval(renew, EVERY);
}

for (const part of document.querySelectorAll("details.act, details.several")) {
  const summary = part.querySelector("summary");
  part.addEventListener("toggle", () => {
    // Who has gone on already, faster than this event, is left where they are.
    if (part.open && document.activeElement === summary) part.querySelector("select, textarea")?.focus();
  });
}

const boxes = document.querySelectorAll("[data-tick]");
const several = document.getElementById("several");
if (several && boxes.length) {
  const summary = several.querySelector("summary");
  const words = summary.firstChild;
  const count = () => {
    const ticked = [...boxes].filter((box) => box.checked).length;
    words.textContent = ticked ? `Decide on the ${ticked} ticked ` : "Decide on those ticked ";
    several.classList.toggle("has-ticked", ticked > 0);
  };
  for (const box of boxes) box.addEventListener("change", count);
  count();
}
