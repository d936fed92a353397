// Says in words, in `place`, that something which htmx asked for from within `box` could not be had.

const WORDS = {
  401: "You are signed out. Sign in again in another tab, then go on here.",
  other: "This could not be looked up. Try again, or send the form: it works without.",
};

export function tellFailure(box, place) {
  box.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) return;
    const line = document.createElement("p");
    line.className = "error-line";
    line.textContent = WORDS[detail.xhr.status] ?? WORDS.other;
    place.replaceChildren(line);
  });
}
