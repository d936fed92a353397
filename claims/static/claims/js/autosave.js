// Keeps what is typed into a long form of the desk: in this browser at once, on the server a moment later, so that a
// closed browser loses nothing. The page names the place of its form; the server fills the form when it is opened
// again. Whatever could not be kept on the server is sent as soon as a page of the desk is open and the server answers.

import { KeptHere } from "./kept-here.js";

const WAIT = 1500;
const WAIT_HERE = 250;
const A_DAY = 86_400_000;
const RETRIES = [5, 15, 60].map((seconds) => seconds * 1000);

const page = document.querySelector("meta[name=unsent]");
const here = new KeptHere(page.dataset.person);

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

const address = (place, at) =>
  `/desk/unsent/?place=${encodeURIComponent(place)}&age=${Math.max(0, Math.round((Date.now() - at) / 1000))}`;

function bodyOf(fields) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.set("csrfmiddlewaretoken", token());
  return body;
}

// The status of the server's answer; 0 where there is none.
async function keep(place, { fields, at }, signal) {
  try {
    return (await fetch(address(place, at), { method: "POST", body: bodyOf(fields), signal, redirect: "manual" })).status;
  } catch {
    return 0;
  }
}

function fieldsOf(form) {
  const unkept = new Set([...form.querySelectorAll("[type=password], [type=file]")].map((one) => one.name));
  unkept.add("csrfmiddlewaretoken");
  return [...new FormData(form)].filter(([name]) => !unkept.has(name));
}

class Autosave {
  constructor(form, place) {
    Object.assign(this, { form, place, acted: false, changed: false, sending: false, failures: 0, safe: true, shut: false });
    this.told = document.createElement("p");
    this.told.className = "kept";
    this.told.setAttribute("role", "status");
    form.append(this.told);
    form.addEventListener("input", () => this.touched());
    form.addEventListener("change", () => this.touched());
    // Rows come and go by buttons.
    form.addEventListener("click", ({ target }) => this.pressed(target.closest("button")));
    form.addEventListener("htmx:afterSettle", () => this.compare());
    form.addEventListener("submit", (event) => setTimeout(() => event.defaultPrevented || this.sent()));
    addEventListener("pagehide", () => this.leaving());
    addEventListener("pageshow", ({ persisted }) => persisted && this.back());
    document.addEventListener("visibilitychange", () => document.hidden && this.changed && this.now());
    addEventListener("online", () => this.changed && this.now());
    addEventListener("beforeunload", (event) => {
      if (this.changed && !this.sending && !this.safe) event.preventDefault();
    });
    this.stands = this.text();
  }

  text() {
    return JSON.stringify(fieldsOf(this.form));
  }

  // What the page fills in by itself is not typed by anybody.
  compare() {
    if (this.acted && this.text() !== this.stands) this.touched();
  }

  pressed(button) {
    if (!button) return;
    this.acted = true;
    setTimeout(() => this.compare());
  }

  // The page shows again what was sent and refused: all of it is to be kept.
  shown() {
    Object.assign(this, { acted: true, changed: true, at: Date.now() });
    this.now();
  }

  touched() {
    this.acted = true;
    this.at = Date.now();
    this.changed = true;
    clearTimeout(this.noting);
    clearTimeout(this.timer);
    this.noting = setTimeout(() => this.note(), WAIT_HERE);
    this.timer = setTimeout(() => this.now(), WAIT);
  }

  entry() {
    return { fields: fieldsOf(this.form), at: this.at };
  }

  note() {
    clearTimeout(this.noting);
    this.safe = here.put(this.place, this.entry());
  }

  async now() {
    clearTimeout(this.timer);
    if (this.sending) return;
    this.note();
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    const [entry, text] = [this.entry(), this.text()];
    const status = await keep(this.place, entry, signal);
    if (signal.aborted) return;
    if (status === 204) this.kept(entry, text);
    else this.failed(status);
  }

  kept(entry, text) {
    this.failures = 0;
    this.shut = false;
    this.stands = text;
    if (this.at === entry.at) {
      this.changed = false;
      here.drop(this.place);
    }
    const time = new Date(entry.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    this.say(`Kept at ${time}`);
  }

  failed(status) {
    const where = this.safe ? "It is kept in this browser" : "Do not close this page: this browser cannot keep it either";
    this.shut = status === 401 || status === 403;
    if (status === 413) return this.say("This is too long to be kept before it is sent.", true);
    if (status === 401) this.say(`You are signed out. ${where} until you sign in again.`, true);
    else this.say(`${status ? "The site cannot keep it now" : "The site cannot be reached"}. ${where} meanwhile.`, true);
    this.timer = setTimeout(() => this.now(), RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
    this.failures += 1;
  }

  // Said anew only where it differs, so that who listens hears it once a minute at most.
  say(words, wrong = false) {
    if (this.told.textContent !== words) this.told.textContent = words;
    this.told.classList.toggle("kept--not", wrong);
  }

  sent() {
    this.sending = true;
    clearTimeout(this.timer);
    clearTimeout(this.noting);
    this.request?.abort();
    // Who is signed out may not be the next to sign in here: then the site forgets what they sent.
    if (this.changed) here.put(this.place, { ...this.entry(), sent: !this.shut });
    else here.drop(this.place);
  }

  leaving() {
    if (!this.changed || this.sending) return;
    const entry = this.entry();
    this.safe = here.put(this.place, entry);
    navigator.sendBeacon(address(this.place, entry.at), bodyOf(entry.fields));
  }

  back() {
    this.sending = false;
  }
}

// Sends what earlier pages could not; and says whether the form of this page has to be opened again to show it.
async function send(waiting, place) {
  let mine = false;
  for (const [where, entry] of waiting) {
    if (entry.sent || (entry.stored && Date.now() - entry.at > A_DAY)) {
      here.drop(where);
    } else if (entry.stored) {
      if (where !== place) continue;
      here.drop(where);
      mine ||= !("left" in page.dataset);
    } else if ((await keep(where, entry)) === 204) {
      // The page of the form may be under way by now, made before this was stored: a note is left for it.
      if (where === place) here.drop(where);
      else here.put(where, { at: entry.at, stored: true });
      mine ||= where === place;
    }
  }
  return mine;
}

const place = page.content;
const form = place ? document.querySelector("main form[method=post]:not([action])") : null;
const answer = "answer" in page.dataset;
if (answer) here.drop(place); // the page itself shows what was sent
const waiting = here.all(); // before this page keeps anything itself
const autosave = form ? new Autosave(form, place) : null;
if (autosave && answer) autosave.shown();
send(waiting, place).then((mine) => {
  // Opened again, the form is filled with what was kept of it. An answer opened again would be sent again.
  if (mine && !answer && !autosave?.changed) location.reload();
});
