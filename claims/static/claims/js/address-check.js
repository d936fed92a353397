// Looks an address up as it is typed: whether it stands already, whose it is. The answer's pieces go where they belong.

const PAUSE = 400;
const form = document.querySelector("[data-item-form]");
const address = form?.querySelector("[name=address]");

if (address) {
  const source = form.querySelector("[name=source]");
  const type = form.querySelector("[name=type]");
  let timer = 0;
  let asked = source.value && (!type || type.value) ? address.value.trim() : "";
  let filled = document.getElementById("told-source").dataset.source;
  let suggested = "";

  const put = (piece) => {
    const place = document.getElementById(piece.dataset.told);
    const before = place?.querySelector("[data-domain]");
    const after = piece.querySelector("[data-domain]");
    // What was typed about a new source stays as long as it is the same one.
    if (!place || (before && after && before.dataset.domain === after.dataset.domain)) return;
    // A source that the person named is not to be added.
    if (after && source.value) place.replaceChildren();
    else place.replaceChildren(...piece.childNodes);
  };

  const suggest = (found) => {
    if (!source.value.trim() || source.value === filled) source.value = filled = found.dataset.source;
    if (type && (!type.value || type.value === suggested)) type.value = suggested = found.dataset.type;
  };

  const look = async () => {
    clearTimeout(timer);
    const typed = address.value.trim();
    if (!typed || typed === asked) return;
    asked = typed;
    const url = new URL("/desk/log/address/", location.href);
    url.searchParams.set("address", typed);
    const answer = await fetch(url).catch(() => null);
    if (!answer?.ok || asked !== typed) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    suggest(page.querySelector("[data-lookup]"));
    page.querySelectorAll("[data-told]").forEach(put);
  };

  look();
  address.addEventListener("change", look);
  address.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}
