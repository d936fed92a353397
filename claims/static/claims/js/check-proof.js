// Checks a proof from the values on its page, by nothing but the browser's own hashes and signatures. Nothing is asked
// of the site. Browsers hash for pages only where the connection is safe; elsewhere the button stays hidden.

const FOLDED = ["There is nothing to fold in", "1 value was folded in"];
const page = document.querySelector("[data-check]");
const text = (id) => document.getElementById(id)?.textContent;
const encode = (words) => new TextEncoder().encode(words);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const fromBase64 = (letters) => Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));
}

// The root that a path leads to (RFC 9162, 2.1.3.2), or null where it is too long or too short for the tree.
async function climb(leaf, index, size, path) {
  let [node, last, found] = [BigInt(index), BigInt(size) - 1n, leaf];
  for (const step of path) {
    if (last === 0n) return null;
    if (node & 1n || node === last) {
      found = await sha256(Uint8Array.of(1), step, found);
      while (!(node & 1n) && node) [node, last] = [node >> 1n, last >> 1n];
    } else {
      found = await sha256(Uint8Array.of(1), found, step);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n ? found : null;
}

// A checkpoint's text with what it says, and its signatures (C2SP signed-note, tlog-checkpoint).
function readNote(note) {
  const end = note.lastIndexOf("\n\n") + 1;
  const [, size, root] = note.slice(0, end).split("\n");
  const signatures = note.slice(end + 1).split("\n").filter(Boolean).map((line) => {
    const [, name, value] = line.split(" ");
    return { name, value: fromBase64(value) };
  });
  return { text: note.slice(0, end), size, root: fromBase64(root), signatures };
}

// True or false; null where this browser knows no Ed25519.
async function isSigned(note, verifier) {
  const [name, keyHash, ...key] = verifier.split("+");
  const raw = fromBase64(key.join("+"));
  const hashed = hex(await sha256(encode(`${name}\n`), raw)).slice(0, 8);
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", raw.slice(1), { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
  const own = note.signatures.filter((one) => one.name === name && hex(one.value.slice(0, 4)) === keyHash);
  const fit = own.map((one) => crypto.subtle.verify("Ed25519", imported, one.value.slice(4), encode(note.text)));
  return keyHash === hashed && own.length > 0 && (await Promise.all(fit)).every(Boolean);
}

// Each step as [whether it fits, or null where it could not be checked, words].
async function* steps() {
  const commitment = fromHex(text("proof-commitment"));
  const said = text("proof-said");
  if (said === undefined) {
    yield [null, "What the entry says is not public, so its commitment is taken as it stands."];
  } else {
    const made = await sha256(fromHex(text("proof-salt")), encode(said));
    if (hex(made) !== hex(commitment)) {
      yield [false, `The salt and the text give ${hex(made)}, and not the commitment: what the entry says was altered.`];
    } else if (JSON.parse(said).id !== text("proof-event")) {
      yield [false, "The salt and the text give the commitment, but the text is that of another event."];
    } else {
      yield [true, "The salt and the text, hashed together, give the commitment."];
    }
  }
  const leaf = await sha256(Uint8Array.of(0), commitment);
  yield hex(leaf) === text("proof-leaf")
    ? [true, "The commitment, hashed as a leaf of the tree, gives the hash of the entry."]
    : [false, `The commitment gives ${hex(leaf)}, and not the hash of the entry.`];
  const note = readNote(text("proof-note"));
  const path = [...page.querySelectorAll("[data-step]")].map((step) => fromHex(step.textContent));
  const root = await climb(leaf, page.dataset.index, note.size, path);
  if (root === null) {
    yield [false, `${path.length} values are too many or too few to prove entry ${page.dataset.index} of ${note.size}.`];
  } else {
    const folded = FOLDED[path.length] ?? `${path.length} values were folded in, one after another`;
    yield hex(root) === hex(note.root) && hex(root) === text("proof-root")
      ? [true, `${folded}: the result is the root in the checkpoint.`]
      : [false, `${folded}: the result is ${hex(root)}, and not the root in the checkpoint.`];
  }
  const verifier = text("proof-key");
  const signed = verifier === undefined ? false : await isSigned(note, verifier);
  if (signed === null) yield [null, "This browser cannot check the signature (Ed25519); a newer one can."];
  else yield signed
    ? [true, "The signature under the checkpoint was made with the key of this ledger."]
    : [false, "The signature under the checkpoint was not made with the key of this ledger."];
}

function verdict(results) {
  if (results.includes(false)) return "It does not fit. The record was altered, or this page was.";
  return results.includes(null) ? "All that could be checked here fits." : "Everything fits.";
}

function line(tag, words, fits) {
  const made = document.createElement(tag);
  if (fits !== undefined) made.dataset.fits = fits;
  made.textContent = words;
  return made;
}

async function check(place) {
  const list = document.createElement("ol");
  const results = [];
  try {
    for await (const [fits, words] of steps()) {
      results.push(fits);
      list.append(line("li", words, fits));
    }
  } catch {
    results.push(false);
    list.append(line("li", "A value on this page cannot be read.", false));
  }
  place.replaceChildren(line("b", verdict(results), !results.includes(false)), list);
}

if (page && window.isSecureContext && window.crypto?.subtle) {
  const asking = page.querySelector("[data-checker]");
  asking.hidden = false;
  asking.querySelector("button").addEventListener("click", () => check(page.querySelector("[data-checked]")));
}
