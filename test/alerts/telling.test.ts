import { expect, test } from 'vitest';
import { applyAction } from '../../alerts/actions.ts';
import type { Decision } from '../../alerts/decision.ts';
import { stepDueAtMs } from '../../alerts/escalation.ts';
import { waitMs } from '../../alerts/ladder.ts';
import { applySignal } from '../../alerts/life-cycle.ts';
import { policyOf } from '../../alerts/policy/select.ts';
import { planTelling, type Telling } from '../../alerts/telling.ts';
import type { Alert, Severity } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import { at, contact, neighbourhood, raise, request, user, worker } from './support/night.ts';

const hook = (id: string) => ({ kind: 'webhook' as const, address: `https://example.org/${id}` });
const mail = (id: string) => ({ kind: 'email' as const, address: `${id}@example.org` });
const family = [
  contact('neighbour', 2, hook('neighbour')),
  contact('daughter', 0, hook('daughter'), mail('daughter')),
  contact('cousin', 1),
  contact('son', 1, mail('son')),
  contact('niece', 1, hook('niece')),
];

const around = (clock: string, directory: Directory) => ({ directory, timeZone: 'UTC', nowMs: at(clock) });
const street = neighbourhood(family);
const plan = (decision: Decision | undefined, clock: string, directory = street) =>
  planTelling(decision!, around(clock, directory)); // what these stories do always changes the alert

function opened(severity: Severity, directory = street): Telling {
  return plan(
    applySignal(undefined, raise('02:10', { severity }), { nowMs: at('02:10'), areaId: 'street' }),
    '02:10',
    directory,
  );
}
const next = ({ alert }: Telling, clock: string, tell: Decision['tell'] = 'escalated', directory = street) =>
  plan({ alert: { ...alert, revision: alert.revision + 1 }, entries: [], ...(tell && { tell }) }, clock, directory);
const dueAtMs = (alert: Alert, directory = street) => stepDueAtMs(alert, policyOf(directory, alert), 'UTC');
/** The live page is told whatever the app is told. */
const told = ({ notifications }: Telling) =>
  notifications
    .filter(({ channel }) => channel !== 'sse')
    .map(({ recipientId, channel }) => `${recipientId} ${channel}`);
const lines = ({ entries }: Telling) => entries.map(({ what, who }) => `${what} ${who}`);

test('the first in order is told on every channel that does not ring', () => {
  expect(told(opened('P1'))).toEqual(['daughter webhook', 'daughter email']);
  expect(lines(opened('P1'))).toEqual(['raised service', 'notified daughter']);
});

for (const severity of ['P4', 'P5'] as const) {
  test(`${severity} disturbs nobody`, () => expect(told(opened(severity))).toEqual([]));
}

const deadlines = [
  { severity: 'P1', due: at('02:11') },
  { severity: 'P2', due: at('02:13') },
  { severity: 'P3', due: at('02:25') },
] as const;
for (const { severity, due } of deadlines) {
  test(`${severity} waits for an answer until ${new Date(due).toISOString().slice(11, 16)}`, () => {
    expect(dueAtMs(opened(severity).alert)).toBe(due);
  });
}

test('P1 step by step: those of the same order together, those who cannot be reached passed by, then the centre', () => {
  const first = next(opened('P1'), '02:11');
  const second = next(first, '02:12');
  const third = next(second, '02:13');
  expect([first, second, third].map(told)).toEqual([
    ['son email', 'niece webhook', 'worker mqtt'],
    ['neighbour webhook'],
    ['operator mqtt'],
  ]);
  expect(third.entries[0]?.detail).toEqual({ cause: 'silence', to: 'centre' });
  expect(dueAtMs(third.alert)).toBe(at('02:18')); // five minutes later everybody hears of it again
  expect(told(next(next(third, '02:18'), '02:18'))).toEqual([]);
});

test('nobody answers at all: after five minutes the daughter is told again, as if nobody had been', () => {
  const centre = next(opened('P1'), '02:13');
  const again = next(centre, '02:18');
  expect(told(again)).toEqual(['daughter webhook', 'daughter email']);
  expect(again.alert.handling).toMatchObject({ round: 1 });
});

test('with a telephone number it rings after half a minute', () => {
  const directory = neighbourhood([
    contact('daughter', 0, hook('daughter'), { kind: 'voice', address: '13800000000' }),
  ]);
  const first = opened('P1', directory);
  expect(told(first)).toEqual(['daughter webhook']);
  expect(dueAtMs(first.alert, directory)).toBe(at('02:10:30'));
  expect(told(next(first, '02:10:30', 'escalated', directory))).toEqual(['daughter voice']);
});

test('somebody who only has a telephone is called at once', () => {
  const directory = neighbourhood([contact('daughter', 0, { kind: 'voice', address: '13800000000' })]);
  expect(told(opened('P2', directory))).toEqual(['daughter voice']);
});

test('steps missed while the service was down are taken at once, each once, and the next is where it was', () => {
  const late = next(opened('P1'), '02:12:30');
  expect(told(late)).toEqual(['son email', 'niece webhook', 'worker mqtt', 'neighbour webhook']);
  expect(dueAtMs(late.alert)).toBe(at('02:13'));
});

test('a step taken early, because nothing could be delivered, keeps its distance to the next', () => {
  const early = next(opened('P1'), '02:10:05', 'undelivered');
  expect(told(early)).toEqual(['son email', 'niece webhook', 'worker mqtt']);
  expect(dueAtMs(early.alert)).toBe(at('02:11:05'));
});

test('a family nobody can reach: the grid worker hears of it at once', () => {
  const lonely = opened('P1', neighbourhood([contact('cousin', 0)]));
  expect(told(lonely)).toEqual(['worker mqtt']);
  expect(dueAtMs(lonely.alert)).toBe(at('02:12'));
});

