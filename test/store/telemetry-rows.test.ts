import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeviceKind } from '../../model/device.ts';
import { claims, EventName, type Facts, metrics, type Reading } from '../../model/reading.ts';
import { readingKey, takenAtIn } from '../../store/telemetry/keys.ts';
import { purposeOf, purposesOf } from '../../store/telemetry/purposes.ts';
import { decodeReading, encodeReading, metricIn } from '../../store/telemetry/reading-row.ts';
import { bitOf, purposes, servedBy, withoutPurposes } from '../../store/telemetry/row-purposes.ts';
import { isWhole } from '../../store/telemetry/rows.ts';
import { timeText } from '../../store/telemetry/time-text.ts';
import { noon, reading } from './support/facts.ts';

const anyNumber = fc.oneof(
  fc.integer({ min: 0, max: 120 }),
  fc.integer({ min: -200, max: 100_000 }),
  fc.integer({ min: -400, max: 900 }).map((tenths) => tenths / 10),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0), // JSON has no -0 either
);
const degrees = (most: number) =>
  fc.oneof(
    fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((micro) => micro / 1e6),
    fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((small) => small / 1e7),
    fc.double({ min: -most, max: most, noNaN: true }).map((value) => value + 0),
  );
const place = { lat: degrees(90), lon: degrees(180) };
const position = fc.record(
  {
    ...place,
    accuracyM: anyNumber,
    source: fc.constantFrom('gnss', 'wifi', 'cell'),
    original: fc.record({ ...place, datum: fc.constantFrom('WGS84', 'GCJ02', 'BD09') }),
  },
  { requiredKeys: ['lat', 'lon'] },
);
const facts = fc.record(
  {
    ...Object.fromEntries(metrics.map((name) => [name, anyNumber])),
    ...Object.fromEntries(claims.map((name) => [name, fc.boolean()])),
    events: fc.array(fc.constantFrom(...EventName.options), { maxLength: 60 }),
    position,
  },
  { requiredKeys: [] },
);
const deviceId = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const anyReading = fc
  .record(
    {
      deviceId,
      subjectId: deviceId,
      kind: fc.constantFrom(...DeviceKind.options),
      lane: fc.constantFrom('telemetry', 'event', 'burst', 'status', 'reply'),
      takenAtMs: fc.integer({ min: 0, max: 2e12 }),
      delayMs: fc.integer({ min: -300_000, max: 1e11 }),
      deviceClockMs: anyNumber,
      late: fc.boolean(),
      seq: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      facts,
      form: fc.constantFrom('seqAndTime', 'seqAndReceipt', 'time', 'press', 'strange', 'nearly', 'almost', 'cut'),
    },
    { requiredKeys: ['deviceId', 'subjectId', 'kind', 'lane', 'takenAtMs', 'delayMs', 'late', 'facts', 'form'] },
  )
  .map(({ delayMs, form, ...one }) => {
    const ids = {
      seqAndTime: `${one.deviceId}:s${one.seq ?? 3}:t${one.takenAtMs}`,
      seqAndReceipt: `${one.deviceId}:s${one.seq ?? 3}:r88:sos+fall`,
      time: `${one.deviceId}:t${one.takenAtMs}:Zm9v`,
      press: `${one.deviceId}:press${one.takenAtMs}`,
      strange: 'no device in it',
      nearly: `${one.deviceId}:s0${one.seq ?? 3}:t${one.takenAtMs + 1}`,
      almost: `${one.deviceId}:s${(one.seq ?? 3) + 1}:t1${one.takenAtMs}`,
      cut: `${one.deviceId}:s${one.seq ?? 3}`,
    };
    return { ...one, receivedAtMs: one.takenAtMs + delayMs, id: ids[form] } as Reading; // facts of the right names
  });

test('every reading comes back exactly as it was', () => {
  fc.assert(
    fc.property(anyReading, (one) => {
      const key = readingKey(one);
      const value = encodeReading(key, one);
      expect(decodeReading(key, value)).toEqual(one);
      for (const name of [...metrics, ...claims]) {
        const fact = one.facts[name];
        expect(metricIn(key, value, name)).toBe(fact === undefined ? undefined : Number(fact));
      }
    }),
    { numRuns: 600 },
  );
});

