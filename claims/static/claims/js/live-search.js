// Finds while one types: fetches the choices for what stands in an input, and lets the arrow keys move through them.
// `url` may have a query of its own. A newer search makes an older answer void.

const PAUSE = 150;

export function liveSearch({ box, url, onChoose }) {
  const input = box.querySelector("input[type=text], input[type=search], input:not([type])");
  const choices = box.querySelector("[data-choices]");
  let timer = 0;
  let running = null;

  const search = async () => {
    running?.abort();
    const words = input.value.trim();
    if (!words) {
      choices.replaceChildren();
      return;
    }
    running = new AbortController();
    const address = new URL(url, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: running.signal });
      if (answer.ok) choices.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") choices.replaceChildren();
    }
  };

  const all = () => [...choices.querySelectorAll(".find")];

  const move = (step) => {
    const found = all();
    const place = found.indexOf(document.activeElement) + step;
    if (place < 0) input.focus();
    else found[Math.min(place, found.length - 1)]?.focus();
  };

  const close = () => {
    running?.abort();
    clearTimeout(timer);
    choices.replaceChildren();
    input.value = "";
    input.focus();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });

  box.addEventListener("keydown", (event) => {
    const among = event.target === input || event.target.matches(".find");
    if (!among || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && (input.value || all().length)) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      clearTimeout(timer);
      search().then(() => all()[0]?.focus());
    }
  });

  box.querySelector("[data-find]")?.addEventListener("click", (event) => {
    event.preventDefault();
    search().then(() => all()[0]?.focus());
  });

  choices.addEventListener("click", (event) => {
    const choice = event.target.closest("button.find");
    if (!choice) return;
    event.preventDefault();
    onChoose?.(choice, close);
  });
}
