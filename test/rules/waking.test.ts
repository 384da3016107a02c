import { expect, test } from 'vitest';
import { Engine } from '../../rules/engine.ts';
import type { Household, Rule } from '../../rules/rule.ts';
import type { RuleTrouble } from '../../rules/stage-parts.ts';
import { at, homeOf, minuteMs, says } from './support/home.ts';

/** Counts what is said, and wants to be woken a minute after the last word. */
const counting: Rule<{ readonly said: number; readonly dueAtMs: number | undefined }> = {
  kind: 'counting',
  initial: { said: 0, dueAtMs: undefined },
  step(_home, state, input) {
    if (input.kind === 'deadline') return { state: { ...state, dueAtMs: undefined } };
    return { state: { said: state.said + 1, dueAtMs: input.nowMs + minuteMs } };
  },
  deadlineAtMs: (_home, { dueAtMs }) => dueAtMs,
};

const homes = ['wang', 'li', 'zhao'] as const;
const said = (count: number, dueAtMs: number) => JSON.stringify({ counting: { said: count, dueAtMs } });

function started(onTrouble?: (trouble: RuleTrouble) => void): Engine {
  const of = (subjectId: string): Household => ({ ...homeOf({}), subjectId });
  // The engine hands each rule only its own state.
  const engine = new Engine([counting as Rule<unknown>], of, 0, onTrouble);
  for (const subjectId of homes) engine.restoreLater(subjectId, said(3, at('08:00')));
  return engine;
}

const speaks = (subjectId: string, atMs: number) => ({ ...says('pir-1', atMs, { motion: true }), subjectId });
const met = (engine: Engine, nowMs: number) => [...engine.due(nowMs)].map(({ subjectId }) => subjectId);

test('after a start a home that speaks goes on from what is on disk, before its turn came', () => {
  const engine = started();
  engine.step(speaks('li', at('07:59')), at('07:59'));
  expect(JSON.parse(engine.stateOf('li'))).toEqual({ counting: { said: 4, dueAtMs: at('08:00') } });
  expect(JSON.parse(engine.stateOf('zhao'))).toEqual({ counting: { said: 3, dueAtMs: at('08:00') } });
});

test('deadlines count again from the moment a home is awake, each once', () => {
  const engine = started();
  expect(met(engine, at('09:00'))).toEqual([]);

  engine.wakeOne('zhao');
  expect(met(engine, at('09:00'))).toEqual(['zhao']);

  expect(engine.wake(2)).toBe(0);
  expect(met(engine, at('09:00')).toSorted()).toEqual(['li', 'wang']);
  expect(met(engine, at('09:00'))).toEqual([]);
});

test('homes have their turn some at a time, and all are known from the start', () => {
  const engine = started();
  expect(engine.subjectCount).toBe(3);
  expect(engine.wake(2)).toBe(1);
  expect([...engine.subjectIds()].toSorted()).toEqual([...homes].toSorted());
  expect(engine.wake(2)).toBe(0);
  expect(engine.subjectCount).toBe(3);
});

test('somebody erased while still asleep does not come back', () => {
  const engine = started();
  engine.drop('wang');
  engine.wake(3);
  expect([...engine.subjectIds()].toSorted()).toEqual(['li', 'zhao']);
});

test('the clock is set back while homes are asleep: what was due in a minute is due in a minute still', () => {
  const engine = started();
  engine.clockSetBack(30 * minuteMs);
  expect(met(engine, at('07:29'))).toEqual([]);
  expect(met(engine, at('07:30')).toSorted()).toEqual([...homes].toSorted());
});

test('a state that cannot be read is told, and the home is heard all the same', () => {
  const troubles: string[] = [];
  const engine = started(({ rule, subjectId }) => troubles.push(`${rule} of ${subjectId}`));
  engine.restoreLater('li', '{"counting":');
  engine.step(speaks('li', at('09:00')), at('09:00'));
  expect(troubles).toEqual(['state of li']);
  expect(JSON.parse(engine.stateOf('li'))).toMatchObject({ counting: { said: 1 } });
});
