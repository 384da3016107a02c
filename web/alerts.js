import { make, shapeOf } from './elements.js';
import { serverNow } from './service.js';
import { ago, exactly, inLanguage, word } from './words.js';

const stages = ['open', 'acknowledged', 'enRoute', 'arrived', 'resolved'];
const stageWords = ['open', 'acknowledged', 'enRouteState', 'arrived', 'resolved'];
const nextAction = { acknowledged: 'enRoute', enRoute: 'arrive' };
const reasonsAtMost = 3;
const outcomes = ['safe', 'helped', 'hospital', 'falseAlarm'];

/** Gravest first, then the one that waits longest. */
export function inOrder(alerts) {
  return [...alerts].sort((a, b) => a.severity.localeCompare(b.severity) || a.openedAt.localeCompare(b.openedAt));
}

/** One alert as an item of the list. `hands` act: `act(alert, action)`, `show(residentId)`, `toggle(alert)`. */
export function cardOf(alert, { me, nameOf, isResolving, problem, hands }) {
  return make(
    'li',
    { class: `card ${alert.severity}`, 'data-alert': alert.id, 'data-state': alert.state },
    make(
      'p',
      { class: 'head' },
      shapeOf(alert.severity),
      make('strong', {}, word(alert.severity)),
      when(alert.openedAt),
    ),
    make('p', { class: 'summary' }, inLanguage(alert.summary)),
    factsOf(alert, me, nameOf),
    reasonsOf(alert),
    stepsOf(alert),
    problem === undefined ? '' : make('p', { class: 'wrong', role: 'alert' }, problem),
    isResolving ? resolveForm(alert, hands) : buttonsOf(alert, me, hands),
  );
}

/** "2 min ago", kept true by `refreshTimes`. */
export function when(isoTime) {
  return make('time', { datetime: isoTime, title: exactly(isoTime) }, ago(serverNow() - Date.parse(isoTime)));
}

/** Sets every relative time on the page anew. */
export function refreshTimes() {
  for (const time of document.querySelectorAll('time')) time.textContent = ago(serverNow() - Date.parse(time.dateTime));
}

function factsOf(alert, me, nameOf) {
  const who = alert.assignee === me ? word('me') : nameOf.user(alert.assignee);
  const facts = [
    inLanguage(alert.summary).includes(nameOf.resident(alert.residentId)) || nameOf.resident(alert.residentId),
    alert.assignee && word('by') + who,
    alert.count > 1 && word('repeated').replace('{n}', alert.count),
    alert.suspected && word('suspected'),
    alert.late && word('late'),
  ]
    .filter((fact) => typeof fact === 'string' && fact !== '')
    .join(' · ');
  return facts === '' ? '' : make('p', { class: 'facts' }, facts);
}

/** What was seen, in words; what would have kept it quiet is for `anju explain`. */
function reasonsOf({ evidence }) {
  const reasons = Array.isArray(evidence.because) ? evidence.because.slice(0, reasonsAtMost) : [];
  if (reasons.length === 0) return '';
  return make('ul', { class: 'reasons' }, ...reasons.map((reason) => make('li', {}, inLanguage(reason))));
}

function stepsOf({ state }) {
  const reached = stages.indexOf(state);
  const items = stageWords.map((stage, i) =>
    make('li', { class: i <= reached ? 'done' : '', 'aria-current': i === reached && 'step' }, word(stage)),
  );
  return make('ol', { class: 'steps' }, ...items);
}

function buttonsOf(alert, me, hands) {
  const action = alert.state === 'open' ? 'claim' : alert.assignee === me ? nextAction[alert.state] : undefined;
  const button = (name, onclick, kind = '') =>
    make('button', { type: 'button', class: kind, 'data-do': name, onclick }, word(name));
  return make(
    'p',
    { class: 'buttons' },
    action ? button(action, () => hands.act(alert, { action }), 'main') : '',
    button('resolve', () => hands.toggle(alert)),
    button('where', () => hands.show(alert.residentId), 'quiet'),
  );
}

function resolveForm(alert, hands) {
  const options = outcomes.map((outcome) => make('option', { value: outcome }, word(outcome)));
  const form = make(
    'form',
    { class: 'resolve' },
    make('label', {}, make('span', {}, word('outcome')), make('select', { name: 'outcome' }, ...options)),
    make('label', {}, make('span', {}, word('note')), make('input', { name: 'note', maxlength: 1000 })),
    make('button', { type: 'submit', class: 'main', 'data-do': 'confirm' }, word('confirm')),
    make('button', { type: 'button', class: 'quiet', onclick: () => hands.toggle(alert) }, word('cancel')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { outcome, note } = Object.fromEntries(new FormData(form));
    void hands.act(alert, { action: 'resolve', outcome, ...(note && { note }) });
  });
  return form;
}
