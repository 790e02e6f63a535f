// One transaction: what is recorded, what the engine believes, what each database holds now, and its time line.

import { get } from "./api.js";
import { announce, facts, h, table } from "./dom.js";
import { possibleFor, steer } from "./steering.js";
import { COLUMNS, rowsOf, timeLine } from "./timeline.js";
import { STEERINGS, ageText, isOver, stateBadge, stateText, stuckBadge, time } from "./words.js";

const REFRESH = 2000;

export class TransactionView {
  title;
  element = h("div");
  #id;
  #links;
  #timer = null;
  #running = false;
  #shown = "";
  #possible = null;
  #body = h("div");
  #problem = h("p", { class: "alarm", role: "alert", hidden: true });
  #state = h("span");
  #live = h("span", { class: "quiet" });
  #paused = false;

  constructor(id, links) {
    this.#id = id;
    this.#links = links;
    this.title = `Transaction ${id}`;
    const pause = h(
      "button",
      {
        type: "button",
        click: () => {
          this.#paused = !this.#paused;
          pause.textContent = this.#paused ? "Go live" : "Pause";
          this.#load();
        },
      },
      "Pause",
    );
    this.element.append(
      h("h1", { tabindex: "-1" }, "Transaction ", h("span", { class: "id" }, id), " "),
      h("p", {}, this.#state),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", click: () => this.#load() }, "Refresh"),
        pause,
        this.#live,
      ),
      this.#problem,
      this.#body,
    );
  }

  start() {
    this.#running = true;
    this.#load();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  async #load() {
    clearTimeout(this.#timer);
    try {
      const found = await get(`/transactions/${encodeURIComponent(this.#id)}`);
      const isKnown = found.detail !== null || found.notReached.some((line) => line.startsWith("payment:"));
      if (!isKnown && !this.#possible) {
        this.#possible = await possibleFor(this.#id).catch(() => ({}));
      }
      this.#problem.hidden = true;
      this.#show(found);
      this.#again(this.#mayChange(found));
    } catch (failure) {
      if (!this.#running) {
        return;
      }
      this.#problem.textContent = failure.message;
      this.#problem.hidden = false;
      this.#again(failure.status === 0 || failure.status >= 500);
    }
  }

  #mayChange(found) {
    const transaction = found.detail?.transaction;
    return !transaction || !isOver(transaction) || found.disagreements.length > 0 || found.notReached.length > 0 ||
      found.holdings.some((holding) => holding.meaning === "OPEN");
  }

