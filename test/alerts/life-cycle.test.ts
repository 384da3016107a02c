import { expect, test } from 'vitest';
import { applyAction } from '../../alerts/actions.ts';
import type { Decision } from '../../alerts/decision.ts';
import { alertIdOf, applySignal, maxRepeatLines } from '../../alerts/life-cycle.ts';
import { type Alert, type Signal, viewOfAlert } from '../../model/alert.ts';
import { at, clear, daughter, gist, raise, request } from './support/night.ts';

/** Applies signals one after the other, each when it was received. */
function live(...signals: readonly Signal[]): { alert: Alert; told: (string | undefined)[]; lines: string[] } {
  let alert: Alert | undefined;
  const told: (string | undefined)[] = [];
  const lines: string[] = [];
  for (const signal of signals) {
    const decision = applySignal(alert, signal, { nowMs: signal.receivedAtMs, areaId: 'street' });
    if (decision === undefined) continue;
    alert = decision.alert;
    if (decision.tell) told.push(decision.tell);
    lines.push(...decision.entries.map(({ what }) => what));
  }
  if (alert === undefined) throw new Error('nothing was opened');
  return { alert, told, lines };
}

function answered(alert: Alert, clock: string): Alert {
  return applyAction(alert, request('claim'), daughter, at(clock))!.alert; // a fresh alert can be claimed
}

test('what is less grave adds its reasons and takes none away', () => {
  const press = { ...raise('02:10'), evidence: { record: false } };
  const record = { ...raise('02:11'), severity: 'P4' as const, evidence: { record: true, ageH: 30 } };
  expect(live(press, record).alert).toMatchObject({ severity: 'P1', evidence: { record: false, ageH: 30 } });
  expect(live(record, press)).toMatchObject({
    alert: { severity: 'P1', evidence: { record: false } },
    told: ['opened', 'raised'],
  });
});

test('a fire that is confirmed is the same alert, told once', () => {
  const smoke = { ...raise('02:10'), type: 'smoke' as const, evidence: { confirmed: false } };
  const confirmed = { ...smoke, id: `${smoke.id}:confirmed`, evidence: { confirmed: true, confirmedBy: 'heat' } };
  const { alert, told } = live(smoke, confirmed);
  expect(told).toEqual(['opened']);
  expect(alert).toMatchObject({ count: 2, evidence: { confirmed: true, confirmedBy: 'heat' } });
});

test('what a neighbour confirmed stays confirmed when the home reports again', () => {
  const smoke = { ...raise('02:10'), type: 'smoke' as const, evidence: { confirmed: false } };
  const confirmed = { ...smoke, id: `${smoke.id}:n`, evidence: { confirmed: true, confirmedBy: 'neighbour' } };
  const again = { ...smoke, id: `${smoke.id}:again` };
  expect(live(smoke, confirmed, again).alert.evidence).toEqual({ confirmed: true, confirmedBy: 'neighbour' });
});

test('a press opens an alert and tells people', () => {
  const { alert, told, lines } = live(raise('02:10'));
  expect(gist(alert)).toBe('sos P1 open x1');
  expect([told, lines]).toEqual([['opened'], ['raised']]);
});

