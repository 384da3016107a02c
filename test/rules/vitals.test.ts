import { expect, test } from 'vitest';
import type { Device } from '../../model/device.ts';
import type { VitalsPlan } from '../../model/people.ts';
import type { Facts, Reading } from '../../model/reading.ts';
import { vitals } from '../../rules/vitals.ts';
import { at, homeOf, hourMs, minuteMs, says } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

const home = homeOf();
const planned = (plan: VitalsPlan) => homeOf({ resident: { vitals: plan } });
const dayMs = 24 * hourMs;

/** The band's words, one every `everyMin` from `from`. */
const band = (fromMs: number, everyMin: number, ...facts: readonly Facts[]) =>
  facts.map((fact, i) => says('band-1', fromMs + i * everyMin * minuteMs, fact));
const pulses = (...beats: readonly number[]) =>
  band(at('10:00'), 5, ...beats.map((heartRateBpm) => ({ heartRateBpm })));
/** The cuff on the table. */
const cuff = (atMs: number, facts: Facts, receivedAtMs = atMs): Reading => ({
  ...says('cuff-1', atMs, facts, receivedAtMs),
  kind: 'vitalsMonitor',
});
const pressure = (atMs: number, systolicMmHg: number, diastolicMmHg = 75) =>
  cuff(atMs, { systolicMmHg, diastolicMmHg });

test('a pulse of 140 is told when it has lasted ten minutes, with its reasons', () => {
  const signals = replay(vitals, home, pulses(140, 141, 139, 140));
  expect(told(signals)).toEqual(['raise P2 王秀英生命体征异常：心率 140/min']);
  expect(signals[0]).toMatchObject({ atMs: at('10:10'), suspected: true });
  expect(signals[0]?.evidence).toMatchObject({
    heartRateBpm: 140,
    heldMin: 10,
    news2Partial: 3,
    redLimits: { heartRateBpm: { low: 40, high: 131 } },
  });
  expect(signals[0]?.summary.en).toBe('Vital signs of 王秀英 are out of range: pulse 140/min');
});

test('a partial NEWS2 names what nobody measured and says that it is partial', () => {
  const [signal] = replay(vitals, home, pulses(140, 141, 139));
  expect(signal?.evidence.news2Missing).toEqual([
    'respirationPerMin',
    'spo2Pct',
    'oxygenSupply',
    'systolicMmHg',
    'consciousness',
    'temperatureC',
  ]);
  const words = JSON.stringify(signal?.evidence);
  expect(words).toContain('not a full score');
  expect(words).toContain('Not a medical device');
});

const quiet: readonly { name: string; readings: readonly Reading[] }[] = [
  { name: 'one wild value', readings: pulses(72, 180, 71, 70, 73) },
  { name: 'wild values now and then', readings: pulses(180, 71, 70, 180, 72, 71, 180, 70, 71) },
  {
    name: 'nine minutes of it',
    readings: band(at('10:00'), 3, ...[140, 140, 140, 140, 80, 80, 80].map((heartRateBpm) => ({ heartRateBpm }))),
  },
  { name: 'a pulse of 115 for 25 minutes', readings: pulses(115, 115, 115, 115, 115, 115, 80, 80, 80) },
  {
    name: 'a band that is off the wrist',
    readings: band(at('10:00'), 5, { worn: false }, ...Array<Facts>(6).fill({ spo2Pct: 70 })),
  },
  {
    name: 'a band on the charger',
    readings: band(at('10:00'), 5, ...Array<Facts>(6).fill({ spo2Pct: 70, charging: true })),
  },
  {
    name: 'a band on a moving arm',
    readings: band(at('10:00'), 5, ...Array<Facts>(6).fill({ spo2Pct: 85, heartRateBpm: 150, motion: true })),
  },
  {
    name: 'a pulse of 135 on a walk of an hour',
    readings: Array.from({ length: 12 }, (_, i) =>
      says('band-1', at('10:00') + i * 5 * minuteMs, { heartRateBpm: i === 0 ? 90 : 135, steps: 1000 + i * 400 }),
    ),
  },
  { name: 'a cold wrist', readings: band(at('10:00'), 5, ...Array<Facts>(6).fill({ temperatureC: 33 })) },
  {
    name: 'the temperature of the kitchen',
    readings: Array.from({ length: 6 }, (_, i) =>
      says('smoke-1', at('10:00') + i * 5 * minuteMs, { temperatureC: 31 }),
    ),
  },
  { name: 'a cuff that says 230 and then 140', readings: [pressure(at('10:00'), 230), pressure(at('10:02'), 140)] },
  {
    name: 'values a day old',
    readings: [0, 5, 10, 15].map((minute) =>
      says('band-1', at('10:00') + minute * minuteMs, { heartRateBpm: 150 }, at('11:00', 1)),
    ),
  },
];
for (const { name, readings } of quiet) {
  test(`nothing is told of ${name}`, () => {
    expect(told(replay(vitals, home, readings, { untilMs: at('13:00', 1) }))).toEqual([]);
  });
}

