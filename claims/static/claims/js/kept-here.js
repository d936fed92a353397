// Forms that are kept in this browser until the server has them: one entry a place, of one person alone.

const FIRST = "unsent";

export class KeptHere {
  constructor(person) {
    this.prefix = `${FIRST} ${person} `;
  }

  // Whether the browser could keep it.
  put(place, entry) {
    try {
      localStorage.setItem(this.prefix + place, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  drop(place) {
    try {
      localStorage.removeItem(this.prefix + place);
      return true;
    } catch {
      return false;
    }
  }

  all() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
      return names.map((name) => [name.slice(this.prefix.length), JSON.parse(localStorage.getItem(name))]);
    } catch {
      return [];
    }
  }
}