test('the id comes from the facts, fits a topic and a URL, and differs from press to press', () => {
  const { alert } = live(raise('02:10'));
  expect(alert.id).toBe(alertIdOf(raise('02:10').id));
  expect(alert.id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(alertIdOf(raise('02:11').id)).not.toBe(alert.id);
});

test('pressing again while it is open is counted and tells nobody twice', () => {
  const { alert, told } = live(raise('02:10'), raise('02:10:05'), raise('02:10:09'));
  expect(gist(alert)).toBe('sos P1 open x3');
  expect(told).toEqual(['opened']);
});

test('a fall and a press are one alert; what a person said names it', () => {
  const fall = raise('02:10', { type: 'fall', severity: 'P1', suspected: true, deviceId: 'camera' });
  const { alert, told } = live(fall, raise('02:10:20'));
  expect(alert).toMatchObject({ type: 'sos', types: ['fall', 'sos'], deviceIds: ['camera', 'band'], suspected: false });
  expect(told).toEqual(['opened']);
});

test('getting worse raises the severity and tells again; getting better does not lower it', () => {
  const suspicion = raise('02:10', { type: 'fall', severity: 'P2', suspected: true });
  const { alert, told } = live(suspicion, raise('02:10:40'), { ...suspicion, id: 'again', receivedAtMs: at('02:11') });
  expect(gist(alert)).toBe('sos P1 open x3');
  expect(alert.summary.en).toBe('sos of band');
  expect(told).toEqual(['opened', 'raised']);
});

const presses = [
  { name: 'a minute after an answer', press: raise('02:12'), told: undefined },
  { name: 'two minutes after an answer', press: raise('02:13'), told: 'repeated' },
  { name: 'an hour after an answer', press: raise('03:11'), told: 'repeated' },
  { name: 'out of a buffer, from before the answer', press: raise('03:11', { atMs: at('02:10:30'), late: true }) },
  {
    name: 'by a device whose clock runs five minutes slow',
    press: raise('02:13', { atMs: at('02:08') }),
    told: 'repeated',
  },
  { name: 'well after an answer, but it was smoke', press: raise('02:20', { type: 'smoke' }), told: undefined },
];
for (const { name, press, told } of presses) {
  test(`a new press ${name}: ${told ?? 'counted silently'}`, () => {
    const alert = answered(live(raise('02:10')).alert, '02:11');
    const decision = applySignal(alert, press, { nowMs: press.receivedAtMs, areaId: 'street' });
    expect(decision?.tell).toBe(told);
    expect(decision?.alert).toMatchObject({ state: 'acknowledged', assignee: 'daughter', count: 2 });
  });
}

test('pressing on and on after an answer tells again every two minutes, not at every press', () => {
  let alert = answered(live(raise('02:10')).alert, '02:11');
  const told: string[] = [];
  for (const clock of ['02:13', '02:13:10', '02:14:50', '02:15', '02:16:59']) {
    const decision: Decision = applySignal(alert, raise(clock), { nowMs: at(clock), areaId: 'street' })!; // a raise changes
    if (decision.tell) told.push(clock);
    alert = decision.alert;
  }
  expect(told).toEqual(['02:13', '02:15']);
});

test('no movement since evening, then movement: over by itself', () => {
  const still = raise('06:00', { type: 'inactivity', severity: 'P3', deviceId: 'hall' });
  const { alert, lines } = live(still, clear('06:20', { type: 'inactivity', severity: 'P3', deviceId: 'kitchen' }));
  expect(gist(alert)).toBe('inactivity P3 resolved x1');
  expect(alert).toMatchObject({ outcome: 'recovered', resolvedAtMs: at('06:20') });
  expect(lines).toEqual(['raised', 'cleared', 'resolve']);
});

test('two batteries low, one changed: not over; both changed: over', () => {
  const low = { type: 'batteryLow', severity: 'P4' } as const;
  const bothLow = [raise('06:00', { ...low, deviceId: 'band' }), raise('06:01', { ...low, deviceId: 'button' })];
  const oneChanged = [...bothLow, clear('07:00', { ...low, deviceId: 'band' })];
  expect(live(...oneChanged).alert.state).toBe('open');
  expect(live(...oneChanged, clear('08:00', { ...low, deviceId: 'button' })).alert.state).toBe('resolved');
});

test('leaving one of two forbidden places is not leaving both', () => {
  const lake = { type: 'zoneEnterForbidden', severity: 'P3', evidence: { zoneId: 'lake' } } as const;
  const road = { ...lake, evidence: { zoneId: 'road' } };
  const inBoth = [raise('06:00', lake), raise('06:01', road), clear('06:05', lake)];
  expect(live(...inBoth).alert.state).toBe('open');
  expect(live(...inBoth, clear('06:06', road)).alert.state).toBe('resolved');
});

test('the smoke is gone, yet only a person closes an emergency', () => {
  const smoke = { type: 'smoke', severity: 'P1' } as const;
  const { alert, told, lines } = live(raise('02:10', smoke), clear('02:12', smoke));
  expect(alert).toMatchObject({ state: 'open', revision: 2 });
  expect([told, lines]).toEqual([['opened'], ['raised', 'cleared']]);
});

const exit = { type: 'zoneExit', severity: 'P2', evidence: { zoneId: 'home' } } as const;

test('she came back before anybody claimed it: over by itself', () => {
  const { alert, lines } = live(raise('14:10', exit), clear('14:30', exit));
  expect(alert).toMatchObject({ state: 'resolved', outcome: 'recovered' });
  expect(lines).toEqual(['raised', 'cleared', 'resolve']);
});

test('she came back while somebody was on the way: it is theirs to close, and leaving again is news', () => {
  const first = live(raise('14:10', exit)).alert;
  const claimed: Alert = { ...first, state: 'enRoute', assignee: 'li' };
  const back = applySignal(claimed, clear('14:30', exit), { nowMs: at('14:30'), areaId: 'grid-12' });
  expect(back?.alert).toMatchObject({ state: 'enRoute', assignee: 'li' });
  const again = applySignal(back?.alert, raise('14:50', exit), { nowMs: at('14:50'), areaId: 'grid-12' });
  expect(again).toMatchObject({ tell: 'repeated', alert: { id: first.id, count: 2, state: 'enRoute' } });
});

const withoutEffect = [
  { name: 'of another device', signal: clear('06:10', { type: 'batteryLow', severity: 'P4', deviceId: 'button' }) },
  { name: 'of something that never was', signal: clear('06:10', { type: 'notWorn', severity: 'P4' }) },
];
for (const { name, signal } of withoutEffect) {
  test(`a clear ${name} changes nothing`, () => {
    const { alert } = live(raise('06:00', { type: 'batteryLow', severity: 'P4' }));
    expect(applySignal(alert, signal, { nowMs: at('06:10'), areaId: 'street' })).toBeUndefined();
    expect(applySignal(undefined, signal, { nowMs: at('06:10'), areaId: 'street' })).toBeUndefined();
  });
}

test('an old position out of a buffer does not replace the newer one', () => {
  const here = { lat: 24.4, lon: 118.1 };
  const there = { lat: 24.5, lon: 118.2 };
  const { alert } = live(raise('02:10', { position: here }), raise('02:11', { position: there, late: true }));
  expect(alert).toMatchObject({ position: here, late: false });
});

test('an alert is late only when all it is made of is late', () => {
  expect(live(raise('02:10', { late: true, atMs: at('01:00') })).alert.late).toBe(true);
  expect(live(raise('02:10', { late: true, atMs: at('01:00') }), raise('02:11')).alert.late).toBe(false);
});

test('a stuck button is counted for ever and fills no disk', () => {
  const pressed = Array.from({ length: maxRepeatLines + 50 }, (_, i) => raise('02:10', { id: `press-${i}` }));
  const { alert, lines } = live(...pressed);
  expect(alert.count).toBe(maxRepeatLines + 50);
  expect(lines.length).toBe(maxRepeatLines);
});

test('what the desk remembers for itself is shown to nobody', () => {
  const view = viewOfAlert(answered(live(raise('02:10')).alert, '02:11'));
  expect(Object.keys(view).sort()).toEqual(
    'acknowledgedAt areaId assignee count deviceIds evidence id late openedAt residentId revision severity state summary suspected type types updatedAt'.split(
      ' ',
    ),
  );
});