test('a pulse of 135 while she sits is told, whatever her band counts', () => {
  const readings = Array.from({ length: 5 }, (_, i) =>
    says('band-1', at('10:00') + i * 5 * minuteMs, { heartRateBpm: 135, steps: 1000 + i * 20 }),
  );
  expect(heads(replay(vitals, home, readings))).toEqual(['raise P2 vitals']);
});

test('off the charger is not on the wrist', () => {
  const night = [{ worn: false, charging: true }, { charging: false }, ...Array<Facts>(6).fill({ spo2Pct: 70 })];
  expect(replay(vitals, home, band(at('10:00'), 5, ...night))).toEqual([]);
});

test('that the band was off an hour ago says nothing of now', () => {
  const now = band(at('10:00'), 5, { worn: true }, ...Array<Facts>(2).fill({ spo2Pct: 85 }));
  const old = says('band-1', at('09:00'), { worn: false, spo2Pct: 70 }, at('10:11'));
  const after = band(at('10:15'), 5, { spo2Pct: 85 }, { spo2Pct: 85 });
  expect(heads(replay(vitals, home, [...now, old, ...after]))).toEqual(['raise P2 vitals']);
});

test('worn again, it counts again', () => {
  const readings = band(at('10:00'), 5, { worn: false }, { worn: true }, ...Array<Facts>(4).fill({ spo2Pct: 85 }));
  expect(heads(replay(vitals, home, readings))).toEqual(['raise P2 vitals']);
});

test('a pulse of 115 for half an hour is attention, not urgency, and becomes urgent when it rises', () => {
  const readings = pulses(...Array(7).fill(115), ...Array(6).fill(150));
  expect(heads(replay(vitals, home, readings))).toEqual(['raise P3 vitals', 'raise P2 vitals']);
});

test('several parameters a little off together are a partial NEWS2 of 7', () => {
  const bad: Facts = { heartRateBpm: 115, spo2Pct: 92, respirationPerMin: 22, temperatureC: 38.5 };
  const [signal] = replay(vitals, home, band(at('10:00'), 5, bad, bad, bad));
  expect(signal).toMatchObject({ severity: 'P2', evidence: { news2Partial: 7 } });
  expect(signal?.evidence.news2Missing).toEqual(['oxygenSupply', 'systolicMmHg', 'consciousness']);
});

test('a partial NEWS2 of 5 is attention', () => {
  const bad: Facts = { heartRateBpm: 115, spo2Pct: 92, temperatureC: 38.5 };
  const [signal] = replay(vitals, home, band(at('10:00'), 5, bad, bad, bad));
  expect(signal).toMatchObject({ severity: 'P3', evidence: { news2Partial: 5 } });
});

test('two red values at the cuff, two minutes apart, are told at the second', () => {
  const signals = replay(vitals, home, [pressure(at('10:00'), 228), pressure(at('10:02'), 224)]);
  expect(told(signals)).toEqual(['raise P2 王秀英生命体征异常：收缩压 226 mmHg']);
});

