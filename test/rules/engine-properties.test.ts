import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Signal } from '../../model/alert.ts';
import type { Reading } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { HomeZones } from '../../rules/home-zones.ts';
import type { Household, Rule } from '../../rules/rule.ts';

const minuteMs = 60_000;
const homes = ['r1', 'r2', 'r3'] as const;
type Home = (typeof homes)[number];
type Silence = { readonly lastMs: number; readonly told?: true };

/** Silent for a minute after the last word, and not before the records say so: one signal. */
const silence: Rule<Silence | null> = {
  kind: 'silence',
  initial: null,
  step(home, state, input) {
    if (input.kind === 'reading') return { state: { lastMs: input.reading.takenAtMs } };
    if (state === null || state.told || input.nowMs < dueAtMs(home, state)) return { state };
    return { state: { ...state, told: true }, signals: [{ id: `${home.subjectId} ${state.lastMs}` } as Signal] }; // nobody reads more
  },
  deadlineAtMs: (home, state) => (state === null || state.told ? undefined : dueAtMs(home, state)),
};

function dueAtMs({ awayUntilMs = 0 }: Household, { lastMs }: Silence): number {
  return Math.max(lastMs + minuteMs, awayUntilMs);
}

function speaks(subjectId: string, takenAtMs: number): Reading {
  const when = { takenAtMs, receivedAtMs: takenAtMs, late: false };
  return {
    id: '',
    deviceId: 'd',
    kind: 'motionSensor',
    subjectId,
    lane: 'telemetry',
    ...when,
    facts: { motion: true },
  };
}

/** Three homes, the engine that watches them, and beside it what anybody would expect. */
class Street {
  nowMs = 0;
  readonly #awayUntilMs = new Map<string, number>();
  readonly #expected = new Map<Home, { id: string; dueMs: number }>();
  #engine = this.#started();

  speak(home: Home): void {
    this.#engine.step(speaks(home, this.nowMs), this.nowMs);
    this.#expected.set(home, { id: `${home} ${this.nowMs}`, dueMs: this.nowMs + minuteMs });
  }

  away(home: Home, forMs: number): void {
    this.#awayUntilMs.set(home, this.nowMs + forMs);
    this.#engine.recordsChanged(home);
  }

  wait(forMs: number): void {
    this.nowMs += forMs;
    const told = [...this.#engine.due(this.nowMs)].flatMap(({ signals }) => signals.map(({ id }) => id));
    expect(told.toSorted()).toEqual(this.#due());
  }

  setBack(byMs: number): void {
    this.nowMs -= byMs;
    this.#engine.clockSetBack(byMs);
    for (const one of this.#expected.values()) one.dueMs -= byMs;
  }

  restart(): void {
    const before = this.#engine;
    this.#engine = this.#started();
    for (const home of homes) this.#engine.restoreLater(home, before.stateOf(home));
    this.#engine.wake(homes.length);
  }

  #started(): Engine {
    const household = (subjectId: string): Household => ({
      ...{
        subjectId,
        resident: undefined,
        devices: new Map(),
        zones: HomeZones.none,
        home: undefined,
        timeZone: 'UTC',
      },
      awayUntilMs: this.#awayUntilMs.get(subjectId) ?? 0,
    });
    return new Engine([silence as Rule<unknown>], household, 0); // the engine hands each rule only its own state
  }

  #due(): string[] {
    const due = [...this.#expected].filter(
      ([home, { dueMs }]) => Math.max(dueMs, this.#awayUntilMs.get(home) ?? 0) <= this.nowMs,
    );
    for (const [home] of due) this.#expected.delete(home);
    return due.map(([, { id }]) => id).toSorted();
  }
}

type Happening = (street: Street) => void;
const home = fc.constantFrom(...homes);
const span = fc.integer({ min: 0, max: 3 * minuteMs });
const spoken: fc.Arbitrary<Happening> = home.map((one) => (street) => street.speak(one));
const waited: fc.Arbitrary<Happening> = span.map((ms) => (street) => street.wait(ms));
const away: fc.Arbitrary<Happening> = fc.tuple(home, span).map(
  ([one, ms]) =>
    (street) =>
      street.away(one, ms),
);
const restarted = fc.constant<Happening>((street) => street.restart());
const setBack: fc.Arbitrary<Happening> = fc
  .integer({ min: 1, max: 60 * minuteMs })
  .map((ms) => (street) => street.setBack(ms));

function holdsFor(...happenings: fc.Arbitrary<Happening>[]): void {
  fc.assert(
    fc.property(fc.array(fc.oneof(...happenings), { maxLength: 40 }), (all) => {
      const street = new Street();
      for (const happening of all) happening(street);
      street.wait(10 * minuteMs);
    }),
    { numRuns: 500 },
  );
}

test('every deadline is met once and in its time, whatever the records put off or bring forward, and across restarts', () =>
  holdsFor(spoken, waited, away, restarted));

test('every deadline is met once and in its time, however often the clock is set back', () =>
  holdsFor(spoken, waited, setBack));
