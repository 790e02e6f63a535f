// Steers transactions: shows what an order would do, asks why, has it confirmed, and shows what became of it.

import { post } from "./api.js";
import { announce, h, plural, table } from "./dom.js";
import { STEERINGS, brief } from "./words.js";

const HEURISTIC = ["COMPLETE", "UNDO"];

/** onDone is called when something may have changed. */
export async function steer(steering, transactions, onDone) {
  const opener = document.activeElement;
  const dialog = new Dialog(steering, transactions, onDone);
  document.body.append(dialog.element);
  dialog.element.addEventListener("close", () => {
    dialog.element.remove();
    opener?.focus?.();
  });
  dialog.element.showModal();
  await dialog.preview();
}

/** What each of the steerings would do to one transaction, by their names. */
export async function possibleFor(transaction) {
  const answers = await Promise.all(
    Object.keys(STEERINGS).map((steering) =>
      post("/transactions/previews", order(steering, [transaction], null, true)),
    ),
  );
  return Object.fromEntries(Object.keys(STEERINGS).map((steering, index) => [steering, answers[index][0].effect]));
}

function order(steering, transactions, reason, heuristic) {
  return { steering, transactions, reason, heuristic };
}

function isRefused(effect) {
  return effect.refusal !== null && effect.refusal !== undefined;
}

class Dialog {
  element;
  #steering;
  #transactions;
  #onDone;
  #outcomes = h("div", { class: "outcomes" });
  #heuristic = h("div");
  #message = h("p", { role: "status" }, "Asking what it would do…");
  #why;
  #confirm;
  #cancel;
  #consent = null;
  #effects = null;
  #both = null;

  constructor(steering, transactions, onDone) {
    this.#steering = steering;
    this.#transactions = transactions;
    this.#onDone = onDone;
    this.#why = h("textarea", { id: "why", maxlength: "200", required: true, input: () => this.#check() });
    this.#confirm = h("button", { type: "submit", class: "main", disabled: true }, "Confirm");
    this.#cancel = h("button", { type: "button", click: () => this.element.close() }, "Cancel");
    this.element = h(
      "dialog",
      { "aria-labelledby": "steering-title" },
      h(
        "form",
        {
          method: "dialog",
          submit: (event) => {
            event.preventDefault();
            this.#perform();
          },
        },
        h(
          "h2",
          { id: "steering-title" },
          `${STEERINGS[steering].label}: `,
          transactions.length === 1 ? brief(transactions[0]) : plural(transactions.length, "transaction"),
        ),
        h("p", { class: "quiet" }, STEERINGS[steering].what),
        this.#message,
        this.#outcomes,
        this.#heuristic,
        h("div", { class: "field" }, h("label", { for: "why" }, "Why (is written down)"), this.#why),
        h("div", { class: "row" }, this.#confirm, this.#cancel),
      ),
    );
  }

  async preview() {
    try {
      this.#effects = await this.#previewOf(this.#steering);
      if (this.#effects.some(({ effect }) => effect.heuristic && !isRefused(effect))) {
        await this.#askForTheOutcome();
      }
      const possible = this.#effects.filter(({ effect }) => !isRefused(effect)).length;
      this.#message.textContent =
        possible === this.#effects.length
          ? "This would happen:"
          : `${possible} of ${plural(this.#effects.length, "transaction")} can be steered so. This would happen:`;
      this.#outcomes.replaceChildren(this.#listed(this.#effects, false));
    } catch (failure) {
      this.#message.textContent = failure.message;
    }
    this.#check();
    this.#why.focus();
  }

  #previewOf(steering) {
    return post("/transactions/previews", order(steering, this.#transactions, null, true));
  }

  /** The decision is not known to anybody, so both outcomes are shown, and none is chosen yet. */
  async #askForTheOutcome() {
    this.#both = {};
    for (const steering of HEURISTIC) {
      this.#both[steering] = steering === this.#steering ? this.#effects : await this.#previewOf(steering);
    }
    this.#consent = h("input", { type: "checkbox", id: "consent", change: () => this.#check() });
    this.#heuristic.replaceChildren(
      h(
        "fieldset",
        {},
        h("legend", {}, "Nobody who could be asked knows the decision"),
        h("p", {}, "Choose an outcome. If the others have ended otherwise, the payment is broken afterwards."),
        HEURISTIC.map((steering) =>
          h(
            "div",
            { class: "choice" },
            h("input", {
              type: "radio",
              name: "outcome",
              id: `outcome-${steering}`,
              value: steering,
              change: () => this.#choose(steering),
            }),
            h("label", { for: `outcome-${steering}` }, `${STEERINGS[steering].label}: ${STEERINGS[steering].what}`),
            h("div", { class: "what" }, this.#stepsOf(this.#both[steering])),
          ),
        ),
        h(
          "div",
          { class: "choice" },
          this.#consent,
          h(
            "label",
            { for: "consent" },
            "I decide instead of the protocol. It is written down as a heuristic decision of mine.",
          ),
        ),
      ),
    );
  }

  #stepsOf(effects) {
    const lines = effects.flatMap(({ effect }) => (isRefused(effect) ? [effect.refusal] : effect.steps));
    return h("ul", {}, [...new Set(lines)].slice(0, 20).map((line) => h("li", {}, line)));
  }

  #choose(steering) {
    this.#steering = steering;
    this.#effects = this.#both[steering];
    this.#outcomes.replaceChildren(this.#listed(this.#effects, false));
    this.#check();
  }