test('250 and then 200 is still 225, and a second value a moment later is no repetition', () => {
  const falling = [pressure(at('10:00'), 250), pressure(at('10:02'), 200)];
  expect(heads(replay(vitals, home, falling))).toEqual(['raise P2 vitals']);
  const twice = [pressure(at('10:00'), 228), pressure(at('10:00:02'), 228)];
  expect(heads(replay(vitals, home, twice, { untilMs: at('11:00') }))).toEqual(['raise P3 vitals']);
});

test('a red value at the cuff that nobody repeats is told after a quarter of an hour', () => {
  const life = new Life(vitals, home).hear(pressure(at('10:00'), 228));
  expect(life.waitUntil(at('10:14')).signals).toEqual([]);
  expect(told(life.waitUntil(at('12:00')).signals)).toEqual(['raise P3 王秀英测得收缩压 228 mmHg，未复测，请再测一次']);
});

test('repeated in the same buffer, it is not called unrepeated', () => {
  const readings = [0, 2].map((minute) =>
    cuff(at('08:00') + minute * minuteMs, { systolicMmHg: 230 - 45 * minute }, at('09:00')),
  );
  expect(replay(vitals, home, readings, { untilMs: at('12:00') })).toEqual([]);
});

test('amber at the cuff is told at the third measurement running, however many days that takes', () => {
  const days = [0, 1, 2].map((day) => pressure(at('09:00', day), 130, 114));
  expect(told(replay(vitals, home, days))).toEqual(['raise P3 王秀英生命体征异常：舒张压 114 mmHg']);
  const broken = [
    pressure(at('09:00'), 130, 114),
    pressure(at('09:00', 1), 130, 80),
    pressure(at('09:00', 2), 130, 114),
  ];
  expect(replay(vitals, home, broken)).toEqual([]);
});

test('it is over after half an hour of better values, not at the first one', () => {
  const life = new Life(vitals, home);
  for (const reading of pulses(140, 140, 140, 100, 100, 100)) life.hear(reading);
  expect(heads(life.signals)).toEqual(['raise P2 vitals']);
  for (const reading of band(at('10:30'), 5, ...Array<Facts>(10).fill({ heartRateBpm: 85 }))) life.hear(reading);
  expect(heads(life.signals)).toEqual(['raise P2 vitals', 'clear P2 vitals']);
  expect((life.signals[1]?.atMs ?? 0) - at('10:15')).toBeGreaterThanOrEqual(30 * minuteMs);
});

test('values that waver about the limit are one alarm', () => {
  const readings = pulses(140, 140, 140, ...Array(20).fill([129, 134]).flat());
  expect(heads(replay(vitals, home, readings))).toEqual(['raise P2 vitals']);
});

test('what goes on is said again after four hours', () => {
  const readings = band(at('08:00'), 10, ...Array<Facts>(51).fill({ spo2Pct: 86 }));
  expect(replay(vitals, home, readings).map(({ atMs }) => atMs)).toEqual([at('08:20'), at('12:20'), at('16:20')]);
});

test('out of a buffer it is told late, and what comes behind it takes it back', () => {
  const readings = [...Array(4).fill(140), ...Array(9).fill(80)].map((heartRateBpm: number, i) =>
    says('band-1', at('08:00') + i * 5 * minuteMs, { heartRateBpm }, at('09:30')),
  );
  const signals = replay(vitals, home, readings);
  expect(heads(signals)).toEqual(['raise P2 vitals', 'clear P2 vitals']);
  expect(signals[0]).toMatchObject({ late: true, atMs: at('08:10') });
});

test('a value older than the last one changes nothing', () => {
  const readings = [
    ...pulses(140, 140),
    says('band-1', at('10:02'), { heartRateBpm: 60 }, at('10:06')),
    says('band-1', at('10:10'), { heartRateBpm: 140 }),
  ];
  expect(heads(replay(vitals, home, readings))).toEqual(['raise P2 vitals']);
});

// ---- what is usual for her ----

/** Her pulse at one value an hour for `days` days. */
function lifeWithPulse(days: number, beat: (hour: number) => number) {
  const life = new Life(vitals, home);
  for (let hour = 0; hour < days * 24; hour++) {
    life.hear(says('band-1', at('00:00') + hour * hourMs, { heartRateBpm: beat(hour) }));
  }
  return life;
}

