// A table of many rows. They are kept in chunks, and only those near the window are in the page: the others leave an
// empty space of their height. Rows that are in the page are changed in place, so that they keep the focus.

import { h } from "./dom.js";
import { addressOf, ageText, brief, idOf, isOver, stateBadge, stuckBadge, time } from "./words.js";

const CHUNK = 100;
const NEAR = "1200px";
const MOST_CHOSEN = 1000;

const COLUMNS = [
  { label: "Choose" },
  { label: "State", sort: (one) => one.state ?? "" },
  { label: "Age", sort: (one) => (isOver(one) ? Date.parse(one.endedAt) : Date.now()) - Date.parse(one.startedAt) || 0 },
  { label: "Started", sort: (one) => Date.parse(one.startedAt) || 0, descending: true },
  { label: "Payment", sort: (one) => idOf(one) ?? "" },
  { label: "Protocol" },
  { label: "Customer", sort: (one) => one.user ?? "" },
  { label: "Reservation", sort: (one) => one.reservation ?? "" },
  { label: "Outcome", sort: (one) => one.outcome ?? "" },
  { label: "Reason", sort: (one) => one.reason ?? "" },
];
const BY_START = 3;

export class Rows {
  element;
  #on;
  #transactions = new Map();
  #held = new Map();
  #built = new Map();
  #chosen = new Set();
  #protocol = "";
  #sort = { column: BY_START, descending: true };
  #chunks = [];
  #height = 38;
  #table;
  #headings;
  #all;
  #empty;
  #observer;
  #ages = null;

