import { expect, test } from 'vitest';
import { maxObjects } from '../../ingest/codecs/native.ts';
import { maxPayloadBytes } from '../../ingest/payload.ts';
import { band, bytes, decode, decodedOf, factsOf, hub, refusalsOf, tell } from './door.ts';

const reasons = (result: ReturnType<typeof tell>) => refusalsOf(result).map(({ reason }) => reason);
const details = (result: ReturnType<typeof tell>) => refusalsOf(result).map(({ detail }) => detail.split(':')[0]);

test('everything one message says counts', () => {
  const result = tell({
    t: 1_773_475_200_000,
    seq: 17,
    event: 'sos',
    position: { lat: 24.4451, lon: 118.0823, accuracyM: 12, source: 'gnss' },
    batteryPct: 3,
    worn: true,
    heartRateBpm: 122,
  });
  expect(decodedOf(result)).toEqual([
    {
      device: band,
      lane: 'telemetry',
      deviceClockMs: 1_773_475_200_000,
      seq: 17,
      facts: {
        events: ['sos'],
        position: { lat: 24.4451, lon: 118.0823, accuracyM: 12, source: 'gnss' },
        batteryPct: 3,
        worn: true,
        heartRateBpm: 122,
      },
    },
  ]);
  expect(refusalsOf(result)).toEqual([]);
});

test('several events in one message all count, each once', () => {
  expect(factsOf(tell({ event: ['fall', 'sos', 'fall'] }, 'event'))).toEqual([{ events: ['fall', 'sos'] }]);
});

const badFields = [
  { field: 'heartRateBpm', value: 'seventy', reason: 'wrongType' },
  { field: 'heartRateBpm', value: 0, reason: 'noReading' },
  { field: 'heartRateBpm', value: 255, reason: 'noReading' },
  { field: 'heartRateBpm', value: 511, reason: 'noReading' },
  { field: 'heartRateBpm', value: 300, reason: 'outOfRange' },
  { field: 'spo2Pct', value: 127, reason: 'noReading' },
  { field: 'spo2Pct', value: 0, reason: 'noReading' },
  { field: 'respirationPerMin', value: 255, reason: 'noReading' },
  { field: 'systolicMmHg', value: 2047, reason: 'noReading' },
  { field: 'heartRateBpm', value: null, reason: 'wrongType' },
  { field: 'spo2Pct', value: 50, reason: 'noReading' },
  { field: 'spo2Pct', value: 101, reason: 'outOfRange' },
  { field: 'temperatureC', value: 0, reason: 'noReading' },
  { field: 'batteryPct', value: -1, reason: 'outOfRange' },
  { field: 'batteryPct', value: '83', reason: 'wrongType' },
  { field: 'steps', value: [5], reason: 'wrongType' },
  { field: 'worn', value: 1, reason: 'wrongType' },
  { field: 'motion', value: 'true', reason: 'wrongType' },
  { field: 't', value: '2026-03-14T08:00:00Z', reason: 'wrongType' },
  { field: 'seq', value: -1, reason: 'wrongType' },
  { field: 'seq', value: 1.5, reason: 'wrongType' },
  { field: 'position', value: [24, 118], reason: 'wrongType' },
] as const;

for (const { field, value, reason } of badFields) {
  test(`an SOS survives ${field} = ${JSON.stringify(value)}, which is refused by name`, () => {
    const result = tell({ event: 'sos', [field]: value });
    expect(factsOf(result)).toEqual([{ events: ['sos'] }]);
    expect(refusalsOf(result)).toMatchObject([{ reason, detail: expect.stringMatching(`^${field}: `) }]);
  });
}

test('127 beats a minute and a systolic pressure of 255 are readings, whatever else uses those numbers', () => {
  expect(factsOf(tell({ heartRateBpm: 127, systolicMmHg: 255 }))).toEqual([{ heartRateBpm: 127, systolicMmHg: 255 }]);
});

