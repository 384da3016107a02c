import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { BurstPayload, TelemetryPayload } from '../../ingest/codecs/native.ts';
import { Datum, FixSource } from '../../model/geo.ts';
import { EventName, metrics } from '../../model/reading.ts';
import { decodedOf, refusalsOf, tell } from './door.ts';

/** Values around every edge of the format, good and bad alike. */
const odd = fc.constantFrom<unknown>(null, '', 'sos', true, [], {}, -1, 0, 0.5, 51, 1e300, [1, 2, 3], { lat: 1 });
const number = fc.oneof(fc.integer({ min: -10, max: 320 }), fc.double({ noNaN: true, noDefaultInfinity: true }), odd);
const flag = fc.oneof(fc.boolean(), odd);
const event = fc.oneof(
  fc.constantFrom(...EventName.options),
  fc.array(fc.constantFrom(...EventName.options, 'shout'), { maxLength: 18 }),
  odd,
);
const position = fc.oneof(
  fc.record(
    {
      lat: fc.oneof(fc.double({ min: -91, max: 91, noNaN: true }), fc.constant(0), odd),
      lon: fc.oneof(fc.double({ min: -181, max: 181, noNaN: true }), fc.constant(0), odd),
      accuracyM: number,
      datum: fc.oneof(fc.constantFrom(...Datum.options), odd),
      source: fc.oneof(fc.constantFrom(...FixSource.options), odd),
    },
    { requiredKeys: ['lat', 'lon'] },
  ),
  odd,
);
const measured = Object.fromEntries(metrics.map((metric) => [metric, number]));
const claimed = Object.fromEntries(
  ['motion', 'contactOpen', 'smoke', 'gas', 'worn', 'charging', 'homeAnchor', 'online'].map((claim) => [claim, flag]),
);
const telemetry = fc.record(
  { t: number, seq: number, event, position, ...measured, ...claimed, surprise: odd },
  { requiredKeys: [] },
);

/** Few keys at a time: with many, one is always bad and the schema never says yes. */
const sparse = fc
  .tuple(telemetry, fc.infiniteStream(fc.integer({ min: 0, max: 5 })))
  .map(([object, dice]) => Object.fromEntries(Object.entries(object).filter(() => dice.next().value === 0)));

test('what the published schema accepts, and only that, is taken without a refusal', () => {
  let accepted = 0;
  fc.assert(
    fc.property(sparse, (object) => {
      const { success } = TelemetryPayload.safeParse(JSON.parse(JSON.stringify(object)));
      const result = tell(object);
      expect(refusalsOf(result).length === 0 && decodedOf(result).length === 1).toBe(success);
      if (success) accepted += 1;
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

const acceleration = fc.oneof(
  { weight: 30, arbitrary: fc.double({ min: -64, max: 64, noNaN: true }) },
  { weight: 1, arbitrary: odd },
);
const burst = fc.record(
  {
    t: fc.oneof(fc.integer(), odd),
    rateHz: fc.oneof(fc.integer({ min: 0, max: 1001 }), odd),
    site: fc.constantFrom('wrist', 'waist', 'ankle'),
    unit: fc.constantFrom('g', 'g', 'm/s2'),
    samples: fc.array(fc.array(acceleration, { minLength: 3, maxLength: 3 }), { maxLength: 4 }),
  },
  { requiredKeys: ['rateHz', 'site', 'unit', 'samples'] },
);

test('the same holds for acceleration windows', () => {
  let accepted = 0;
  fc.assert(
    fc.property(burst, (object) => {
      const { success } = BurstPayload.safeParse(JSON.parse(JSON.stringify(object)));
      expect(decodedOf(tell(object, 'burst')).length === 1).toBe(success);
      if (success) accepted += 1;
    }),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(20);
});

test('both can be published as JSON Schema', () => {
  expect(z.toJSONSchema(TelemetryPayload)).toMatchObject({ type: 'object', properties: { spo2Pct: { minimum: 51 } } });
  expect(z.toJSONSchema(BurstPayload)).toMatchObject({ type: 'object', properties: { unit: { const: 'g' } } });
});
