import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyAction } from '../../alerts/actions.ts';
import type { Decision } from '../../alerts/decision.ts';
import { applySignal } from '../../alerts/life-cycle.ts';
import { ActionName, type Alert, type Signal } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import type { User } from '../../model/people.ts';
import { at, daughter, raise } from './support/night.ts';

const operator: User = { ...daughter, id: 'u-centre', username: 'centre', role: 'operator' };
const neighbour: User = { ...daughter, id: 'u-neighbour', username: 'neighbour' };

type Step =
  | {
      readonly kind: 'signal';
      readonly effect: 'raise' | 'clear';
      readonly type: 'sos' | 'fall';
      readonly severity: 'P1' | 'P2' | 'P3';
    }
  | { readonly kind: 'action'; readonly action: ActionName; readonly user: User };
type Timed = Step & { readonly afterS: number };

const signal = fc.record({
  kind: fc.constant('signal' as const),
  effect: fc.constantFrom('raise', 'raise', 'clear'),
  type: fc.constantFrom('sos', 'fall'),
  severity: fc.constantFrom('P1', 'P2', 'P3'),
  afterS: fc.integer({ min: -60, max: 4_000 }), // clocks are set back, too
});
const action = fc.record({
  kind: fc.constant('action' as const),
  action: fc.constantFrom(...ActionName.options),
  user: fc.constantFrom(operator, daughter, neighbour),
  afterS: fc.integer({ min: -60, max: 40_000 }),
});
const lives = fc.array(fc.oneof(signal, action) as fc.Arbitrary<Timed>, { minLength: 1, maxLength: 25 });

/** What becomes of an alert; undefined when nothing changes or the person is refused in words. */
function decide(alert: Alert | undefined, step: Step, n: number, nowMs: number): Decision | undefined {
  if (step.kind === 'signal') {
    const open = alert?.state === 'resolved' ? undefined : alert;
    const { effect, type, severity } = step;
    const told: Signal = {
      ...raise('02:10'),
      id: `${type}:r-1:${n}`,
      effect,
      type,
      severity,
      receivedAtMs: nowMs,
      atMs: nowMs,
    };
    return applySignal(open, told, { nowMs, areaId: 'street' });
  }
  try {
    return alert && applyAction(alert, { action: step.action, assignee: 'u-centre' }, step.user, nowMs);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

type Passed = { readonly before: Alert | undefined; readonly step: Step; readonly decision: Decision };

/** Everything that changed anything in a life, in order; nothing given is ever changed in place. */
function live(steps: readonly Timed[]): Passed[] {
  let alert: Alert | undefined;
  let nowMs = at('02:10');
  const passed: Passed[] = [];
  for (const [n, step] of steps.entries()) {
    nowMs += step.afterS * 1_000;
    const text = JSON.stringify(alert);
    const decision = decide(alert, step, n, nowMs);
    expect(JSON.stringify(alert)).toBe(text);
    const isOpen = alert !== undefined && alert.state !== 'resolved';
    if (step.kind === 'signal' && step.effect === 'raise')
      expect(decision, 'a call is never passed over').toBeDefined();
    if (decision === undefined) continue;
    if (step.kind === 'signal' && !isOpen) expect(decision.tell, 'somebody is told of a new alert').toBe('opened');
    passed.push({ before: isOpen || step.kind === 'action' ? alert : undefined, step, decision });
    alert = decision.alert;
  }
  return passed;
}

const always = (holds: (passed: Passed) => boolean) =>
  fc.assert(
    fc.property(lives, (steps) => live(steps).every(holds)),
    { numRuns: 400 },
  );

test('an alert stays who it is: id, resident, beginning; each change is one revision and never goes back in time', () =>
  always(({ before, decision: { alert } }) => {
    if (before === undefined) return alert.revision === 1;
    const isSame = alert.id === before.id && alert.openedAtMs === before.openedAtMs && alert.family === before.family;
    return isSame && alert.revision === before.revision + 1 && alert.updatedAtMs >= before.updatedAtMs;
  }));

test('what is grave stays grave, and counts only upwards', () =>
  always(
    ({ before, decision: { alert } }) =>
      before === undefined || (alert.severity <= before.severity && alert.count >= before.count),
  ));

test('an emergency ends by a person and in no other way', () =>
  always(
    ({ step, decision: { alert } }) => alert.state !== 'resolved' || alert.severity !== 'P1' || step.kind === 'action',
  ));

test('over means over: an end has a moment, what is not over has none', () =>
  always(({ decision: { alert } }) => (alert.state === 'resolved') === (alert.resolvedAtMs !== undefined)));

test('people only go forward, but by passing it on or opening it again', () => {
  const order = ['open', 'acknowledged', 'enRoute', 'arrived', 'resolved'];
  return always(({ before, step, decision: { alert } }) => {
    if (before === undefined || step.kind === 'signal') return true;
    if (step.action === 'pass' || step.action === 'reopen')
      return alert.state === 'open' && alert.assignee === undefined;
    return order.indexOf(alert.state) >= order.indexOf(before.state);
  });
});

test('nobody takes it out of somebody else’s hands but the centre', () =>
  always(({ before, step, decision: { alert } }) => {
    const isFree = before === undefined || before.state === 'open' || before.state === 'resolved';
    const held = isFree ? undefined : before.assignee;
    if (step.kind !== 'action' || held === undefined || held === step.user.id) return true;
    return step.user.role === 'operator' || alert.assignee === held;
  }));

test('every change leaves a line that says who did what', () =>
  always(
    ({ step, decision: { entries } }) =>
      step.kind === 'signal' || entries.some(({ who, what }) => who === step.user.id && what === step.action),
  ));