test('60 °C is a fire from a detector on the wall and nothing from a band', () => {
  const detector = { id: 'smoke-9', kind: 'smokeDetector' as const };
  const fromWall = decode('v1/devices/smoke-9/telemetry', bytes({ temperatureC: 60 }), detector);
  expect(factsOf(fromWall)).toEqual([{ temperatureC: 60 }]);
  expect(reasons(tell({ temperatureC: 60 }))).toEqual(['outOfRange']);
});

test('an infinite number is not a measurement', () => {
  const result = decode('v1/devices/band-7/telemetry', bytes('{"event":"sos","heartRateBpm":1e999}'), band);
  expect(factsOf(result)).toEqual([{ events: ['sos'] }]);
  expect(reasons(result)).toEqual(['outOfRange']);
});

test('an unknown event is refused by name and the known one beside it counts', () => {
  expect(reasons(tell({ event: 'unknownthing' }))).toEqual(['outOfRange']);
  const mixed = tell({ event: ['unknownthing', 'sos'] });
  expect(factsOf(mixed)).toEqual([{ events: ['sos'] }]);
  expect(details(mixed)).toEqual(['event[0]']);
});

test('a list of events that is too long or empty is refused by name, and the SOS in it counts', () => {
  const many = tell({ event: ['sos', ...Array.from({ length: 16 }, () => 'ok')] });
  expect(factsOf(many)).toEqual([{ events: ['sos', 'ok'] }]);
  expect(details(many)).toEqual(['event']);
  expect(details(tell({ event: [], batteryPct: 3 }))).toEqual(['event']);
});

test('what was refused is described without quoting the payload', () => {
  const result = tell({ heartRateBpm: 'wang xiuying 072', event: 'wang' });
  expect(JSON.stringify(refusalsOf(result))).not.toContain('wang');
});

const badPositions = [
  { name: 'latitude out of range', position: { lat: 91, lon: 118 }, reason: 'outOfRange' },
  { name: 'longitude out of range', position: { lat: 24, lon: 181 }, reason: 'outOfRange' },
  { name: 'exactly 0,0', position: { lat: 0, lon: 0 }, reason: 'nullIsland' },
  { name: 'text for numbers', position: { lat: '24', lon: 118 }, reason: 'wrongType' },
  { name: 'no longitude', position: { lat: 24 }, reason: 'wrongType' },
  { name: 'a datum nobody knows', position: { lat: 24, lon: 118, datum: 'CGCS9' }, reason: 'outOfRange' },
];

for (const { name, position, reason } of badPositions) {
  test(`a position with ${name} is refused and the battery beside it counts`, () => {
    const result = tell({ position, batteryPct: 50 });
    expect(factsOf(result)).toEqual([{ batteryPct: 50 }]);
    expect(reasons(result)).toEqual([reason]);
  });
}

test('a place on the equator or the zero meridian is a place', () => {
  expect(factsOf(tell({ position: { lat: 0, lon: 32.6 } }))).toEqual([{ position: { lat: 0, lon: 32.6 } }]);
  expect(factsOf(tell({ position: { lat: 51.5, lon: 0 } }))).toEqual([{ position: { lat: 51.5, lon: 0 } }]);
});

for (const accuracyM of [0, -5]) {
  test(`accuracy ${accuracyM} means not known: the fix stays, without it`, () => {
    const result = tell({ position: { lat: 24, lon: 118, accuracyM } });
    expect(factsOf(result)).toEqual([{ position: { lat: 24, lon: 118 } }]);
    expect(refusalsOf(result)).toEqual([]);
  });
}

test('a bad accuracy or source is refused by name and the fix stays', () => {
  const result = tell({ position: { lat: 24, lon: 118, accuracyM: 'good', source: 'stars' } });
  expect(factsOf(result)).toEqual([{ position: { lat: 24, lon: 118 } }]);
  expect(details(result)).toEqual(['position.accuracyM', 'position.source']);
});

test('a position on a Chinese map becomes WGS-84 and keeps what was sent', () => {
  const [facts] = factsOf(tell({ position: { lat: 24.4424, lon: 118.0871, datum: 'GCJ02' } }));
  expect(facts?.position?.original).toEqual({ lat: 24.4424, lon: 118.0871, datum: 'GCJ02' });
  expect(facts?.position?.lat).toBeCloseTo(24.445, 2);
  expect(facts?.position?.lat).not.toBe(24.4424);
});

