import { expect, test } from 'vitest';
import { applyAction } from '../../alerts/actions.ts';
import { escalate, escalationDueAtMs } from '../../alerts/escalation.ts';
import { waitMs } from '../../alerts/ladder.ts';
import { applySignal } from '../../alerts/life-cycle.ts';
import { planTelling, type Telling } from '../../alerts/telling.ts';
import type { Severity } from '../../model/alert.ts';
import { at, contact, raise, request, worker } from './support/night.ts';

const hook = (id: string) => ({ kind: 'webhook' as const, address: `https://example.org/${id}` });
const mail = (id: string) => ({ kind: 'email' as const, address: `${id}@example.org` });
const family = [
  contact('neighbour', 2, hook('neighbour')),
  contact('daughter', 0, hook('daughter'), mail('daughter')),
  contact('cousin', 1),
  contact('son', 1, mail('son')),
  contact('niece', 1, hook('niece')),
];

function opened(severity: Severity, contacts = family): Telling {
  const decision = applySignal(undefined, raise('02:10', { severity }), { nowMs: at('02:10'), areaId: 'street' });
  return planTelling(decision!, contacts, at('02:10')); // a raise opens
}
const next = ({ alert }: Telling, clock: string) =>
  planTelling(escalate(alert, 'silence', at(clock)), family, at(clock));
const told = ({ notifications }: Telling) =>
  notifications.map(({ recipientId, channel }) => `${recipientId} ${channel}`);
const lines = ({ entries }: Telling) => entries.map(({ what, who }) => `${what} ${who}`);

test('the first in order is told on every channel', () => {
  expect(told(opened('P1'))).toEqual(['daughter webhook', 'daughter email']);
  expect(lines(opened('P1'))).toEqual(['raised service', 'notified daughter']);
});

for (const severity of ['P4', 'P5'] as const) {
  test(`${severity} disturbs nobody`, () => expect(told(opened(severity))).toEqual([]));
}

const deadlines = [
  { severity: 'P1', due: at('02:11') },
  { severity: 'P2', due: at('02:13') },
  { severity: 'P3', due: undefined },
] as const;
for (const { severity, due } of deadlines) {
  test(`${severity} waits for an answer until ${due ?? 'for ever'}`, () => {
    expect(escalationDueAtMs(opened(severity).alert)).toBe(due);
  });
}

test('step by step to the end, those of the same order together, those who cannot be reached passed by', () => {
  const first = next(opened('P1'), '02:11');
  const second = next(first, '02:12');
  const third = next(second, '02:13');
  expect([first, second, third].map(told)).toEqual([['son email', 'niece webhook'], ['neighbour webhook'], []]);
  expect(third.entries.map(({ detail }) => detail)).toEqual([{ cause: 'silence', to: 'centre' }]);
  expect(escalationDueAtMs(third.alert)).toBeUndefined();
});

test('a step that was missed counts from when it was due', () => {
  expect(escalationDueAtMs(next(opened('P1'), '02:30').alert)).toBe(at('02:12'));
});

test('a step taken early, because nothing could be delivered, gives the next one the whole minute', () => {
  const early = planTelling(escalate(opened('P1').alert, 'undelivered', at('02:10:05')), family, at('02:10:05'));
  expect(escalationDueAtMs(early.alert)).toBe(at('02:11:05'));
});

test('nobody to tell: it is the centre’s at once', () => {
  const { alert, entries, notifications } = opened('P1', [contact('cousin', 0)]);
  expect(notifications).toEqual([]);
  expect(entries.map(({ what, detail }) => [what, detail?.to])).toEqual([
    ['raised', undefined],
    ['escalated', 'centre'],
  ]);
  expect(escalationDueAtMs(alert)).toBeUndefined();
});

test('an answer ends the waiting', () => {
  for (const action of ['claim', 'acknowledge', 'enRoute', 'arrive', 'resolve'] as const) {
    const decision = applyAction(opened('P1').alert, request(action), worker, at('02:10:30'));
    expect(escalationDueAtMs(decision!.alert)).toBeUndefined(); // each of them changes an open alert
  }
});

test('a new press after the answer is told to everybody who was told, and to nobody else', () => {
  const { alert } = next(opened('P1'), '02:11');
  const claimed = applyAction(alert, request('claim'), worker, at('02:11:30'))!.alert; // it was open
  const again = applySignal(claimed, raise('02:15'), { nowMs: at('02:15'), areaId: 'street' });
  const telling = planTelling(again!, family, at('02:15')); // a raise changes
  expect(told(telling).sort()).toEqual(['daughter email', 'daughter webhook', 'niece webhook', 'son email']);
  expect(escalationDueAtMs(telling.alert)).toBeUndefined();
});

test('getting worse after an answer waits for a new answer', () => {
  const claimed = applyAction(opened('P2').alert, request('claim'), worker, at('02:10:30'))!.alert; // it was open
  const worse = applySignal(claimed, raise('02:10:50'), { nowMs: at('02:10:50'), areaId: 'street' });
  const telling = planTelling(worse!, family, at('02:10:50')); // a raise changes
  expect(told(telling)).toEqual(['daughter webhook', 'daughter email']);
  expect(escalationDueAtMs(telling.alert)).toBe(at('02:11:50'));
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
