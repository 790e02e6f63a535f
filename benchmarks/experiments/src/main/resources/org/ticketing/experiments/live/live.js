'use strict';

const PHASES = {
  READY: 'Ready.',
  PREPARING: 'Reserving a seat for each payment.',
  PAYING: 'Paying.',
  SETTLING: 'Waiting until nothing is in doubt any more, and auditing the databases.',
  OVER: 'Over.',
  STOPPED: 'Stopped.',
  FAILED: 'Could not be played to the end: ',
};

const byId = id => document.getElementById(id);
const seconds = millis => (millis / 1000).toFixed(1);
const figure = value => value === null || value === undefined ? '–' : String(value);

/** An element with attributes and children; texts are never taken for HTML. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children.filter(child => child !== null));
  return made;
}

function drawn(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

function entry(list, name, value, kind) {
  list.append(element('dt', {}, name), element('dd', kind ? { class: kind } : {}, value));
}

function total(counts) {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function places(counts) {
  return Object.entries(counts).map(([where, count]) => `${count} ${where}`).join(', ');
}

function counters(progress) {
  const list = element('dl', {});
  entry(list, 'completed', figure(progress.completed), 'completed');
  entry(list, 'refused', figure(progress.refused), 'refused');
  entry(list, 'failed', figure(progress.failed), 'failed');
  entry(list, 'not told', figure(progress.unknown), 'unknown');
  entry(list, 'in flight', figure(progress.inFlight), 'flight');
  entry(list, 'in doubt', progress.inDoubt === null ? 'a database does not answer'
      : total(progress.inDoubt) === 0 ? '0' : `${total(progress.inDoubt)}: ${places(progress.inDoubt)}`);
  entry(list, 'seen half done', `${progress.fractured} of ${progress.watched}`, progress.fractured > 0 ? 'failed' : '');
  entry(list, 'p50 / p99', progress.p50 === null ? '–' : `${progress.p50.toFixed(1)} / ${progress.p99.toFixed(1)} ms`);
  return list;
}

/** Payments as bars from when they were sent to their answers, and what was killed when. */
function chart(view, order) {
  const width = 420, top = 6, row = 5, left = 4, right = 4;
  const height = top + Math.max(30, view.payments.length * row) + 22;
  const end = Math.max(order.seconds * 1000, view.progress.now, 1000);
  const x = at => left + Math.max(0, at) / end * (width - left - right);
  const svg = drawn('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': `${view.system}: ${view.payments.length} payments over ${seconds(end)} seconds` });
  const step = end > 40000 ? 10000 : end > 15000 ? 5000 : 1000;
  for (let at = 0; at <= end; at += step) {
    svg.append(drawn('line', { class: 'grid', x1: x(at), x2: x(at), y1: 0, y2: height - 16 }));
    svg.append(drawn('text', { x: x(at), y: height - 4,
      'text-anchor': at === 0 ? 'start' : at + step > end ? 'end' : 'middle' }, `${at / 1000} s`));
  }
  if (view.strike !== null) {
    const back = view.strike.back === null ? view.progress.now : view.strike.back;
    svg.append(drawn('rect', { class: 'dead', x: x(view.strike.at), y: 0,
      width: Math.max(1, x(back) - x(view.strike.at)), height: height - 16 }));
    svg.append(drawn('line', { class: 'kill', x1: x(view.strike.at), x2: x(view.strike.at), y1: 0, y2: height - 16 }));
  }
  view.payments.forEach((payment, index) => {
    const to = payment.ended === null ? view.progress.now : payment.ended;
    svg.append(drawn('rect', { class: (payment.outcome || 'flight') + (payment.hit ? ' hit' : ''), x: x(payment.begun),
      y: top + index * row, width: Math.max(2, x(to) - x(payment.begun)), height: row - 1 }));
  });
  return svg;
}

function link(view, payment) {
  if (view.tracker === null) {
    return payment.id || payment.key;
  }
  const address = `${view.tracker}/transactions?find=${encodeURIComponent(payment.id || payment.key)}`;
  return element('a', { href: address, target: '_blank', rel: 'noreferrer' }, payment.id || payment.key);
}

/** What the services have written down of a payment that was under way when something was killed. */
function timeLine(view, line) {
  const payment = view.payments.find(one => one.key === line.key);
  const section = element('div', {}, element('h3', {}, 'In the middle of the kill: ', link(view, line)));
  if (payment) {
    section.append(element('p', {}, payment.ended === null ? 'The customer still waits.'
        : `The customer was told after ${seconds(payment.ended - payment.begun)} s: ${payment.outcome}`
            + (payment.reason ? ` (${payment.reason}).` : '.')));
  }
  const steps = element('ol', { class: 'steps' });
  line.steps.forEach(step => steps.append(element('li', step.failed ? { class: 'failed' } : {},
      `${seconds(step.at)} s ${step.lane}: ${step.what}`
          + (step.length === null ? '' : `, ${step.length.toFixed(1)} ms`)
          + (step.failed ? ', failed' : '') + (step.cause ? `: ${step.cause}` : ''))));
  section.append(steps);
  if (line.missing !== null) {
    section.append(element('p', { class: 'quiet' }, `Something may be missing: ${line.missing}.`));
  }
  return section;
}

