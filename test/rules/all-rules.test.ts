import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AlertType, Signal } from '../../model/alert.ts';
import { EventName, type Facts, type Reading } from '../../model/reading.ts';
import { rules } from '../../rules/index.ts';
import { at, east, homeOf, homeZone, hourMs, lake, minuteMs, says } from './support/home.ts';
import { Life } from './support/replay.ts';

const home = homeOf({ zones: [homeZone, lake] });
const deviceId = fc.constantFrom(
  'band-1',
  'phone-1',
  'button-1',
  'smoke-1',
  'gas-1',
  'hub-1',
  'pir-1',
  'door-1',
  'stranger',
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const position = fc
  .record({ metres: fc.integer({ min: -3000, max: 3000 }), accuracyM: maybe(fc.integer({ min: 1, max: 400 })) })
  .map(({ metres, accuracyM }) => ({ ...east(metres), ...(accuracyM !== undefined && { accuracyM }) }));

const facts: fc.Arbitrary<Facts> = fc
  .record({
    events: maybe(fc.uniqueArray(fc.constantFrom(...EventName.options), { maxLength: 3 })),
    position: maybe(position),
    batteryPct: maybe(fc.integer({ min: 0, max: 100 })),
    steps: maybe(fc.integer({ min: 0, max: 200 })),
    motion: maybe(fc.boolean()),
    contactOpen: maybe(fc.boolean()),
    smoke: maybe(fc.boolean()),
    gas: maybe(fc.boolean()),
    worn: maybe(fc.boolean()),
    charging: maybe(fc.boolean()),
    homeAnchor: maybe(fc.boolean()),
    heartRateBpm: maybe(fc.integer({ min: 20, max: 250 })),
    spo2Pct: maybe(fc.integer({ min: 51, max: 100 })),
    systolicMmHg: maybe(fc.integer({ min: 40, max: 300 })),
    temperatureC: maybe(fc.integer({ min: 25, max: 60 })),
    online: maybe(fc.boolean()),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

/** A day in any home: messages in order of arrival, some minutes or hours old, some twice, some out of order. */
const day: fc.Arbitrary<Reading[]> = fc
  .array(
    fc.record({
      deviceId,
      facts,
      gapS: fc.integer({ min: 0, max: 3600 }),
      ageS: fc.constantFrom(0, 0, 0, 5, 300, 5000),
      again: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((messages) => {
    let nowMs = at('00:00');
    return messages.flatMap(({ deviceId: id, facts: said, gapS, ageS, again }) => {
      nowMs += gapS * 1000;
      const reading = says(id, nowMs - ageS * 1000, said, nowMs);
      return again ? [reading, reading] : [reading];
    });
  });

function lived(readings: readonly Reading[]): Signal[] {
  return rules.flatMap((rule) => {
    const life = new Life(rule, home);
    for (const reading of readings) life.hear(reading);
    life.waitUntil((readings.at(-1)?.receivedAtMs ?? 0) + 60 * hourMs);
    expect(JSON.stringify(life.state).length).toBeLessThan(4000);
    return life.signals;
  });
}

test('whatever a home says: states stay plain and small, deadlines move on, and the same day tells the same', () => {
  fc.assert(
    fc.property(day, (readings) => {
      expect(lived(readings)).toEqual(lived(readings));
    }),
    { numRuns: 150 },
  );
});

test('whatever else a message says, no call for help, smoke, gas or fall in it is passed over', () => {
  const lifeSafety = ['sos', 'smoke', 'gas', 'fall'] as const;
  fc.assert(
    fc.property(day, (readings) => {
      const raised = new Set(
        lived(readings)
          .filter(({ effect }) => effect === 'raise')
          .map(({ id }) => id),
      );
      for (const { id, facts: said } of readings) {
        for (const event of lifeSafety) {
          if (said.events?.includes(event)) expect(raised).toContain(`${event}:${id}`);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('two different things never go under one id', () => {
  fc.assert(
    fc.property(day, (readings) => {
      const seen = new Map<string, string>();
      for (const signal of lived(readings)) {
        const what = `${signal.effect} ${signal.type} ${signal.deviceId} ${signal.severity}`;
        expect(seen.get(signal.id) ?? what).toBe(what);
        seen.set(signal.id, what);
      }
    }),
    { numRuns: 100 },
  );
});

test('each rule has a name of its own, under which its state is kept', () => {
  expect(new Set(rules.map(({ kind }) => kind)).size).toBe(rules.length);
});

test('a message with several facts is all of them', () => {
  const both = says('band-1', at('08:00'), { events: ['sos', 'tamper', 'fall'], batteryPct: 2, smoke: true });
  const types = lived([both])
    .filter(({ receivedAtMs }) => receivedAtMs <= at('08:00') + minuteMs)
    .map(({ severity, type }) => `${severity} ${type}`);
  expect(types).toEqual(['P1 sos', 'P1 smoke', 'P2 fall', 'P1 fall', 'P3 batteryLow', 'P4 tamper']);
});

/** Types whose every alarm says in both languages what was seen and what would have kept it quiet. Add yours when it does. */
const explained: ReadonlySet<AlertType> = new Set<AlertType>([
  'sos',
  'smoke',
  'gas',
  'fall',
  'vitals',
  'notWorn',
  'batteryLow',
  'tamper',
]);

test('an alarm explains itself: what was seen, and what would have kept it quiet', () => {
  const seen = new Set<AlertType>();
  fc.assert(
    fc.property(day, (readings) => {
      for (const { type, effect, evidence } of lived(readings)) {
        if (effect === 'clear' || !explained.has(type)) continue;
        seen.add(type);
        for (const reasons of [evidence.because, evidence.unless]) {
          expect(
            z
              .array(z.object({ zh: z.string().min(2), en: z.string().min(2) }))
              .min(1)
              .safeParse(reasons).success,
          ).toBe(true);
        }
        // A sentence with a hole in it.
        expect(JSON.stringify([evidence.because, evidence.unless])).not.toMatch(/undefined|NaN|null|\[object/);
      }
    }),
    { numRuns: 300 },
  );
  expect(seen).toEqual(explained);
});
