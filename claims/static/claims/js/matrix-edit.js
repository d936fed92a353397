// Cells of a matrix that are edited in place: a small form below the row. Without it a cell leads to a page of its own.

const SIGNED_OUT = "You are signed out. Sign in again in another tab, then go on here.";
const FAILED = "The form could not be had. Try again, or open the cell in a new tab: its page works without this.";
const LOST = "It could not be sent and is not stored. What you typed is kept: try again.";

export function editsInPlace(table, saved, goTo) {
  // What was typed into a form that was closed, by the address of its cell.
  const kept = new Map();
  let open = null;

  const say = (words) => saved.replaceChildren(words);

  const changed = (form) => new URLSearchParams(new FormData(form)).toString() !== form.dataset.fresh;

  const close = () => {
    if (!open) return;
    const { link, row } = open;
    open = null;
    const form = row.querySelector("form");
    if (form && changed(form)) kept.set(link.pathname, row);
    row.remove();
    link.classList.remove("cell--open");
    link.removeAttribute("aria-expanded");
  };

  const leave = () => {
    const cell = open.link.closest("td");
    close();
    goTo(cell);
  };

  const fill = (row, html, fresh) => {
    row.cells[0].innerHTML = html;
    const form = row.querySelector("form");
    if (fresh) form.dataset.fresh = new URLSearchParams(new FormData(form)).toString();
    row.scrollIntoView({ block: "nearest" });
    (form.querySelector("[data-wrong]") ?? form.querySelector(":checked[type=radio], [type=radio]")).focus();
  };

  const place = (link, row) => {
    close();
    open = { link, row };
    link.classList.add("cell--open");
    link.setAttribute("aria-expanded", "true");
    link.closest("tr").after(row);
  };

  const rowFor = (link) => {
    const row = document.createElement("tr");
    row.className = "editor";
    row.insertCell().colSpan = link.closest("tr").cells.length;
    return row;
  };

  const ask = async (address, options) => {
    const answer = await fetch(address, { redirect: "manual", ...options });
    return { answer, signedOut: answer.type === "opaqueredirect" };
  };

  const start = async (link) => {
    say("");
    const before = kept.get(link.pathname);
    if (before) {
      kept.delete(link.pathname);
      place(link, before);
      before.querySelector(":checked[type=radio], [type=radio]").focus();
      return;
    }
    try {
      const { answer, signedOut } = await ask(`${link.pathname}cell/`);
      if (signedOut || !answer.ok) {
        say(signedOut ? SIGNED_OUT : FAILED);
        return;
      }
      const html = await answer.text();
      const row = rowFor(link);
      place(link, row);
      fill(row, html, true);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      say(FAILED);
    }
  };

  const put = (html) => {
    const cell = open.link.closest("td");
    const made = document.createElement("template");
    made.innerHTML = html;
    const fresh = made.content.firstElementChild;
    open.row.querySelector("form").dataset.fresh = new URLSearchParams(new FormData(open.row.querySelector("form"))).toString();
    close();
    cell.replaceWith(fresh);
    goTo(fresh);
    const again = document.createElement("a");
    again.href = window.location.pathname + window.location.search;
    again.textContent = "Order them anew";
    saved.replaceChildren(`Stored: ${fresh.textContent.trim()}. Rows, columns and numbers are as they were when the page was opened. `, again);
  };

  const send = async (form) => {
    const { row } = open;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const { answer, signedOut } = await ask(form.action, { method: "POST", body: new FormData(form) });
      if (signedOut) {
        say(SIGNED_OUT);
        return;
      }
      const html = await answer.text();
      if (open?.row !== row) return;
      if (answer.ok) put(html);
      else if (answer.headers.has("X-Form")) fill(row, html, false);
      else say(LOST);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      say(LOST);
    } finally {
      button.disabled = false;
    }
  };

  table.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) {
      leave();
      return;
    }
    const link = event.target.closest("a.cell");
    if (!link || !link.pathname.startsWith("/desk/") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (open?.link === link) leave();
    else start(link);
  });
  table.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
  table.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    leave();
  });
}