test('a P3 waits until the quiet hours are over, a P1 never does', () => {
  const directory = neighbourhood(family);
  const steps = [{ afterS: 0, target: 'contacts' as const }];
  const quietHours = { from: '22:00', to: '07:00' };
  directory.apply({
    kind: 'policies',
    id: 'p',
    entity: { id: 'p', name: 'quiet', areaId: 'street', steps, quietHours },
  });
  const attention = opened('P3', directory);
  expect(told(attention)).toEqual([]);
  expect(dueAtMs(attention.alert, directory)).toBe(at('07:00'));
  expect(told(next(attention, '07:00', 'escalated', directory))).toEqual(['daughter webhook']); // mail if that fails
  expect(told(opened('P1', directory))).toEqual(['daughter webhook', 'daughter email']);
});

test('her own policy counts before that of her street, one for the type before one for all', () => {
  const directory = neighbourhood(family);
  const put = (id: string, more: object) =>
    directory.apply({
      kind: 'policies',
      id,
      entity: { id, name: id, steps: [{ afterS: 0, target: 'centre' }], ...more },
    });
  put('street', { areaId: 'street' });
  expect(told(opened('P1', directory))).toEqual(['operator mqtt']);
  put('hers', { residentId: 'wang', steps: [{ afterS: 0, target: 'allContacts', channels: ['email'] }] });
  expect(told(opened('P1', directory))).toEqual(['neighbour webhook', 'daughter email', 'son email', 'niece webhook']);
  put('falls', { residentId: 'wang', types: ['sos'], steps: [{ afterS: 0, target: 'users', userIds: ['worker'] }] });
  expect(told(opened('P1', directory))).toEqual(['worker mqtt']);
});

test('only who is on duty by the roster is told', () => {
  const directory = neighbourhood([]);
  const shifts = [{ userId: 'worker', days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '20:00' }];
  const roster = { id: 'r', name: 'r', areaId: 'street', shifts, rotations: [], overrides: [], specialDays: [] };
  directory.apply({ kind: 'rosters', id: 'r', entity: roster });
  expect(told(opened('P1', directory))).toEqual(['operator mqtt']);
});

test('a roster of grid workers does not send the operators of the same area home', () => {
  const directory = neighbourhood([]);
  const shifts = [{ userId: 'helper', days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '20:00' }];
  const roster = { id: 'r', name: 'r', areaId: 'city', shifts, rotations: [], overrides: [], specialDays: [] };
  const helper = user('helper', 'responder', { areaId: 'city' });
  directory.apply({ kind: 'users', id: 'worker', entity: undefined });
  directory.apply({ kind: 'users', id: 'helper', entity: helper });
  directory.apply({ kind: 'rosters', id: 'r', entity: roster });
  expect(told(opened('P1', directory))).toEqual(['operator mqtt']);
});

test('an answer ends the waiting', () => {
  for (const action of ['claim', 'acknowledge', 'enRoute', 'arrive', 'resolve'] as const) {
    const decision = applyAction(opened('P1').alert, request(action), worker, at('02:10:30'));
    expect(dueAtMs(decision!.alert)).toBeUndefined(); // each of them changes an open alert
  }
});

test('a new press after the answer is told to everybody who was told, and to nobody else', () => {
  const { alert } = next(opened('P1'), '02:11');
  const claimed = applyAction(alert, request('claim'), worker, at('02:11:30'))!.alert; // it was open
  const again = plan(applySignal(claimed, raise('02:15'), { nowMs: at('02:15'), areaId: 'street' }), '02:15');
  const everybody = ['daughter email', 'daughter webhook', 'niece webhook', 'son email', 'worker mqtt'];
  expect(told(again).sort()).toEqual(everybody);
  expect(dueAtMs(again.alert)).toBeUndefined();
});

test('getting worse after an answer waits for a new answer', () => {
  const claimed = applyAction(opened('P2').alert, request('claim'), worker, at('02:10:30'))!.alert; // it was open
  const worse = applySignal(claimed, raise('02:10:50'), { nowMs: at('02:10:50'), areaId: 'street' });
  const telling = plan(worse, '02:10:50');
  expect(told(telling)).toEqual(['daughter webhook', 'daughter email']);
  expect(dueAtMs(telling.alert)).toBe(at('02:11:50'));
});

test('every telling has its own id, and the same one when it is decided again', () => {
  const ids = (telling: Telling) => telling.notifications.map(({ id }) => id);
  expect(ids(opened('P1'))).toEqual(ids(opened('P1')));
  const all = [...ids(opened('P1')), ...ids(next(opened('P1'), '02:11'))];
  expect(new Set(all).size).toBe(all.length);
});

test('P1 is tried again quickly, then as long as the specification says', () => {
  const waits = (severity: Severity, random: number) => {
    const all: number[] = [];
    for (let wait = waitMs({ severity, attempts: 1 }, random); wait !== undefined; ) {
      all.push(wait / 1000);
      wait = waitMs({ severity, attempts: all.length + 1 }, random);
    }
    return all;
  };
  expect(waits('P1', 1)).toEqual([2, 5, 10, 20, 30, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  expect(waits('P3', 1)).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  expect(waits('P3', 0.5)[1]).toBe(150);
  expect(waits('P1', 0).every((wait) => wait === 0.5)).toBe(true);
});

test('a recipient may ask us to wait longer, for P1 a minute at most', () => {
  expect(waitMs({ severity: 'P3', attempts: 1 }, 0, 120_000)).toBe(120_000);
  expect(waitMs({ severity: 'P1', attempts: 1 }, 0, 3_600_000)).toBe(60_000);
});