function list(view) {
  const body = element('tbody', {});
  [...view.payments].reverse().forEach(payment => body.append(element('tr', {},
      element('td', {}, `${seconds(payment.begun)} s`),
      element('td', { class: payment.outcome || 'flight' },
          (payment.outcome || 'in flight') + (payment.reason ? ` (${payment.reason})` : '')),
      element('td', {}, payment.ended === null ? '' : `${payment.ended - payment.begun} ms`),
      element('td', {}, (payment.late ? 'late ' : '') + (payment.hit ? 'hit' : '')),
      element('td', {}, link(view, payment)))));
  const head = element('tr', {}, ...['sent', 'answer', 'after', '', 'payment, or key'].map(
      name => element('th', { scope: 'col' }, name)));
  return element('details', { 'data-open': view.system }, element('summary', {}, 'These payments as text'),
      element('table', {}, element('thead', {}, head), body));
}

function verdict(result) {
  const bad = result.violations > 0 || result.broken.length > 0 || result.contradictions.length > 0;
  const section = element('div', { class: bad ? 'verdict bad' : 'verdict' });
  section.append(element('p', {}, result.violations === 0 ? 'The audit finds no violation.'
      : `The audit finds ${result.violations} violations.`));
  section.append(element('p', {}, result.cleanAfter !== null
      ? `Clean ${seconds(result.cleanAfter)} s after the last answer or restart.`
      : total(result.inDoubt) > 0 ? `Something stays in doubt: ${places(result.inDoubt)}.`
      : 'It was not clean in time.'));
  if (result.falseRefusals > 0) {
    section.append(element('p', {}, `${result.falseRefusals} refused for points that came back.`));
  }
  if (result.askedAgain > 0) {
    section.append(element('p', {}, `${result.askedAgain} not told, and asked again with their keys.`));
  }
  [...result.examples, ...result.contradictions, ...result.broken].slice(0, 6)
      .forEach(line => section.append(element('p', { class: 'quiet' }, line)));
  return section;
}

function shownSystem(view, order) {
  const heading = element('h2', { id: `system-${view.system}` }, view.system);
  const section = element('section', { class: 'system', 'aria-labelledby': `system-${view.system}` }, heading,
      element('p', { class: 'quiet' }, view.title));
  if (view.progress === null) {
    return section;
  }
  section.append(counters(view.progress));
  if (view.strike !== null) {
    section.append(element('p', { class: 'failed' }, `${view.strike.target} was killed at ${seconds(view.strike.at)} s`
        + (view.strike.back === null ? '.' : `, ready again at ${seconds(view.strike.back)} s.`)));
  }
  if (order !== null) {
    section.append(chart(view, order));
  }
  if (view.result !== null) {
    section.append(verdict(view.result));
  }
  view.hit.forEach(line => section.append(timeLine(view, line)));
  section.append(list(view));
  return section;
}

/** Draws everything anew, but leaves alone what the user has opened, and where the focus is. */
function show(shown) {
  byId('phase').textContent = PHASES[shown.phase] + (shown.failure || '');
  byId('start').disabled = shown.busy;
  byId('stop').disabled = !(shown.phase === 'PREPARING' || shown.phase === 'PAYING');
  const focused = document.activeElement;
  const inside = byId('systems').contains(focused);
  const group = focused.closest('details')?.dataset.open;
  const address = focused.getAttribute('href');
  const open = new Set([...document.querySelectorAll('details[open]')].map(one => one.dataset.open));
  byId('systems').replaceChildren(...shown.systems.map(view => shownSystem(view, shown.order)));
  document.querySelectorAll('details').forEach(one => {
    one.open = open.has(one.dataset.open);
  });
  if (inside) {
    const places = address !== null ? document.querySelectorAll(`#systems a[href="${CSS.escape(address)}"]`)
        : document.querySelectorAll(`details[data-open="${group}"] summary`);
    places[0]?.focus({ preventScroll: true });
  }
}

async function post(path, body) {
  byId('problem').textContent = '';
  try {
    const answer = await fetch(path, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!answer.ok) {
      byId('problem').textContent = (await answer.json()).detail;
    }
  } catch (failure) {
    byId('problem').textContent = 'There is no answer: has ./ticketing live ended?';
  }
}

const number = id => byId(id).valueAsNumber;

byId('order').addEventListener('submit', event => {
  event.preventDefault();
  post('orders', { rate: number('rate'), seconds: number('seconds'), refusals: number('refusals'),
    kill: byId('kill').value, after: number('after') });
});
byId('stop').addEventListener('click', () => post('stops', {}));

async function begin() {
  const offer = await (await fetch('offer')).json();
  offer.killable.forEach(name => byId('kill').append(element('option', { value: name }, name)));
  byId('rate').max = offer.highestRate;
  byId('seconds').max = offer.longest;
  byId('refusals').max = offer.mostRefusals;
  const events = new EventSource('events');
  let last = '';
  events.onmessage = event => {
    if (event.data !== last) {
      last = event.data;
      show(JSON.parse(event.data));
    }
  };
  events.onerror = () => { last = ''; byId('phase').textContent = 'There is no answer: has ./ticketing live ended?'; };
}

begin();
