// The list of transactions: filters that stand in the address, counts, rows that are live, and a choice to steer.

import { Events, exportCsv, get } from "./api.js";
import { announce, h, plural } from "./dom.js";
import { Rows } from "./rows.js";
import { STEERINGS, isOver } from "./words.js";
import { steer } from "./steering.js";

const PARAMETERS = ["show", "find", "user", "payment", "reservation", "xid", "key", "from", "to"];
const SHOWN = {
  all: "all",
  "in-flight": "in flight",
  "in-doubt": "in doubt",
  failed: "failed",
  slow: "slow",
};
const FIRST_PAGE = 200;
const FURTHER_PAGE = 1000;
/** The payment service says how many ended in the last five minutes. */
const MINUTES = 5;

export class ListView {
  title = "Transactions";
  element = h("div");
  #parameters;
  #rows;
  #protocol = "";
  #next = null;
  #loading = null;
  #events = null;
  #paused = false;
  #stuck = null;
  #parts = {};
  #sentinel;

  constructor(search, navigate) {
    const given = new URLSearchParams(search);
    this.#parameters = Object.fromEntries(
      PARAMETERS.filter((name) => given.get(name)).map((name) => [name, given.get(name)]),
    );
    this.#rows = new Rows({ chosen: () => this.#showChosen(), held: (count) => this.#showHeld(count) });
    this.#build(navigate);
    this.#sentinel = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#loadMore(),
      { rootMargin: "1500px" },
    );
  }

  start() {
    this.#rows.start();
    this.#sentinel.observe(this.#parts.more);
    if (this.#rows.size === 0) {
      this.#load();
    }
    this.#goLive();
  }

  stop() {
    this.#rows.stop();
    this.#sentinel.disconnect();
    this.#events?.stop();
    this.#events = null;
  }

  #build(navigate) {
    const parameters = this.#parameters;
    const field = (name, label, attributes = {}) =>
      h(
        "div",
        { class: `field ${attributes.class ?? ""}` },
        h("label", { for: name }, label),
        h("input", {
          id: name,
          name,
          value: parameters[name] ?? "",
          autocomplete: "off",
          spellcheck: "false",
          ...attributes,
          class: null,
        }),
      );
    const show = h(
      "select",
      { id: "show", name: "show" },
      Object.entries(SHOWN).map(([value, label]) =>
        h("option", { value, selected: value === (parameters.show ?? "all") }, label),
      ),
    );
    const form = h(
      "form",
      {
        role: "search",
        "aria-label": "Transactions",
        submit: (event) => {
          event.preventDefault();
          const wanted = new URLSearchParams();
          for (const [name, value] of new FormData(form)) {
            const text = value.trim();
            if (text && !(name === "show" && text === "all")) {
              wanted.set(name, name === "from" || name === "to" ? new Date(text).toISOString() : text);
            }
          }
          navigate(`/transactions${wanted.size ? `?${wanted}` : ""}`);
        },
      },
      h(
        "div",
        { class: "row" },
        field("find", "Find a payment, Xid, idempotency key, reservation, or customer", { class: "grow", type: "search" }),
        h("div", { class: "field" }, h("label", { for: "show" }, "Show"), show),
        h("button", { class: "main" }, "Search"),
        h("a", { href: "/transactions" }, "Show all"),
      ),
      h(
        "details",
        { class: "filters", open: PARAMETERS.slice(2).some((name) => parameters[name]) },
        h("summary", {}, "More filters"),
        h(
          "div",
          { class: "row" },
          field("user", "Customer", { class: "grow" }),
          field("payment", "Payment", { class: "grow" }),
          field("reservation", "Reservation", { class: "grow" }),
          field("xid", "Xid", { class: "grow" }),
          field("key", "Idempotency key", { class: "grow" }),
          field("from", "Started from", { type: "datetime-local", step: "1", value: localTime(parameters.from) }),
          field("to", "Started before", { type: "datetime-local", step: "1", value: localTime(parameters.to) }),
        ),
      ),
    );
    const pause = h("button", { type: "button", click: () => this.#togglePause() }, "Pause");
    const live = h("span", { class: "quiet" });
    const held = h("button", { type: "button", class: "main", hidden: true, click: () => this.#rows.showHeld() });
    const problem = h("p", { class: "alarm", role: "alert", hidden: true });
    const notReached = h("div", { class: "warning", hidden: true });
    const stuck = h("p", { class: "alarm", hidden: true });
    const more = h("p", {}, h("button", { type: "button", click: () => this.#loadMore() }, "Load older ones"));
    const total = h("span", { class: "quiet" });
    const steering = h(
      "select",
      { id: "steering" },
      Object.entries(STEERINGS).map(([value, { label }]) => h("option", { value }, label)),
    );
    const chosenText = h("strong");
    const chosen = h(
      "div",
      { class: "chosen", role: "region", "aria-label": "Chosen transactions", hidden: true },
      chosenText,
      h("label", { for: "steering" }, "Steering"),
      steering,
      h(
        "button",
        {
          type: "button",
          class: "main",
          click: () => steer(steering.value, this.#rows.chosen, () => this.#refresh()),
        },
        "Preview…",
      ),
      h("button", { type: "button", click: () => this.#rows.choose(() => false) }, "Choose none"),
    );
    const counts = h("ul", { class: "counts", "aria-label": "Counts" });
    const outcomes = h("ul", { class: "counts", "aria-label": `Ended in the last ${MINUTES} minutes, by outcome` });
    const exported = h(
      "button",
      {
        type: "button",
        click: () =>
          exportCsv("/transactions", this.#parameters, "transactions.csv").catch((failure) => this.#fail(failure)),
      },
      "Export as CSV",
    );
    const heading = h("h1", { tabindex: "-1" }, "Transactions");
    this.element.append(
      heading,
      form,
      problem,
      notReached,
      stuck,
      counts,
      outcomes,
      h(
        "div",
        { class: "row" },
        pause,
        live,
        h(
          "button",
          { type: "button", click: () => this.#rows.choose((transaction) => transaction.stuck) },
          "Choose all stuck",
        ),
        exported,
        total,
        held,
      ),
      this.#rows.element,
      more,
      chosen,
    );
    this.#parts = { pause, live, held, problem, notReached, stuck, more, total, chosen, chosenText, counts, outcomes };
  }

  get #isLive() {
    return !this.#paused && !this.#parameters.find;
  }

  #address(parameters) {
    return new URLSearchParams({ ...this.#parameters, ...parameters });
  }

  async #load() {
    this.#loading = get(`/transactions?${this.#address({ size: FIRST_PAGE })}`);
    try {
      const page = await this.#loading;
      this.#take(page);
      this.#next = page.next;
      this.#parts.more.hidden = !page.next;
      announce(this.#rows.size === 0 ? "No transactions." : `${plural(this.#rows.size, "transaction")} shown.`);
      this.#showCounts(await get("/transactions/counts"));
    } catch (failure) {
      this.#fail(failure);
    } finally {
      this.#loading = null;
    }
  }

  async #loadMore() {
    if (!this.#next || this.#loading) {
      return;
    }
    this.#loading = get(`/transactions?${this.#address({ size: FURTHER_PAGE, after: this.#next })}`);
    try {
      const page = await this.#loading;
      this.#take(page);
      this.#next = page.next;
      this.#parts.more.hidden = !page.next;
    } catch (failure) {
      this.#fail(failure);
    } finally {
      this.#loading = null;
    }
    // The observer tells of changes alone, so it is asked again whether the end is still near.
    this.#sentinel.unobserve(this.#parts.more);
    if (this.element.isConnected) {
      this.#sentinel.observe(this.#parts.more);
    }
  }

  #refresh() {
    get(`/transactions?${this.#address({ size: FIRST_PAGE })}`)
      .then((page) => this.#take(page))
      .catch((failure) => this.#fail(failure));
  }

  #take(page) {
    this.#protocol = page.protocol;
    this.#rows.take(page.protocol, page.transactions, [], false);
    this.#parts.problem.hidden = true;
    this.#showNotReached(page.notReached ?? []);
    this.#showTotal();
  }

  #goLive() {
    this.#events?.stop();
    this.#events = null;
    const { live, pause } = this.#parts;
    pause.hidden = Boolean(this.#parameters.find);
    if (!this.#isLive) {
      live.textContent = this.#parameters.find ? "What was searched for is not live." : "paused";
      return;
    }
    this.#events = new Events(`/transactions/events?${this.#address({})}`, {
      connected: () => {
        live.textContent = "live";
      },
      disconnected: (why) => {
        live.textContent = `not live: ${why} Trying again.`;
      },
      failed: (why) => {
        live.textContent = `not live: ${why}`;
      },
      transactions: (changes) => {
        live.textContent = changes.gap
          ? "live; there were too many at once to show them all, load the page again to see them"
          : "live";
        this.#protocol = changes.protocol;
        this.#rows.take(changes.protocol, changes.changed, changes.gone, true);
        this.#showNotReached(changes.notReached ?? []);
        this.#showTotal();
      },
      counts: (counts) => this.#showCounts(counts),
      unreachable: ({ detail }) => {
        live.textContent = `live, but the payment service is not reachable: ${detail}`;
      },
      refused: ({ detail }) => {
        this.#events?.stop();
        live.textContent = `not live: ${detail}`;
        this.#refresh();
      },
    });
    this.#events.start();
  }

  #togglePause() {
    this.#paused = !this.#paused;
    this.#parts.pause.textContent = this.#paused ? "Go live" : "Pause";
    this.#goLive();
  }

  #showCounts(counts) {
    const item = (label, value, kind = "") => h("li", { class: kind }, h("strong", {}, String(value)), ` ${label}`);
    this.#parts.counts.replaceChildren(
      item("in flight", counts.inFlight),
      item("in doubt", counts.inDoubt),
      item(counts.stuck ? "▲ stuck" : "stuck", counts.stuck, counts.stuck ? "alarm" : ""),
      item("completed a second", counts.perSecond.toFixed(1)),
    );
    const ended = Object.entries(counts.byOutcome).sort((one, other) => other[1] - one[1]);
    const sum = ended.reduce((all, [, count]) => all + count, 0);
    this.#parts.outcomes.replaceChildren(
      ...ended.map(([outcome, count]) =>
        item(`${outcome}: ${Math.round((100 * count) / sum)} %, ${(count / MINUTES).toFixed(1)} a minute`, count),
      ),
    );
    this.#parts.outcomes.hidden = ended.length === 0;
    this.#showStuck(counts.stuck);
  }

  #showStuck(count) {
    const { stuck } = this.#parts;
    stuck.hidden = count === 0;
    if (count > 0) {
      stuck.replaceChildren(
        h("strong", {}, `▲ ${plural(count, "transaction is", "transactions are")} stuck. `),
        "It should have been over by now. ",
        h("a", { href: "/transactions?show=in-doubt" }, "Show what is in doubt"),
        ", or ",
        h("a", { href: "/transactions?show=in-flight" }, "all that is in flight"),
        ".",
      );
    }
    if (this.#stuck !== null && count > this.#stuck) {
      announce(`${plural(count, "transaction is", "transactions are")} stuck.`);
    }
    this.#stuck = count;
  }

  #showNotReached(lines) {
    const { notReached } = this.#parts;
    notReached.hidden = lines.length === 0;
    notReached.replaceChildren(
      h("strong", {}, "Not reachable, so something may be missing:"),
      h("ul", {}, lines.map((line) => h("li", {}, line))),
    );
  }

  #showTotal() {
    const unfinished = this.#rows.count((transaction) => !isOver(transaction));
    this.#parts.total.textContent =
      `${plural(this.#rows.size, "transaction")} of ${this.#protocol}` + (unfinished ? `, ${unfinished} not over` : "");
  }

  #showHeld(count) {
    this.#parts.held.hidden = count === 0;
    this.#parts.held.textContent = `Show ${plural(count, "new transaction")}`;
  }

  #showChosen() {
    const count = this.#rows.chosen.length;
    this.#parts.chosen.hidden = count === 0;
    this.#parts.chosenText.textContent = `${plural(count, "transaction")} chosen`;
  }

  #fail(failure) {
    if (failure.name === "AbortError") {
      return;
    }
    this.#parts.problem.textContent = failure.message;
    this.#parts.problem.hidden = false;
    this.#parts.more.hidden = true;
  }
}

/** As an input of the type datetime-local wants it. */
function localTime(instant) {
  if (!instant || Number.isNaN(Date.parse(instant))) {
    return "";
  }
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}