test("a position without a datum takes the device's", () => {
  const baidu = { ...band, datum: 'BD09' } as const;
  const topic = 'v1/devices/band-7/telemetry';
  const [byProfile] = factsOf(decode(topic, bytes({ position: { lat: 24.45, lon: 118.09 } }), baidu));
  expect(byProfile?.position?.original?.datum).toBe('BD09');
  const [byMessage] = factsOf(decode(topic, bytes({ position: { lat: 24.45, lon: 118.09, datum: 'WGS84' } }), baidu));
  expect(byMessage?.position).toEqual({ lat: 24.45, lon: 118.09 });
});

test('one bad object of a buffer is refused with its place and the others count', () => {
  const result = tell([{ batteryPct: 80 }, 'nonsense', { batteryPct: 300 }, { batteryPct: 78 }, {}]);
  expect(decodedOf(result).map(({ index, facts }) => [index, facts.batteryPct])).toEqual([
    [0, 80],
    [3, 78],
  ]);
  expect(refusalsOf(result).map(({ reason, detail }) => [reason, detail.split(':')[0]])).toEqual([
    ['notAnObject', '[1]'],
    ['outOfRange', '[2].batteryPct'],
    ['nothingMeasured', '[4]'],
  ]);
});

test('names that JavaScript objects inherit do no harm, as keys or as values', () => {
  const text = '{"__proto__":{"batteryPct":1,"event":"sos"},"constructor":{"prototype":{"worn":true}},"event":"sos"}';
  const result = decode('v1/devices/band-7/event', bytes(text), band);
  expect(factsOf(result)).toEqual([{ events: ['sos'] }]);
  expect(({} as Record<string, unknown>).worn).toBeUndefined();
  expect(reasons(tell({ event: '__proto__' }))).toEqual(['outOfRange']);
  expect(reasons(decode('v1/devices/band-7/constructor', bytes('{}'), band))).toEqual(['unknownTopic']);
});

const wholeMessages = [
  { name: 'text that is not JSON', payload: bytes('{"event":'), reason: 'notJson' },
  { name: 'nothing at all', payload: new Uint8Array(), reason: 'notJson' },
  { name: 'a bare number', payload: bytes('42'), reason: 'notAnObject' },
  { name: 'null', payload: bytes('null'), reason: 'notAnObject' },
  { name: 'an empty buffer', payload: bytes('[]'), reason: 'nothingMeasured' },
  { name: 'only keys we do not know', payload: bytes({ mood: 'fine' }), reason: 'nothingMeasured' },
  { name: 'only a clock and a number', payload: bytes({ t: 1, seq: 2 }), reason: 'nothingMeasured' },
  {
    name: 'bytes that are not UTF-8',
    payload: Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d),
    reason: 'invalidUtf8',
  },
  { name: 'an overlong zero byte', payload: Uint8Array.of(0xc0, 0x80), reason: 'invalidUtf8' },
  { name: 'ten thousand brackets', payload: bytes('['.repeat(10_000)), reason: 'tooDeep' },
  { name: 'an object that never ends inside', payload: bytes('{"a":'.repeat(5_000)), reason: 'tooDeep' },
  { name: 'ten megabytes', payload: new Uint8Array(10 * 1024 * 1024), reason: 'tooLarge' },
];

for (const { name, payload, reason } of wholeMessages) {
  test(`${name}: refused as ${reason}`, () => {
    const result = decode('v1/devices/band-7/telemetry', payload, band);
    expect(decodedOf(result)).toEqual([]);
    expect(reasons(result)).toEqual([reason]);
  });
}

test('brackets inside text are not depth', () => {
  expect(factsOf(tell({ batteryPct: 5, note: `\\"${'[{'.repeat(100)}` }))).toEqual([{ batteryPct: 5 }]);
});

test('a message may be as large as the limit', () => {
  const filler = 'x'.repeat(maxPayloadBytes - bytes({ event: 'sos', note: '' }).length);
  expect(factsOf(tell({ event: 'sos', note: filler }))).toEqual([{ events: ['sos'] }]);
  expect(reasons(tell({ event: 'sos', note: `${filler}x` }))).toEqual(['tooLarge']);
});