  #again(mayChange) {
    const goesOn = this.#running && mayChange && !this.#paused;
    this.#live.textContent = this.#paused ? "paused" : goesOn ? "live" : `as of ${new Date().toLocaleTimeString()}`;
    if (goesOn) {
      this.#timer = setTimeout(() => (document.hidden ? this.#again(true) : this.#load()), REFRESH);
    }
  }

  /** Changes the page only if something has changed, so that nobody loses the place. */
  #show(found) {
    const transaction = found.detail?.transaction ?? null;
    this.#state.replaceChildren(
      stateBadge(transaction?.state),
      transaction?.stuck ? h("span", {}, " ", stuckBadge(), " It should have been over by now.") : "",
      transaction ? h("span", { class: "quiet" }, ` ${isOver(transaction) ? "" : "age "}${ageText(transaction)}`) : "",
    );
    const now = JSON.stringify([found, this.#possible]);
    if (now === this.#shown) {
      return;
    }
    if (this.#shown && found.disagreements.length > 0) {
      announce("Engine and databases disagree.");
    }
    this.#shown = now;
    const focused = document.activeElement?.id;
    const opened = [...this.#body.querySelectorAll("details[open]")].map((one) => one.id);
    this.#body.replaceChildren(
      ...this.#warnings(found),
      ...this.#recorded(found),
      h("div", { class: "beside" }, this.#believed(found), this.#held(found)),
      ...this.#following(found),
      ...this.#steering(found),
      ...this.#timeLine(found),
      ...this.#changes(found),
    );
    opened.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  }

  #warnings({ disagreements, notReached }) {
    return [
      disagreements.length > 0 &&
        h(
          "section",
          { class: "alarm", "aria-labelledby": "disagreements" },
          h("h2", { id: "disagreements" }, "⚠ Engine and databases disagree"),
          h(
            "ul",
            {},
            disagreements.map(({ participant, text }) => h("li", {}, h("strong", {}, `${participant}: `), text)),
          ),
        ),
      notReached.length > 0 &&
        h(
          "section",
          { class: "warning", "aria-labelledby": "not-reached" },
          h("h2", { id: "not-reached" }, "Not reachable, so something may be missing"),
          h("ul", {}, notReached.map((line) => h("li", {}, line))),
        ),
    ].filter(Boolean);
  }

  #recorded({ detail }) {
    const transaction = detail?.transaction;
    if (!transaction) {
      return [h("p", {}, "There is no record of it.")];
    }
    const filter = (name, value) =>
      value && h("a", { href: `/transactions?${name}=${encodeURIComponent(value)}`, class: "id" }, value);
    const links = [
      this.#links.trace && transaction.payment
        ? h("a", { href: this.#links.trace.replaceAll("{payment}", transaction.payment), rel: "noreferrer" }, "Trace")
        : null,
      this.#links.metrics ? h("a", { href: this.#links.metrics, rel: "noreferrer" }, "Metrics and alerts") : null,
    ].filter(Boolean);
    return [
      h("h2", {}, "Recorded"),
      facts([
        ["Protocol", detail.protocol],
        ["Outcome", transaction.outcome],
        ["Reason", transaction.reason],
        ["Amount", transaction.amount === null ? null : String(transaction.amount)],
        ["Customer", filter("user", transaction.user)],
        ["Reservation", filter("reservation", transaction.reservation)],
        ["Payment", transaction.payment && h("span", { class: "id" }, transaction.payment)],
        ["Xid", transaction.xid && h("span", { class: "id" }, transaction.xid)],
        ["Idempotency key", filter("key", transaction.key)],
        ["Started", time(transaction.startedAt)],
        ["Ended", time(transaction.endedAt)],
      ]),
      links.length > 0 ? h("p", { class: "row" }, links) : "",
    ];
  }

  #believed({ detail }) {
    const engine = detail?.engine;
    return h(
      "section",
      { "aria-labelledby": "believed" },
      h("h2", { id: "believed" }, "The engine believes"),
      engine
        ? facts([
            ["State", stateText(engine.state)],
            ["Decision", stateText(engine.decision)],
            ["Since", time(engine.since)],
            ["To be over within", detail.patience],
            ["Goes on with it", engine.owner ?? "anybody"],
            ["Repetitions", `${engine.repetitions}${engine.suspended ? ", stopped by an operator" : ""}`],
            ["Last error", engine.error],
            ["Payment", engine.transaction?.payment && h("span", { class: "id" }, engine.transaction.payment)],
            ["Xid", engine.transaction?.xid && h("span", { class: "id" }, engine.transaction.xid)],
          ])
        : h(
            "p",
            {},
            detail ? `It knows nothing of it. By what is recorded, decided is: ${stateText(detail.decision)}.` : "Not known.",
          ),
    );
  }

  #held({ holdings, disagreements }) {
    const disagreeing = new Set(disagreements.map((each) => each.participant));
    return h(
      "section",
      { "aria-labelledby": "held" },
      h("h2", { id: "held" }, "The databases hold now"),
      holdings.length === 0
        ? h("p", {}, "Nothing.")
        : table(
            "What the databases hold now",
            ["Participant", "What", "State", "Meaning", "Since", "Who waits for it"],
            holdings.map((holding) => ({
              kind: disagreeing.has(holding.participant) ? "disagrees" : "",
              cells: [
                `${disagreeing.has(holding.participant) ? "⚠ " : ""}${holding.participant}`,
                holding.what,
                holding.state,
                stateText(holding.meaning),
                time(holding.since),
                holding.waiting?.length ? h("ul", {}, holding.waiting.map((line) => h("li", {}, line))) : "",
              ],
            })),
          ),
    );
  }

  #following({ detail }) {
    const next = detail?.engine?.next ?? [];
    return [
      h("h2", {}, "What happens next"),
      next.length === 0
        ? h("p", {}, "Nothing by itself.")
        : h("ul", {}, next.map(({ what, at }) => h("li", {}, what, at ? [", ", time(at)] : ""))),
    ];
  }

  #steering({ detail }) {
    const possible = detail?.possible ?? this.#possible;
    if (!possible || Object.keys(possible).length === 0) {
      return [];
    }
    const id = detail?.transaction?.payment ?? detail?.transaction?.xid ?? this.#id;
    return [
      h("h2", {}, "Steering"),
      h(
        "ul",
        { class: "steering" },
        Object.entries(STEERINGS)
          .filter(([steering]) => possible[steering])
          .map(([steering, { label, what }]) => {
            const effect = possible[steering];
            const isRefused = effect.refusal !== null && effect.refusal !== undefined;
            const isIdle = !isRefused && effect.finished;
            const isPossible = !isRefused && !isIdle;
            return h(
              "li",
              {},
              h(
                "button",
                {
                  type: "button",
                  id: `steer-${steering}`,
                  class: effect.heuristic && isPossible ? "danger" : null,
                  "aria-disabled": isPossible ? null : "true",
                  "aria-describedby": `about-${steering}`,
                  click: () => isPossible && steer(steering, [id], () => this.#changed()),
                },
                `${label}${isPossible ? "…" : ""}`,
              ),
              h(
                "p",
                { class: "quiet", id: `about-${steering}` },
                isRefused
                  ? `Not possible: ${effect.refusal}`
                  : isIdle
                    ? `Nothing to do: ${effect.steps.join("; ")}.`
                    : what,
                isPossible && effect.heuristic ? " You decide instead of the protocol." : "",
              ),
            );
          }),
      ),
    ];
  }

  #changed() {
    this.#possible = null;
    this.#load();
  }

  #timeLine({ log, keptSince, lost }) {
    const drawing = timeLine(log);
    const remarks = [
      keptSince ? h("span", {}, "Entries before ", time(keptSince), " were removed. ") : "",
      lost > 0 ? `${lost} entries could not be written since the processes have started. ` : "",
    ];
    return [
      h("h2", {}, "Time line"),
      drawing ?? h("p", {}, "Nothing was written down."),
      h("p", { class: "quiet" }, remarks),
      drawing
        ? h(
            "details",
            { id: "time-line-table" },
            h("summary", {}, "The time line as a table"),
            table("Phases", COLUMNS, rowsOf(log), "log"),
          )
        : "",
    ];
  }

  #changes({ log }) {
    const changes = log.filter((entry) => entry.to);
    return changes.length === 0
      ? []
      : [
          h("h2", {}, "Changes of state"),
          table(
            "Changes of state",
            ["Time", "Told by", "From", "To", "Cause"],
            changes.map((entry) => ({
              cells: [
                time(entry.at),
                entry.instance ?? entry.service,
                entry.from ? stateText(entry.from) : "",
                stateText(entry.to),
                entry.cause,
              ],
            })),
            "log",
          ),
        ];
  }
}
