// How states, times, and steerings are written.

import { h } from "./dom.js";

const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const DAY = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "2-digit", day: "2-digit" });

export const STEERINGS = {
  RETRY: { label: "Retry now", what: "What is repeated anyway is done now." },
  SUSPEND: { label: "Stop repetitions", what: "Nothing is repeated until it is resumed, or its owner restarts." },
  RESUME: { label: "Resume repetitions", what: "Stopped repetitions go on." },
  COMPLETE: { label: "Complete", what: "The payment happens, as decided." },
  UNDO: { label: "Undo", what: "Nothing remains of the payment." },
  RELEASE: { label: "Release", what: "A participant gives back what it keeps for a transaction that no engine knows." },
};

export function isOver(transaction) {
  return transaction.endedAt !== null && transaction.endedAt !== undefined;
}

export function idOf(transaction) {
  return transaction.payment ?? transaction.xid;
}

export function addressOf(id) {
  return `/transactions/${encodeURIComponent(id)}`;
}

/** The beginning of an id, whose whole is in its title and behind its link. */
export function brief(id) {
  return id.length > 14 ? `${id.slice(0, 8)}…` : id;
}

export function stateText(state) {
  return (state ?? "not known").toLowerCase();
}

export function stateBadge(state) {
  return h("span", { class: `badge state-${stateText(state).replace(/\W/g, "-")}` }, stateText(state));
}

export function stuckBadge() {
  return h("span", { class: "badge stuck" }, "▲ stuck");
}

export function timeText(instant) {
  const date = new Date(instant);
  const today = DAY.format(date) === DAY.format(new Date());
  return today ? CLOCK.format(date) : `${DAY.format(date)} ${CLOCK.format(date)}`;
}

/** A moment in the time of this browser, with that of the servers in its title. */
export function time(instant) {
  return instant ? h("time", { datetime: instant, title: instant }, timeText(instant)) : null;
}

export function duration(milliseconds) {
  if (milliseconds < 0) {
    return "0 ms";
  }
  if (milliseconds < 1) {
    return `${Math.round(milliseconds * 1000)} µs`;
  }
  if (milliseconds < 10) {
    return `${milliseconds.toFixed(1)} ms`;
  }
  if (milliseconds < 1000) {
    return `${Math.round(milliseconds)} ms`;
  }
  const seconds = milliseconds / 1000;
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${Math.round(seconds % 60)} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

export function ageText(transaction, now = Date.now()) {
  const started = Date.parse(transaction.startedAt);
  if (Number.isNaN(started)) {
    return "";
  }
  return isOver(transaction)
    ? `took ${duration(Date.parse(transaction.endedAt) - started)}`
    : duration(now - started);
}