  /** on.chosen is called when the choice has changed, on.held with the number of rows not shown yet. */
  constructor(on) {
    this.#on = on;
    this.#all = h("input", {
      type: "checkbox",
      "aria-label": "Choose all that are loaded",
      change: () => this.choose(() => this.#all.checked),
    });
    this.#headings = COLUMNS.map((column, index) =>
      h(
        "th",
        { scope: "col", role: "columnheader" },
        index === 0
          ? this.#all
          : column.sort
            ? h("button", { type: "button", class: "plain", click: () => this.#sortBy(index) }, column.label)
            : column.label,
      ),
    );
    this.#table = h(
      "table",
      { class: "list cards", role: "table", "aria-label": "Transactions" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row", "aria-rowindex": "1" }, this.#headings)),
    );
    this.#empty = h("p", { class: "quiet", hidden: true }, "There are none.");
    this.element = h("div", {}, this.#table, this.#empty);
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: NEAR });
    this.#showSort();
  }

  start() {
    this.#chunks.forEach((chunk) => this.#observer.observe(chunk.body));
    this.#ages = setInterval(() => this.#grow(), 1000);
  }

  stop() {
    this.#observer.disconnect();
    clearInterval(this.#ages);
  }

  get size() {
    return this.#transactions.size;
  }

  count(matches) {
    let found = 0;
    for (const transaction of this.#transactions.values()) {
      found += matches(transaction) ? 1 : 0;
    }
    return found;
  }

  get chosen() {
    return [...this.#chosen];
  }

  /** Chooses those that match, and no others. */
  choose(matches) {
    this.#chosen.clear();
    for (const [id, transaction] of this.#transactions) {
      if (this.#chosen.size < MOST_CHOSEN && matches(transaction)) {
        this.#chosen.add(id);
      }
    }
    this.#built.forEach((row, id) => {
      row.box.checked = this.#chosen.has(id);
    });
    this.#choiceChanged();
  }

  /** Takes over how transactions are now. New ones wait while the user is busy with the rows below. */
  take(protocol, transactions, gone, live) {
    this.#protocol = protocol;
    const holds = live && this.#isBusy();
    for (const transaction of transactions) {
      const id = idOf(transaction);
      if (transaction.payment && transaction.xid && this.#transactions.has(transaction.xid)) {
        // It was known by its Xid alone until now.
        this.#transactions.delete(transaction.xid);
        this.#chosen.delete(transaction.xid);
      }
      const isNew = !this.#transactions.has(id);
      (isNew && holds && !transaction.stuck ? this.#held : this.#transactions).set(id, transaction);
      if (!isNew) {
        this.#held.delete(id);
      }
    }
    for (const id of gone) {
      this.#transactions.delete(id);
      this.#held.delete(id);
      this.#chosen.delete(id);
    }
    if (!holds) {
      this.#release();
    }
    this.#on.held(this.#held.size);
    this.#render();
  }

  showHeld() {
    this.#release();
    this.#on.held(0);
    this.#render();
    this.#table.querySelector("tbody a")?.focus();
    window.scrollTo({ top: 0 });
  }

  #release() {
    this.#held.forEach((transaction, id) => this.#transactions.set(id, transaction));
    this.#held.clear();
  }

  #isBusy() {
    return (
      this.#table.getBoundingClientRect().top < 0 ||
      this.#chosen.size > 0 ||
      this.#table.contains(document.activeElement) ||
      this.#sort.column !== BY_START
    );
  }

  #sortBy(column) {
    this.#sort =
      this.#sort.column === column
        ? { column, descending: !this.#sort.descending }
        : { column, descending: Boolean(COLUMNS[column].descending) };
    this.#showSort();
    this.#render();
  }

  #showSort() {
    this.#headings.forEach((heading, index) => {
      if (!COLUMNS[index].sort) {
        return;
      }
      const isSorted = index === this.#sort.column;
      heading.setAttribute("aria-sort", isSorted ? (this.#sort.descending ? "descending" : "ascending") : "none");
      heading.firstChild.textContent =
        COLUMNS[index].label + (isSorted ? (this.#sort.descending ? " ↓" : " ↑") : "");
    });
  }

  /** What is stuck comes first, whatever the order. */
  #ordered() {
    const { sort } = COLUMNS[this.#sort.column];
    const sign = this.#sort.descending ? -1 : 1;
    return [...this.#transactions.entries()]
      .map(([id, transaction]) => ({ id, stuck: transaction.stuck, key: sort(transaction) }))
      .sort(
        (one, other) =>
          Number(other.stuck) - Number(one.stuck) ||
          (one.key < other.key ? -sign : one.key > other.key ? sign : 0),
      )
      .map((each) => each.id);
  }

  #render() {
    const ids = this.#ordered();
    const wanted = Math.ceil(ids.length / CHUNK);
    while (this.#chunks.length < wanted) {
      const chunk = { ids: [], body: h("tbody", { role: "rowgroup" }), isShown: this.#chunks.length === 0, height: 0 };
      this.#chunks.push(chunk);
      this.#table.append(chunk.body);
      this.#observer.observe(chunk.body);
    }
    while (this.#chunks.length > wanted) {
      const chunk = this.#chunks.pop();
      this.#observer.unobserve(chunk.body);
      chunk.body.remove();
    }
    this.#chunks.forEach((chunk, index) => {
      chunk.index = index;
      chunk.ids = ids.slice(index * CHUNK, (index + 1) * CHUNK);
      this.#renderChunk(chunk);
    });
    const shown = new Set(this.#chunks.filter((chunk) => chunk.isShown).flatMap((chunk) => chunk.ids));
    this.#built.forEach((row, id) => {
      if (!shown.has(id)) {
        this.#built.delete(id);
      }
    });
    this.#table.setAttribute("aria-rowcount", String(ids.length + 1));
    this.#empty.hidden = ids.length > 0;
    this.#choiceChanged();
  }

  #renderChunk(chunk) {
    if (!chunk.isShown) {
      this.#leaveSpace(chunk);
      return;
    }
    let at = chunk.body.firstChild;
    chunk.ids.forEach((id, index) => {
      const row = this.#row(id);
      const place = String(chunk.index * CHUNK + index + 2);
      if (row.element.getAttribute("aria-rowindex") !== place) {
        row.element.setAttribute("aria-rowindex", place);
      }
      if (row.element === at) {
        at = at.nextSibling;
      } else {
        chunk.body.insertBefore(row.element, at);
      }
    });
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  #leaveSpace(chunk) {
    let gap = chunk.body.firstChild;
    if (!gap || !gap.classList.contains("gap")) {
      gap = h("tr", { class: "gap", "aria-hidden": "true" }, h("td", { colspan: COLUMNS.length }));
      chunk.body.replaceChildren(gap);
    }
    gap.firstChild.style.height = `${chunk.height || Math.round(chunk.ids.length * this.#height)}px`;
  }

  #seen(entries) {
    for (const entry of entries) {
      const chunk = this.#chunks.find((one) => one.body === entry.target);
      if (!chunk || chunk.isShown === entry.isIntersecting) {
        continue;
      }
      if (!entry.isIntersecting) {
        if (chunk.body.contains(document.activeElement)) {
          continue;
        }
        chunk.height = chunk.body.offsetHeight;
        if (chunk.ids.length > 0 && chunk.height > 0) {
          this.#height = chunk.height / chunk.ids.length;
        }
        chunk.ids.forEach((id) => this.#built.delete(id));
      }
      chunk.isShown = entry.isIntersecting;
      this.#renderChunk(chunk);
    }
  }

  #row(id) {
    const transaction = this.#transactions.get(id);
    let row = this.#built.get(id);
    if (!row) {
      row = this.#newRow(id);
      this.#built.set(id, row);
    }
    if (row.transaction !== transaction) {
      row.transaction = transaction;
      this.#fill(row, transaction);
    }
    return row;
  }

  #newRow(id) {
    const box = h("input", {
      type: "checkbox",
      "aria-label": `Choose ${id}`,
      change: () => {
        if (box.checked && this.#chosen.size < MOST_CHOSEN) {
          this.#chosen.add(id);
        } else {
          this.#chosen.delete(id);
          box.checked = false;
        }
        this.#choiceChanged();
      },
    });
    box.checked = this.#chosen.has(id);
    const link = h("a", { href: addressOf(id), class: "id", title: id }, brief(id));
    const cells = COLUMNS.map((column) => h("td", { role: "cell", "data-label": column.label }));
    cells[0].append(box);
    cells[4].append(link);
    cells[9].classList.add("reason");
    return { element: h("tr", { role: "row" }, cells), cells, box, transaction: null };
  }

  #fill(row, transaction) {
    row.element.className = transaction.stuck ? "stuck" : "";
    const filter = (name, value) =>
      value
        ? [
            h(
              "a",
              { href: `/transactions?${name}=${encodeURIComponent(value)}`, class: "id", title: value },
              brief(value),
            ),
          ]
        : [];
    const contents = [
      null,
      [stateBadge(transaction.state), ...(transaction.stuck ? [" ", stuckBadge()] : [])],
      [ageText(transaction)],
      [time(transaction.startedAt) ?? ""],
      null,
      [this.#protocol],
      filter("user", transaction.user),
      filter("reservation", transaction.reservation),
      [transaction.outcome ?? ""],
      [transaction.reason ?? ""],
    ];
    contents.forEach((content, index) => {
      if (content) {
        const cell = row.cells[index];
        if (!cell.contains(document.activeElement)) {
          cell.replaceChildren(...content);
        }
        cell.classList.toggle("empty", cell.textContent === "");
      }
    });
  }

  /** Lets those grow older that are not over. */
  #grow() {
    const now = Date.now();
    this.#built.forEach(({ transaction, cells }) => {
      if (transaction && !isOver(transaction)) {
        cells[2].textContent = ageText(transaction, now);
      }
    });
  }

  #choiceChanged() {
    const all = Math.min(this.#transactions.size, MOST_CHOSEN);
    this.#all.checked = all > 0 && this.#chosen.size === all;
    this.#all.indeterminate = this.#chosen.size > 0 && this.#chosen.size < all;
    this.#on.chosen();
  }
}