test('a pulse that is always 115 is hers: amber is quiet once that is known, red never', () => {
  const life = lifeWithPulse(20, (hour) => 114 + (hour % 3));
  const raised = life.signals.filter(({ effect }) => effect === 'raise');
  expect(new Set(raised.map(({ severity }) => severity))).toEqual(new Set(['P3']));
  expect(raised.filter(({ atMs }) => atMs > at('00:00', 15))).toEqual([]);
  for (const reading of band(at('12:00', 20), 5, ...Array<Facts>(4).fill({ heartRateBpm: 150 }))) life.hear(reading);
  expect(life.signals.at(-1)).toMatchObject({
    severity: 'P2',
    evidence: { usual: { heartRateBpm: expect.anything() } },
  });
});

test('a pulse of 52 in her sleep is nobody’s business, nor 104 in the evening', () => {
  const life = lifeWithPulse(3, (hour) => (hour % 24 < 7 ? 52 : hour % 24 > 20 ? 104 : 75));
  expect(life.signals).toEqual([]);
});

test('three weeks of every vital stay small', () => {
  const life = new Life(vitals, home);
  const all: Facts = { heartRateBpm: 92, spo2Pct: 95, respirationPerMin: 21, systolicMmHg: 108, diastolicMmHg: 66 };
  for (let i = 0; i < 21 * 24; i++) life.hear(says('band-1', at('00:00') + i * hourMs, all));
  expect(JSON.stringify(life.state).length).toBeLessThan(2400);
});

test('a usual day writes twelve times a vital at most', () => {
  const life = new Life(vitals, home);
  for (let i = 0; i < 288; i++) life.hear(says('band-1', at('00:00') + i * 5 * minuteMs, { heartRateBpm: 72 }));
  expect(life.writes).toBeLessThanOrEqual(12);
});

test('a pulse that scores a point all day writes six times an hour at most, and still gives the alarm', () => {
  const life = new Life(vitals, home);
  for (let i = 0; i < 24 * 60; i++)
    life.hear(says('band-1', at('00:00') + i * minuteMs, { heartRateBpm: 95, steps: i }));
  expect(life.writes).toBeLessThanOrEqual(24 * 6 + 20);
  for (let i = 0; i < 12; i++) life.hear(says('band-1', at('00:00', 1) + i * minuteMs, { heartRateBpm: 140 }));
  expect(heads(life.signals)).toEqual(['raise P2 vitals']);
});

// ---- what a clinician has set ----

test('a clinician’s limits stand in place of those for everybody', () => {
  const wide = planned({ limits: { heartRateBpm: { low: 38, high: 150 } } });
  expect(replay(vitals, wide, pulses(...Array(10).fill(140)))).toEqual([]);
  const narrow = planned({ limits: { heartRateBpm: { high: 100 } } });
  expect(heads(replay(vitals, narrow, pulses(105, 105, 105)))).toEqual(['raise P2 vitals']);
});

test('scale 2 lets 86 % be, for who is meant to be at 88 to 92', () => {
  const readings = band(at('10:00'), 5, ...Array<Facts>(10).fill({ spo2Pct: 86 }));
  expect(heads(replay(vitals, home, readings))).toEqual(['raise P2 vitals']);
  expect(replay(vitals, planned({ spo2Scale: 2 }), readings)).toEqual([]);
});

test('a week of a cuff and a band in one home is a person, not two', () => {
  const devices: readonly Device[] = [
    { id: 'band-1', kind: 'wristband', residentId: 'wang' },
    { id: 'cuff-1', kind: 'vitalsMonitor', residentId: 'wang' },
  ];
  const readings = Array.from({ length: 7 }, (_, day) => [
    ...band(at('08:00', day), 5, { heartRateBpm: 70 }, { heartRateBpm: 72 }),
    pressure(at('08:20', day), 134),
    pressure(at('08:22', day), 130),
  ]).flat();
  expect(replay(vitals, homeOf({ devices }), readings, { untilMs: at('08:00') + 8 * dayMs })).toEqual([]);
});
