// The log of all transactions, and what operators have ordered: each a table that is read page by page.

import { exportCsv, get } from "./api.js";
import { h, plural, table } from "./dom.js";
import { STEERINGS, addressOf, brief, duration, stateText, time } from "./words.js";

const PAGE = "200";

/** A transaction as a link to its page. */
function link(id) {
  return id ? h("a", { href: addressOf(id), class: "id", title: id }, brief(id)) : "";
}

class Pages {
  title;
  element = h("div");
  #path;
  #parameters;
  #columns;
  #rowsOf;
  #next = null;
  #parts;

  constructor({ title, intro, path, parameters = {}, file, columns, rowsOf }) {
    this.title = title;
    this.#path = path;
    this.#parameters = parameters;
    this.#columns = columns;
    this.#rowsOf = rowsOf;
    const problem = h("p", { class: "alarm", role: "alert", hidden: true });
    const remarks = h("p", { class: "quiet", role: "status" });
    const body = h("div");
    const more = h("button", { type: "button", hidden: true, click: () => this.#load() }, "Load more");
    const failed = (failure) => {
      problem.textContent = failure.message;
      problem.hidden = false;
    };
    this.#parts = { problem, remarks, body, more, failed };
    this.element.append(
      h("h1", { tabindex: "-1" }, title),
      h("p", {}, intro),
      problem,
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", click: () => exportCsv(path, parameters, file).catch(failed) }, "Export as CSV"),
        h("button", { type: "button", click: () => this.#restart() }, "Refresh"),
      ),
      remarks,
      body,
      more,
    );
  }

  start() {
    if (!this.#parts.body.hasChildNodes()) {
      this.#restart();
    }
  }

  stop() {}

  #restart() {
    this.#next = null;
    this.#parts.body.replaceChildren();
    this.#load();
  }

  async #load() {
    const { problem, remarks, body, more, failed } = this.#parts;
    try {
      const after = this.#next ? { after: this.#next } : {};
      const page = await get(`${this.#path}?${new URLSearchParams({ ...this.#parameters, size: PAGE, ...after })}`);
      problem.hidden = true;
      const rows = this.#rowsOf(page);
      if (rows.length > 0) {
        body.append(table(this.title, this.#columns, rows, "log"));
      } else if (!body.hasChildNodes()) {
        body.append(h("p", {}, "There are none."));
      }
      this.#next = page.next;
      more.hidden = !page.next || rows.length === 0;
      remarks.replaceChildren(
        rows.length > 0 ? `${plural(rows.length, "entry", "entries")} loaded. ` : "",
        page.keptSince ? h("span", {}, "Entries before ", time(page.keptSince), " were removed. ") : "",
        page.lost ? `${page.lost} entries could not be written since the processes have started. ` : "",
        ...(page.notReached ?? []).map((line) => h("strong", {}, `Not reachable: ${line} `)),
      );
    } catch (failure) {
      failed(failure);
    }
  }
}

export function logView(search) {
  const given = new URLSearchParams(search);
  const parameters = Object.fromEntries(
    ["payment", "xid"].filter((name) => given.get(name)).map((name) => [name, given.get(name)]),
  );
  return new Pages({
    title: "Log",
    intro: "What all processes have written down: every change of state, and every phase, the oldest first.",
    path: "/transactions/log",
    parameters,
    file: "transaction-log.csv",
    columns: ["Time", "Told by", "Transaction", "What", "Took", "Cause"],
    rowsOf: (page) =>
      page.entries.map((entry) => ({
        kind: entry.failed ? "disagrees" : "",
        cells: [
          time(entry.at),
          entry.instance ?? entry.service,
          link(entry.payment ?? entry.xid),
          entry.phase
            ? [entry.failed && "✕", entry.phase, entry.participant && `of ${entry.participant}`, entry.failed && "failed"]
                .filter(Boolean)
                .join(" ")
            : `${entry.from ? `${stateText(entry.from)} to ` : ""}${stateText(entry.to)}`,
          entry.micros === null || entry.micros === undefined ? "" : duration(entry.micros / 1000),
          entry.cause,
        ],
      })),
  });
}

export function steeringsView() {
  return new Pages({
    title: "Steerings",
    intro: "What operators have ordered, and why, the latest first.",
    path: "/transactions/steerings",
    file: "steerings.csv",
    columns: ["Time", "Operator", "Steering", "Transaction", "Why", "What was done"],
    rowsOf: (page) =>
      page.steerings.map((record) => ({
        kind: record.heuristic ? "disagrees" : "",
        cells: [
          time(record.at),
          h("span", { class: "id", title: record.operator }, brief(record.operator)),
          `${STEERINGS[record.steering]?.label ?? record.steering}${record.heuristic ? ", heuristic" : ""}`,
          link(record.transaction),
          record.reason,
          !record.effect
            ? "not known: the process has died meanwhile"
            : record.effect.refusal
              ? `refused: ${record.effect.refusal}`
              : `${record.effect.steps.join("; ")}${record.effect.finished ? "" : " (not finished)"}`,
        ],
      })),
  });
}
