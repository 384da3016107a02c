import { expect, test } from 'vitest';
import { applyAction } from '../../alerts/actions.ts';
import { applySignal } from '../../alerts/life-cycle.ts';
import type { ActionName, Alert } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import type { User } from '../../model/people.ts';
import { at, daughter, operator, raise, request, son, worker } from './support/night.ts';

const fresh = applySignal(undefined, raise('02:10'), { nowMs: at('02:10'), areaId: 'street' })!.alert; // a raise opens

/** One action a minute, from 02:11 on. */
function worked(...actions: readonly (readonly [User, ActionName])[]): Alert {
  let alert = fresh;
  for (const [minute, [who, action]] of actions.entries()) {
    const nowMs = at('02:11') + minute * 60_000;
    alert =
      applyAction(alert, request(action, action === 'assign' ? { assignee: 'worker' } : {}), who, nowMs)?.alert ??
      alert;
  }
  return alert;
}

function refusal(alert: Alert, who: User, action: ActionName, clock = '03:00'): string {
  try {
    applyAction(alert, request(action), who, at(clock));
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.message.replaceAll(alert.id, 'A')}`;
    throw error;
  }
  return 'allowed';
}

const courses = [
  {
    name: 'I have it',
    did: [[daughter, 'claim']],
    is: { state: 'acknowledged', assignee: 'daughter', acknowledgedAtMs: at('02:11') },
  },
  { name: 'seen', did: [[daughter, 'acknowledge']], is: { state: 'acknowledged', acknowledgedAtMs: at('02:11') } },
  {
    name: 'going there is an answer too',
    did: [[worker, 'enRoute']],
    is: { state: 'enRoute', assignee: 'worker', acknowledgedAtMs: at('02:11') },
  },
  {
    name: 'seen while another is going',
    did: [
      [worker, 'enRoute'],
      [son, 'acknowledge'],
    ],
    is: { state: 'enRoute', assignee: 'worker' },
  },
  {
    name: 'there and done',
    did: [
      [worker, 'claim'],
      [worker, 'enRoute'],
      [worker, 'arrive'],
      [worker, 'resolve'],
    ],
    is: { state: 'resolved', resolvedAtMs: at('02:14'), assignee: 'worker' },
  },
  { name: 'closed at once', did: [[daughter, 'resolve']], is: { state: 'resolved', acknowledgedAtMs: at('02:11') } },
  {
    name: 'the centre sends somebody',
    did: [
      [daughter, 'claim'],
      [operator, 'assign'],
    ],
    is: { state: 'acknowledged', assignee: 'worker' },
  },
  {
    name: 'the centre closes for somebody on the telephone',
    did: [
      [worker, 'claim'],
      [operator, 'resolve'],
    ],
    is: { state: 'resolved', assignee: 'worker' },
  },
] as const;
for (const { name, did, is } of courses) {
  test(name, () => expect(worked(...did)).toMatchObject(is));
}

test('passing it on makes it open and nobody’s, and tells the next', () => {
  const decision = applyAction(
    worked([daughter, 'claim']),
    request('pass', { note: 'in a meeting' }),
    daughter,
    at('02:12'),
  );
  expect(decision).toMatchObject({ tell: 'passed', alert: { state: 'open' } });
  expect(decision?.alert.assignee).toBeUndefined();
  expect(decision?.alert.acknowledgedAtMs).toBeUndefined();
  expect(decision?.entries).toEqual([
    { alertId: fresh.id, atMs: at('02:12'), what: 'pass', who: 'daughter', detail: { note: 'in a meeting' } },
  ]);
});

test('opened again: as fresh, with what holds still held', () => {
  const decision = applyAction(worked([daughter, 'resolve']), request('reopen'), son, at('04:00'));
  expect(decision?.alert).toEqual({ ...fresh, updatedAtMs: at('04:00'), revision: 3 });
  expect(decision?.tell).toBe('reopened');
});

test('sent to somebody, and every step of the policy is over: that they claim it is an answer all the same', () => {
  const left: Alert = { ...fresh, assignee: 'worker', handling: { active: [], steps: [['daughter'], ['worker']] } };
  const claimed = applyAction(left, request('claim'), worker, at('05:00'))?.alert;
  expect(claimed).toMatchObject({ state: 'acknowledged', assignee: 'worker', acknowledgedAtMs: at('05:00') });
});

test('saying the same twice changes nothing', () => {
  for (const action of ['claim', 'enRoute', 'arrive'] as const) {
    expect(applyAction(worked([worker, action]), request(action), worker, at('02:20'))).toBeUndefined();
  }
  expect(applyAction(fresh, request('reopen'), worker, at('02:20'))).toBeUndefined();
});

const refusals = [
  { after: [[daughter, 'claim']], who: son, action: 'claim', says: 'conflict: alert A is already claimed by daughter' },
  {
    after: [[daughter, 'claim']],
    who: operator,
    action: 'claim',
    says: 'conflict: alert A is already claimed by daughter',
  },
  {
    after: [[daughter, 'claim']],
    who: son,
    action: 'enRoute',
    says: 'conflict: alert A is already claimed by daughter',
  },
  {
    after: [[daughter, 'claim']],
    who: son,
    action: 'resolve',
    says: 'conflict: alert A is already claimed by daughter',
  },
  { after: [[daughter, 'claim']], who: son, action: 'pass', says: 'conflict: alert A is already claimed by daughter' },
  {
    after: [[worker, 'arrive']],
    who: worker,
    action: 'enRoute',
    says: 'conflict: cannot enRoute alert A, which is arrived: that is behind us',
  },
  {
    after: [[worker, 'resolve']],
    who: worker,
    action: 'claim',
    says: 'conflict: cannot claim alert A, which is resolved: reopen it first',
  },
  {
    after: [[worker, 'resolve']],
    who: worker,
    action: 'resolve',
    says: 'conflict: cannot resolve alert A, which is resolved: reopen it first',
  },
  { after: [], who: worker, action: 'assign', says: 'forbidden: only operators and administrators may assign alerts' },
  { after: [], who: operator, action: 'assign', says: 'badRequest: assign needs an assignee: a user id' },
] as const;
for (const { after, who, action, says } of refusals) {
  test(`${who.id} may not ${action}: ${says}`, () => expect(refusal(worked(...after), who, action)).toBe(says));
}

test('after a day it is history', () => {
  const closed = { ...worked([worker, 'resolve']), resolvedAtMs: at('02:11') - 24 * 3_600_000 };
  expect(refusal(closed, worker, 'reopen', '02:11')).toBe('allowed');
  expect(refusal(closed, worker, 'reopen', '02:12')).toContain('closed over 24 hours ago');
});