test('of a buffer that is too long the first thousand count, and every call for help', () => {
  const walk = Array.from({ length: maxObjects + 5 }, (_, step) => ({ t: 1_773_475_200_000 + step, steps: step }));
  const result = tell([...walk, { event: 'sos' }]);
  expect(decodedOf(result)).toHaveLength(maxObjects + 1);
  expect(decodedOf(result).at(-1)?.facts).toEqual({ events: ['sos'] });
  expect(reasons(result)).toEqual(['tooManyObjects']);
});

test('the list of problems of one message is bounded', () => {
  expect(refusalsOf(tell(Array.from({ length: 900 }, () => ({ batteryPct: 'x' })))).length).toBeLessThan(50);
});

test('a device speaks for itself only', () => {
  expect(reasons(decode('v1/devices/band-8/telemetry', bytes({ event: 'sos' }), band))).toEqual(['unknownDevice']);
  expect(reasons(decode('v1/devices/band-7/telemetry', bytes({ event: 'sos' }), hub, band))).toEqual(['unknownDevice']);
  expect(reasons(decode('v1/devices/band-7', bytes({ event: 'sos' }), band))).not.toEqual([]);
  expect(reasons(decode('v1/devices/band-7/nowhere', bytes({ event: 'sos' }), band))).toEqual(['unknownTopic']);
});

test('status says whether a device is there', () => {
  expect(decodedOf(tell({ online: false }, 'status'))).toEqual([
    { device: band, lane: 'status', facts: { online: false } },
  ]);
  expect(reasons(tell({ online: 'false' }, 'status'))).toEqual(['wrongType']);
  expect(reasons(tell([{ online: false }], 'status'))).toEqual(['notAnObject']);
});

test('a reply carries the answer to a command', () => {
  const [decoded] = decodedOf(tell({ id: 'ring-1', ok: false, detail: 'muted' }, 'reply'));
  expect(decoded).toMatchObject({ lane: 'reply', reply: { id: 'ring-1', ok: false, detail: 'muted' }, facts: {} });
  expect(reasons(tell({ id: 'ring-1' }, 'reply'))).toEqual(['wrongType']);
  expect(reasons(tell({ ok: true }, 'reply'))).toEqual(['wrongType']);
  expect(reasons(tell({ id: '', ok: true }, 'reply'))).toEqual(['wrongType']);
});

const window = {
  t: 1_773_475_200_000,
  rateHz: 50,
  site: 'wrist',
  unit: 'g',
  samples: [
    [0, 0, 1],
    [0.1, -2.5, 3],
  ],
};

test('an acceleration window is taken whole', () => {
  const { rateHz, site, samples } = window;
  expect(decodedOf(tell(window, 'burst'))).toEqual([
    { device: band, lane: 'burst', deviceClockMs: window.t, facts: { burst: { rateHz, site, samples } } },
  ]);
});

const badWindows = [
  {
    name: 'a sample of two numbers',
    change: {
      samples: [
        [0, 0, 1],
        [0, 1],
      ],
    },
    path: 'samples[1]',
  },
  { name: 'a sample in text', change: { samples: [[0, 0, '1']] }, path: 'samples[0]' },
  { name: 'a thousand g', change: { samples: [[0, 0, 1000]] }, path: 'samples[0]' },
  { name: 'no samples', change: { samples: [] }, path: 'samples' },
  { name: 'too many samples', change: { samples: Array.from({ length: 5000 }, () => [0, 0, 1]) }, path: 'samples' },
  { name: 'no rate', change: { rateHz: undefined }, path: 'rateHz' },
  { name: 'another unit', change: { unit: 'm/s2' }, path: 'unit' },
  { name: 'another place', change: { site: 'ankle' }, path: 'site' },
];

for (const { name, change, path } of badWindows) {
  test(`a window with ${name} is refused whole`, () => {
    const result = tell({ ...window, ...change }, 'burst');
    expect(decodedOf(result)).toEqual([]);
    expect(details(result)).toEqual([path]);
  });
}
