// The button that undoes a decision goes away when its time is over, and says so to who does not see it. Without a
// script it stays, and pressing it too late is answered with a sentence.

for (const form of document.querySelectorAll("[data-undo]")) {
  if (form.dataset.counting) continue;
  form.dataset.counting = "1";
  const left = form.querySelector("[data-left]");
  const until = performance.now() + Number(form.dataset.undo) * 1000;
  let pressed = false;
  form.addEventListener("submit", () => (pressed = true));
  const tick = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    if (seconds > 0) {
      left.textContent = String(seconds);
      return;
    }
    clearInterval(timer);
    if (pressed) return;
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.textContent = "It can no longer be undone.";
    const focused = form.contains(document.activeElement);
    form.replaceWith(said);
    if (focused) document.getElementById("main").focus();
  };
  const timer = setInterval(tick, 250);
  tick();
}
