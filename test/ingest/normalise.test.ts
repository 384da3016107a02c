import { expect, test } from 'vitest';
import type { Decoded } from '../../ingest/contracts.ts';
import { normalise } from '../../ingest/normalise.ts';
import type { Reading } from '../../model/reading.ts';
import { band, decodedOf, morningMs, tell } from './door.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function read(payload: unknown, receivedAtMs = morningMs): Reading[] {
  return decodedOf(tell(payload)).map((decoded: Decoded) =>
    normalise(decoded, 'v1/devices/band-7/telemetry', receivedAtMs),
  );
}

const clocks = [
  { name: 'no clock', t: undefined, takenAtMs: morningMs, late: false, kept: false },
  {
    name: 'a clock a minute behind',
    t: morningMs - minuteMs,
    takenAtMs: morningMs - minuteMs,
    late: false,
    kept: false,
  },
  {
    name: 'a clock four minutes ahead',
    t: morningMs + 4 * minuteMs,
    takenAtMs: morningMs + 4 * minuteMs,
    late: false,
    kept: false,
  },
  {
    name: 'exactly ten minutes',
    t: morningMs - 10 * minuteMs,
    takenAtMs: morningMs - 10 * minuteMs,
    late: false,
    kept: false,
  },
  { name: 'an hour of buffer', t: morningMs - hourMs, takenAtMs: morningMs - hourMs, late: true, kept: false },
  {
    name: 'a week of buffer',
    t: morningMs - 168 * hourMs,
    takenAtMs: morningMs - 168 * hourMs,
    late: true,
    kept: false,
  },
  { name: 'a clock six minutes ahead', t: morningMs + 6 * minuteMs, takenAtMs: morningMs, late: false, kept: true },
  { name: 'a clock in 1970', t: 12_345, takenAtMs: morningMs, late: false, kept: true },
  { name: 'a clock in 2099', t: Date.UTC(2099, 0, 1), takenAtMs: morningMs, late: false, kept: true },
  { name: 'a clock in 2014', t: Date.UTC(2014, 11, 31), takenAtMs: morningMs, late: false, kept: true },
  { name: 'seconds instead of milliseconds', t: morningMs / 1000, takenAtMs: morningMs, late: false, kept: true },
  { name: 'a clock before 1970', t: -5, takenAtMs: morningMs, late: false, kept: true },
];

for (const { name, t, takenAtMs, late, kept } of clocks) {
  test(`${name}: taken at ${kept || t === undefined ? 'receipt' : 'its own time'}${late ? ', late' : ''}`, () => {
    const [reading] = read({ t, batteryPct: 50 });
    expect(reading).toMatchObject({ takenAtMs, receivedAtMs: morningMs, late });
    expect(reading?.deviceClockMs).toBe(kept ? t : undefined);
  });
}

test('a reading belongs to the resident, or to its device when it has none', () => {
  expect(read({ batteryPct: 50 })[0]).toMatchObject({ deviceId: 'band-7', kind: 'wristband', subjectId: 'wang' });
  const stray = { device: { id: 'stray', kind: 'wristband' }, lane: 'telemetry', facts: { worn: true } } as const;
  expect(normalise(stray, '', morningMs).subjectId).toBe('~stray');
});

const idOf = (payload: unknown, receivedAtMs = morningMs) => read(payload, receivedAtMs)[0]?.id;

test('the same message sent again an hour later has the same id, whatever the order of its keys', () => {
  const t = morningMs - minuteMs;
  expect(idOf({ t, worn: true, batteryPct: 5 })).toBe(idOf({ batteryPct: 5, worn: true, t }, morningMs + hourMs));
  expect(idOf({ t, seq: 4, event: 'sos' })).toBe(idOf({ t, seq: 4, event: 'sos' }, morningMs + hourMs));
  expect(idOf({ seq: 4, event: 'sos' })).toBe(idOf({ seq: 4, event: 'sos' }, morningMs + 1_000));
});

test('other facts, another moment or another topic are another reading', () => {
  const t = morningMs - minuteMs;
  const ids = [
    idOf({ t, event: 'sos' }),
    idOf({ t, event: 'fall' }),
    idOf({ t, event: 'sos', batteryPct: 3 }),
    idOf({ t: t + 1, event: 'sos' }),
    normalise({ device: band, lane: 'event', deviceClockMs: t, facts: { events: ['sos'] } }, '', morningMs).id,
    idOf({ t, seq: 1, event: 'sos' }),
    idOf({ t, seq: 2, event: 'sos' }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('without clock and number nothing tells a repeat from a second press: both count', () => {
  expect(idOf({ event: 'sos' }, morningMs)).not.toBe(idOf({ event: 'sos' }, morningMs + 1));
});

test('a clock that cannot be believed does not make two presses one', () => {
  expect(idOf({ t: 5_000, event: 'sos' }, morningMs)).not.toBe(idOf({ t: 5_000, event: 'sos' }, morningMs + hourMs));
});

test('a number that comes back after the counter started again is a new reading', () => {
  expect(idOf({ seq: 1, event: 'sos' }, morningMs)).not.toBe(idOf({ seq: 1, event: 'sos' }, morningMs + hourMs));
  const t = morningMs;
  expect(idOf({ seq: 1, t, event: 'sos' })).not.toBe(idOf({ seq: 1, t: t + hourMs, event: 'sos' }, t + hourMs));
});

test('objects of one buffer without clocks are as many readings', () => {
  const ids = read([{ steps: 5 }, { steps: 5 }, { steps: 6 }]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
});

test('six fixes with the same time stay six when they differ', () => {
  const fixes = Array.from({ length: 6 }, (_, step) => ({
    t: morningMs,
    position: { lat: 24.4 + step / 1e5, lon: 118.1 },
  }));
  expect(new Set(read(fixes).map(({ id }) => id)).size).toBe(6);
});
