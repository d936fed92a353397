// Counts the characters of a field with a limit while it is typed, and shows the address that a title would make.
// The limit stands in words beside the field, and the site makes the address itself.

const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

function slugOf(title, longest) {
  const plain = title
    .toLowerCase()
    .replace(/['’‘]/g, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter])
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
  let slug = "";
  for (const word of plain.match(/[a-z0-9]+/g) ?? []) {
    if (slug === "") slug = word.slice(0, longest);
    else if (slug.length + 1 + word.length > longest) break;
    else slug += `-${word}`;
  }
  return slug || "…";
}

for (const field of document.querySelectorAll("[data-longest]")) {
  const longest = Number(field.dataset.longest);
  const count = document.createElement("span");
  count.className = "count";
  document.getElementById(`${field.id}_helptext`).prepend(count);
  const tell = () => {
    const length = [...field.value.replace(/\s+/g, " ").trim()].length;
    count.textContent = length > longest ? `${length} of ${longest}: shorten it by ${length - longest}` : `${length} of ${longest}`;
    count.classList.toggle("count--over", length > longest);
  };
  field.addEventListener("input", tell);
  tell();
}

for (const place of document.querySelectorAll("[data-slug-of]")) {
  const field = document.getElementById(place.dataset.slugOf);
  const tell = () => {
    place.textContent = slugOf(field.value, Number(place.dataset.slugLongest ?? 80));
  };
  field.addEventListener("input", tell);
  tell();
}
