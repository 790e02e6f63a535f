// The time line of one transaction: a lane a service, a bar a phase. Where nothing happens for long, time is cut.

import { h, svg } from "./dom.js";
import { duration, stateText, time } from "./words.js";

const WIDTH = 960;
const LEFT = 110;
const RIGHT = 20;
const TOP = 30;
const LINE = 30;
const BAR = 9;
const LETTER = 6.4;
const SMALLEST = 3;
/** A gap is shown with at most this part of the time in which something happens. */
const SHOWN_GAP = 0.12;

export function phasesOf(log) {
  const seen = new Map();
  return log
    .filter((entry) => entry.phase)
    .map((entry) => {
      const lane = entry.participant ?? entry.service;
      const key = `${lane} ${entry.phase} ${entry.service}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      const begin = moment(entry.at);
      return { ...entry, lane, begin, end: begin + (entry.micros ?? 0) / 1000, repetition: seen.get(key) };
    });
}

/** Milliseconds with the microseconds that Date leaves out. */
function moment(instant) {
  const fraction = /\.(\d+)/.exec(instant)?.[1] ?? "";
  return Math.floor(Date.parse(instant) / 1000) * 1000 + Number(`0.${fraction || "0"}`) * 1000;
}

/** The drawing; null if there is nothing to draw. */
export function timeLine(log) {
  const phases = phasesOf(log);
  const changes = log
    .filter((entry) => entry.to)
    .map((entry) => ({ ...entry, begin: moment(entry.at), end: moment(entry.at) }));
  const all = [...phases, ...changes];
  if (all.length === 0) {
    return null;
  }
  const scale = new Scale(all);
  const parts = [];
  let y = TOP;
  if (changes.length > 0) {
    y = drawLane("states", changes.map((change) => ({
      ...change,
      label: stateText(change.to),
      title:
        `${change.from ? `${stateText(change.from)} to ` : ""}${stateText(change.to)} at ${change.at}` +
        (change.cause ? `: ${change.cause}` : ""),
    })), y, scale, parts, drawChange);
  }
  const lanes = [...new Set(phases.map((phase) => phase.lane))];
  for (const lane of lanes) {
    const ofLane = phases
      .filter((phase) => phase.lane === lane)
      .map((phase) => ({
        ...phase,
        label: labelOf(phase),
        title:
          `${phase.phase}, ${duration((phase.micros ?? 0) / 1000)}, by ${phase.service}` +
          (phase.failed ? `, failed: ${phase.cause ?? ""}` : ""),
      }));
    y = drawLane(lane, ofLane, y, scale, parts, drawPhase);
  }
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": "Time line", tabindex: "0" },
    svg(
      "svg",
      {
        class: "lanes",
        viewBox: `0 0 ${WIDTH} ${y + 8}`,
        role: "img",
        "aria-label":
          `${phases.length} phases in ${lanes.length} lanes, over ${duration(scale.whole)}.` +
          " The table below says the same.",
      },
      drawAxis(scale, y),
      parts,
    ),
  );
}

function labelOf(phase) {
  return (
    `${phase.failed ? "✕ " : ""}${phase.phase} ${duration((phase.micros ?? 0) / 1000)}` +
    (phase.repetition > 1 ? ` (repetition ${phase.repetition - 1})` : "")
  );
}

/** Puts what would overlap on lines below each other. Returns where the next lane begins. */
function drawLane(name, items, top, scale, parts, draw) {
  const ends = [];
  for (const item of items) {
    const x = scale.at(item.begin);
    const width = Math.max(SMALLEST, scale.at(item.end) - x);
    const length = item.label.length * LETTER;
    const isAtEnd = x + length > WIDTH - RIGHT;
    const from = isAtEnd ? Math.min(x, WIDTH - RIGHT - length) : x;
    let line = ends.findIndex((end) => end <= from);
    if (line < 0) {
      line = ends.length;
    }
    ends[line] = Math.max(x + width, from + length) + 8;
    const y = top + line * LINE;
    parts.push(
      svg("g", {}, svg("title", {}, item.title), draw(item, x, width, y + 16), svg(
        "text",
        { x: from.toFixed(1), y: y + 12, class: item.failed ? "of-failed" : null },
        item.label,
      )),
    );
  }
  const bottom = top + ends.length * LINE + 4;
  parts.push(
    svg("text", { x: 0, y: top + 14, class: "lane" }, name),
    svg("line", { x1: 0, x2: WIDTH, y1: bottom, y2: bottom, class: "rule" }),
  );
  return bottom + 4;
}

function drawPhase(phase, x, width, y) {
  return phase.failed
    ? [
        svg("rect", { x: x.toFixed(1), y, width: width.toFixed(1), height: BAR, class: "failed" }),
        svg("path", { d: `M${x} ${y}l${BAR} ${BAR}m0 ${-BAR}l${-BAR} ${BAR}`, class: "cross" }),
      ]
    : [svg("rect", { x: x.toFixed(1), y, width: width.toFixed(1), height: BAR, rx: 1.5, class: "phase" })];
}

function drawChange(change, x, width, y) {
  return [svg("path", { d: `M${x} ${y}l5 ${BAR}h-10z`, class: "change" })];
}

function drawAxis(scale, bottom) {
  return [
    svg("text", { x: LEFT, y: 12, class: "tick" }, "0"),
    svg("text", { x: WIDTH - RIGHT, y: 12, class: "tick", "text-anchor": "end" }, `+ ${duration(scale.whole)}`),
    ...scale.cuts.flatMap((cut) => [
      svg("line", { x1: cut.x, x2: cut.x, y1: 16, y2: bottom, class: "cut" }),
      svg("text", { x: cut.x, y: 26, class: "break", "text-anchor": "middle" }, `⋯ ${duration(cut.length)} ⋯`),
    ]),
  ];
}

/** Maps time to places, with long gaps made short. */
class Scale {
  whole;
  cuts = [];
  #pieces = [];

  constructor(items) {
    const spans = items.map(({ begin, end }) => ({ begin, end })).sort((one, other) => one.begin - other.begin);
    const merged = [];
    for (const span of spans) {
      const last = merged[merged.length - 1];
      if (last && span.begin <= last.end) {
        last.end = Math.max(last.end, span.end);
      } else {
        merged.push({ ...span });
      }
    }
    const active = Math.max(1, merged.reduce((sum, span) => sum + span.end - span.begin, 0));
    let shown = 0;
    merged.forEach((span, index) => {
      if (index > 0) {
        const gap = span.begin - merged[index - 1].end;
        const kept = Math.min(gap, active * SHOWN_GAP);
        this.#pieces.push({
          begin: merged[index - 1].end,
          end: span.begin,
          from: shown,
          to: shown + kept,
          isCut: kept < gap,
        });
        shown += kept;
      }
      this.#pieces.push({ begin: span.begin, end: span.end, from: shown, to: shown + span.end - span.begin });
      shown += span.end - span.begin;
    });
    this.whole = merged[merged.length - 1].end - merged[0].begin;
    const factor = (WIDTH - LEFT - RIGHT) / Math.max(shown, 0.001);
    for (const piece of this.#pieces) {
      piece.from = LEFT + piece.from * factor;
      piece.to = LEFT + piece.to * factor;
      if (piece.isCut && piece.to - piece.from > 20) {
        this.cuts.push({ x: ((piece.from + piece.to) / 2).toFixed(1), length: piece.end - piece.begin });
      }
    }
  }

  at(when) {
    const piece = this.#pieces.find((one) => when <= one.end) ?? this.#pieces[this.#pieces.length - 1];
    const length = piece.end - piece.begin;
    return length === 0 ? piece.from : piece.from + ((when - piece.begin) / length) * (piece.to - piece.from);
  }
}

/** The same as rows for a table. */
export const COLUMNS = ["Begin", "Lane", "Phase", "Took", "Repetition", "Told by", "Result"];

export function rowsOf(log) {
  return phasesOf(log).map((phase) => ({
    kind: phase.failed ? "disagrees" : "",
    cells: [
      time(phase.at),
      phase.lane,
      phase.phase,
      duration((phase.micros ?? 0) / 1000),
      phase.repetition > 1 ? String(phase.repetition - 1) : "",
      phase.instance ?? phase.service,
      phase.failed ? `failed: ${phase.cause ?? "no reason told"}` : "done",
    ],
  }));
}