test('a row is small, and all of it is ASCII', () => {
  const full = reading({
    id: `band-1:s17:t${noon}`,
    seq: 17,
    facts: {
      position: { lat: 24.445123, lon: 118.082345, accuracyM: 12, source: 'gnss' },
      heartRateBpm: 72,
      steps: 512,
    },
  });
  const value = encodeReading(readingKey(full), full);
  expect(value.length).toBeLessThan(32);
  expect(Math.max(...Array.from(value, (character) => character.charCodeAt(0)))).toBeLessThan(128);
});

test('one changed bit is noticed, wherever it is, and so is a row under another key', () => {
  const one = reading({ seq: 9, facts: { position: { lat: 24.4, lon: 118.1 }, heartRateBpm: 72, worn: true } });
  const key = readingKey(one);
  const value = encodeReading(key, one);
  for (let at = 0; at < value.length; at += 1) {
    for (let bit = 1; bit < 128; bit *= 2) {
      const changed = String.fromCharCode(value.charCodeAt(at) ^ bit);
      expect(isWhole(key, value.slice(0, at) + changed + value.slice(at + 1))).toBe(false);
    }
  }
  expect(isWhole(key, value.slice(0, -1))).toBe(false);
  expect(isWhole(readingKey({ ...one, takenAtMs: noon + 1 }), value)).toBe(false);
});

test('the few readings that do not fit the packed form are kept as JSON', () => {
  const one = reading({
    deviceId: '手环-1',
    id: `手环-1:s17:t${noon}`,
    seq: 17,
    facts: { batteryPct: 3, worn: false },
  });
  const key = readingKey(one);
  const value = encodeReading(key, one);
  expect(value).toContain('{"batteryPct":3,"worn":false}');
  expect(decodeReading(key, value)).toEqual(one);
  expect(metricIn(key, value, 'batteryPct')).toBe(3);
});

test('a key is what earlier versions made of the same reading, so that what is sent again meets what is stored', () => {
  const moments = fc.oneof(fc.integer({ min: 1e12, max: 2e12 }), fc.maxSafeNat());
  const starts = fc.oneof(deviceId, fc.constant('手环-1'), fc.constant('x'.repeat(1_200)), fc.constant(''));
  const endings = fc.constantFrom('', ':t', ':t0', ':s1:t', ':r', 't');
  fc.assert(
    fc.property(
      starts,
      starts,
      endings,
      moments,
      fc.integer({ min: -1, max: 1 }),
      (subjectId, start, ending, t, off) => {
        const id = ending === '' ? start : `${start}${ending}${t + off}`;
        const again = `:t${t}`;
        const end = id.endsWith(again) ? `${id.slice(0, -again.length)}!` : id;
        expect(readingKey(reading({ subjectId, takenAtMs: t, id }))).toBe(`r!${subjectId}!${timeText(t)}!${end}`);
      },
    ),
    { numRuns: 600 },
  );
});

test('keys order as the moments they name', () => {
  const moments = fc.oneof(fc.maxSafeNat(), fc.integer({ min: 1.7e12, max: 1.9e12 }));
  fc.assert(
    fc.property(moments, moments, (a, b) => {
      const [earlier, later] = [a, b].map((takenAtMs) => readingKey(reading({ takenAtMs, id: 'x' })));
      expect(Math.sign(a - b)).toBe(earlier === later ? 0 : earlier! < later! ? -1 : 1); // two of two
      expect(takenAtIn(earlier ?? '')).toBe(a);
    }),
  );
});

test('without a purpose a row keeps everything else, to the last bit', () => {
  const ended = fc.subarray([...purposes], { minLength: 1 });
  fc.assert(
    fc.property(anyReading, ended, (one, gone) => {
      const key = readingKey(one);
      const value = encodeReading(key, one);
      const serves = purposesOf(one.facts);
      expect(servedBy(key, value)).toBe(serves.reduce((sum, purpose) => sum + bitOf(purpose), 0));
      const kept = Object.entries(one.facts).filter(([name]) => !gone.includes(purposeOf(name as keyof Facts)));
      const bits = gone.reduce((sum, purpose) => sum + bitOf(purpose), 0);
      const left = withoutPurposes(key, value, bits);
      expect(decodeReading(key, left ?? '')).toEqual({ ...one, facts: Object.fromEntries(kept) });
    }),
    { numRuns: 300 },
  );
});