  #listed(effects, isDone) {
    return table(
      isDone ? "What became of it" : "What would be done",
      ["Transaction", isDone ? "Done" : "Would be done"],
      effects.map(({ transaction, effect }) => ({
        kind: isRefused(effect) ? "disagrees" : "",
        cells: [
          h("span", { class: "id" }, transaction),
          isRefused(effect) && effect.steps.length === 0
            ? `Refused: ${effect.refusal}`
            : h(
                "div",
                {},
                effect.heuristic ? h("strong", {}, "Heuristic. ") : null,
                effect.steps.length
                  ? h("ul", {}, effect.steps.map((step) => h("li", {}, step)))
                  : "Nothing is left to do.",
                isDone && !effect.finished
                  ? h("p", {}, `Not everything could be done yet; repeat it later. ${effect.refusal ?? ""}`)
                  : null,
              ),
        ],
      })),
    );
  }

  #check() {
    const isPossible = this.#effects?.some(({ effect }) => !isRefused(effect));
    const isChosen =
      !this.#both || (this.#consent.checked && this.element.querySelector("input[name=outcome]:checked") !== null);
    this.#confirm.disabled = !(isPossible && isChosen && this.#why.value.trim());
    this.#confirm.textContent = STEERINGS[this.#steering].label;
  }

  async #perform() {
    if (this.#confirm.disabled) {
      return;
    }
    this.#confirm.disabled = true;
    this.#message.textContent = "Under way…";
    try {
      const done = await post(
        "/transactions/steerings",
        order(this.#steering, this.#transactions, this.#why.value.trim(), this.#both !== null),
      );
      const finished = done.filter(({ effect }) => !isRefused(effect) && effect.finished).length;
      this.#message.textContent = `Finished for ${finished} of ${plural(done.length, "transaction")}.`;
      announce(this.#message.textContent);
      this.#heuristic.replaceChildren();
      this.#outcomes.replaceChildren(this.#listed(done, true));
      this.#why.closest(".field").hidden = true;
      this.#confirm.hidden = true;
      this.#cancel.textContent = "Close";
      this.#cancel.focus();
    } catch (failure) {
      this.#message.textContent =
        failure.status === 0 || failure.status >= 500
          ? `${failure.message} It may have been done: the list of steerings tells, and it is safe to repeat.`
          : failure.message;
      this.#check();
    }
    this.#onDone();
  }
}
