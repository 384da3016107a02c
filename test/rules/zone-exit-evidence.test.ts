import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts, Reading } from '../../model/reading.ts';
import { zoneExit } from '../../rules/zone-exit.ts';
import { at, east, homeOf, homeZone, minuteMs, says, walks } from './support/home.ts';
import { heads, Life, replay } from './support/replay.ts';

const she = homeOf();
const alone = homeOf({ resident: { livesAlone: true } });
const atRisk = homeOf({ resident: { cognitiveRisk: true } });
const everyMs = 30_000;

/** A fix every 30 s from `time`, so many metres east of home each. */
const walk = (time: string, metres: readonly number[], accuracyM = 12, facts: Facts = {}) =>
  metres.map((m, i) => walks(at(time) + i * everyMs, m, accuracyM, facts));
const stays = (metres: number, count: number) => Array.from({ length: count }, () => metres);
const inOrder = (...some: readonly (readonly Reading[])[]) =>
  some.flat().sort((a, b) => a.receivedAtMs - b.receivedAtMs);
const delayS = (readings: readonly Reading[], from: string, home = she) => {
  const [first] = replay(zoneExit, home, readings);
  return first === undefined ? undefined : (first.receivedAtMs - at(from)) / 1000;
};

// Somebody who truly leaves.

test('far outside, one good fix and one poor one are enough', () => {
  const readings = [walks(at('08:00'), 0), walks(at('08:05'), 2000, 35), walks(at('08:05:30'), 2200, 380)];
  expect(delayS(readings, '08:05')).toBe(30);
});

test('with no fix better than 150 m she is found out all the same, within five minutes', () => {
  const poor = walk('08:05', stays(1500, 20), 250);
  expect(delayS([walks(at('08:00'), 0), ...poor], '08:05')).toBe(240);
});

test('but not by cells, whose errors are larger than what they say', () => {
  const cells = walk('08:05', stays(5000, 40)).map(({ takenAtMs }) =>
    says('band-1', takenAtMs, { position: { ...east(5000), accuracyM: 250, source: 'cell' as const } }),
  );
  expect(replay(zoneExit, she, [walks(at('08:00'), 0), ...cells])).toEqual([]);
});

test('twenty metres past the edge for a quarter of an hour is outside, too', () => {
  const lingering = walk('08:05', stays(322, 30), 8);
  expect(delayS([walks(at('08:00'), 0), ...lingering], '08:05')).toBe(300);
});

test('a fix kept from another city does not blind the rule to where she is now', () => {
  const elsewhere = walks(at('08:00'), 150_000, 20);
  const [first] = replay(zoneExit, she, [elsewhere, ...walk('08:01', [900, 910, 920, 930, 940, 950, 960, 970])]);
  expect((first?.receivedAtMs ?? 0) - at('08:01')).toBeLessThanOrEqual(4 * minuteMs);
});

test('a band that counts no steps in a wheelchair is believed after ten minutes', () => {
  const wheels = walk('08:00', [0, ...stays(420, 30)], 12, { steps: 500 });
  expect(delayS(wheels, '08:00:30')).toBe(600);
});

test('in a car she makes no steps and is found out all the same', () => {
  const driven = walk('08:00', [0, 400, 800, 1200, 1600], 12, { steps: 500 });
  expect(delayS(driven, '08:00:30')).toBeLessThanOrEqual(60);
});

test('the charger in a bag does not hide that she goes', () => {
  const walking = [0, 150, 400, 460, 520, 580, 640, 700, 760].map((m, i) =>
    walks(at('08:00') + i * everyMs, m, 12, { charging: true, steps: 100 + i * 90 }),
  );
  expect(heads(replay(zoneExit, she, walking))).toEqual(['raise P2 zoneExit']);
});

test('the door opened at night and one fix outside are enough', () => {
  const night = inOrder(
    [says('door-1', at('23:10'), { contactOpen: true })],
    [walks(at('23:05'), 0), walks(at('23:13'), 400)],
  );
  expect(delayS(night, '23:13')).toBe(0);
  const day = night.map(({ takenAtMs, deviceId, facts }) => says(deviceId, takenAtMs - 9 * 60 * minuteMs, facts));
  expect(replay(zoneExit, she, day)).toEqual([]);
});

test('a clock an hour slow is no buffer: she is found out', () => {
  const hourMs = 60 * minuteMs;
  const slow = walk('08:00', [0, 100, 400, 420, 440, 460, 480]).map(({ takenAtMs, facts }) =>
    says('band-1', takenAtMs - hourMs, facts, takenAtMs + 500),
  );
  const [signal] = replay(zoneExit, she, slow);
  expect(signal).toMatchObject({ type: 'zoneExit', late: false });
  expect((signal?.receivedAtMs ?? 0) - at('08:01')).toBeLessThanOrEqual(90_500);
});

// Somebody at home whose fixes wander.

const drifting = walk('08:00', [0, 380, 390, 400, 390, 380, 390, 400, 390, 380, 390, 400]);
const indoors = [1, 2, 3, 4, 5].map((minute) => says('pir-1', at(`08:0${minute}`), { motion: true }));
const doorHeard = says('door-1', at('07:00'), { contactOpen: false });

test('motion indoors behind a closed door: who lives alone is at home', () => {
  expect(replay(zoneExit, alone, inOrder([doorHeard], drifting, indoors))).toEqual([]);
});

const notHome = [
  {
    name: 'the door was opened',
    more: [doorHeard, says('door-1', at('08:00:10'), { contactOpen: true })],
    home: alone,
  },
  { name: 'no door sensor is heard', more: [], home: alone },
  { name: 'somebody else lives there', more: [doorHeard], home: homeOf({ resident: { livesAlone: false } }) },
];
for (const { name, more, home } of notHome) {
  test(`motion indoors says nothing when ${name}`, () => {
    expect(heads(replay(zoneExit, home, inOrder(more, drifting, indoors)))).toEqual(['raise P2 zoneExit']);
  });
}

test('a few steps about the flat are not the way to where the fixes are', () => {
  const puttering = drifting.map(({ takenAtMs, facts }, i) =>
    says('band-1', takenAtMs, { ...facts, steps: 1000 + 4 * i }),
  );
  expect(replay(zoneExit, she, puttering)).toEqual([]);
  const walking = drifting.map(({ takenAtMs, facts }, i) =>
    says('band-1', takenAtMs, { ...facts, steps: 1000 + 200 * i }),
  );
  expect(heads(replay(zoneExit, she, walking))).toEqual(['raise P2 zoneExit']);
});

test('a band that says it does not move is not walking out', () => {
  const still = drifting.map(({ takenAtMs, facts }) => says('band-1', takenAtMs, { ...facts, motion: false }));
  expect(replay(zoneExit, she, still)).toEqual([]);
});

test('a home close to the edge needs more than one that lies well inside', () => {
  const closeBy = homeOf({ zones: [{ ...homeZone, shape: { type: 'circle', center: east(-250), radiusM: 300 } }] });
  const drift = walk('08:00', [0, 110, 115, 120, 0, 60]);
  expect(replay(zoneExit, closeBy, drift)).toEqual([]);
  expect(heads(replay(zoneExit, closeBy, walk('08:00', [0, 110, 115, 120, 125, 130, 140])))).toEqual([
    'raise P2 zoneExit',
  ]);
});

const complaints = [
  {
    name: 'home, away, home again at the edge',
    readings: walk('08:00', [280, 320, 290, 330, 285, 325, 280, 340, 290, 310]),
  },
  {
    name: 'the switch to a cell tower and back',
    readings: walk('08:00', [0, 0]).concat(walk('08:01', stays(900, 6), 800), walk('08:04', [0, 0])),
  },
  {
    name: 'a thin Wi-Fi for two minutes',
    readings: walk('08:00', [0]).concat(walk('08:01', stays(1200, 4), 300), walk('08:03', [0, 0])),
  },
  {
    name: 'a jump of 200 m that claims 2 m, again and again',
    readings: walk('08:00', [200, 400, 200, 0, 400, 0, 100, 400, 0], 2),
  },
];
for (const { name, readings } of complaints) {
  test(`no alert for ${name}`, () => expect(heads(replay(zoneExit, she, readings))).toEqual([]));
}

test('a restart in the middle of an excursion neither repeats nor forgets it', () => {
  const readings = walk('08:00', [0, 400, 410, 420, 430, 440, 450, 0, 0]);
  const whole = replay(zoneExit, she, readings);
  // `Life` goes on from what a disk would hold after every single reading.
  expect(heads(whole)).toEqual(['raise P2 zoneExit', 'clear P2 zoneExit']);
});

test('wherever in the zone she is, fixes that are as good as they say never say she left', () => {
  const truthful = fc.record({
    insideM: fc.integer({ min: 0, max: 300 }),
    errorShare: fc.double({ min: -1, max: 1, noNaN: true }),
    accuracyM: fc.integer({ min: 1, max: 400 }),
    gapS: fc.integer({ min: 1, max: 900 }),
    more: fc.constantFrom<Facts>({}, {}, { motion: true }, { steps: 9000 }, { charging: true }),
  });
  fc.assert(
    fc.property(fc.array(truthful, { maxLength: 60 }), (fixes) => {
      let nowMs = at('00:00');
      const readings = fixes.map(({ insideM, errorShare, accuracyM, gapS, more }) => {
        nowMs += gapS * 1000;
        return walks(nowMs, insideM + errorShare * accuracyM, accuracyM, more);
      });
      expect(replay(zoneExit, atRisk, readings)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

// How grave, and why.

test('who is known to have no cognitive risk has left: worth attention, not urgent', () => {
  const fit = homeOf({ resident: { cognitiveRisk: false } });
  expect(heads(replay(zoneExit, fit, walk('08:00', [0, 400, 410, 420])))).toEqual(['raise P3 zoneExit']);
});

test('at night it becomes an emergency when she is still out a minute later, once', () => {
  const night = walk('23:00', [0, ...stays(600, 20)]);
  expect(heads(replay(zoneExit, atRisk, night))).toEqual(['raise P2 zoneExit', 'raise P1 zoneExit']);
  expect(heads(replay(zoneExit, she, night))).toEqual(['raise P2 zoneExit']);
});

test('lunch with the family by day is no emergency: far, or driven, alone', () => {
  const lunch = walk('12:00', [0, 400, 450, 500, 600, 700, 800, ...Array.from({ length: 60 }, (_, i) => 900 + 40 * i)]);
  expect(new Set(replay(zoneExit, atRisk, lunch).map(({ severity }) => severity))).toEqual(new Set(['P2']));
});

test('far away with the battery nearly empty is one', () => {
  const far = walk('12:00', [0, ...Array.from({ length: 30 }, (_, i) => 400 + 90 * i)], 12, { batteryPct: 9 });
  const urgent = replay(zoneExit, atRisk, far).find(({ severity }) => severity === 'P1');
  expect(urgent?.evidence.urgency).toEqual(['far', 'lowBattery']);
});

test('the alert says which fixes, how far, how accurate, why, and what would have kept it quiet', () => {
  const [signal] = replay(zoneExit, she, walk('08:00', [0, 400, 410, 420]));
  expect(signal?.evidence).toMatchObject({
    outsideM: 120,
    accuracyM: 12,
    reason: 'several',
    leftAtMs: at('08:00:30'),
    votes: [
      { outsideM: 100, accuracyM: 12, verdict: 'out' },
      { outsideM: 110, accuracyM: 12, verdict: 'out' },
      { outsideM: 120, accuracyM: 12, verdict: 'out' },
    ],
  });
  const { because, unless } = (signal?.evidence ?? {}) as Record<'because' | 'unless', { zh: string; en: string }[]>;
  expect(because[0]?.en).toContain('08:01:00 110 m outside (accuracy 12 m)');
  expect(because[0]?.zh).toContain('08:01:00 在边界外 110 米（精度 12 米）');
  expect(unless.map(({ en }) => en)).toContain('Fixes with an accuracy worse than 100 m would not have counted');
});

test('the way out and back goes with the alert, however long, in a few points', () => {
  const metres = [0, ...Array.from({ length: 200 }, (_, i) => 400 + 5 * i), 0, 0];
  const signals = replay(zoneExit, she, walk('08:00', metres));
  const path = signals.at(-1)?.evidence.path as readonly number[][];
  expect(path.length).toBeLessThanOrEqual(16);
  expect(path[0]?.[0]).toBe(signals[0]?.receivedAtMs);
  expect(path.map(([atMs]) => atMs)).toEqual([...path.map(([atMs]) => atMs ?? 0)].sort((a, b) => a - b));
});

test('a day and a night outside stay small on the disk', () => {
  const life = new Life(zoneExit, alone);
  life.hear(doorHeard);
  for (let i = 0; i < 2880; i++)
    life.hear(walks(at('08:00') + i * everyMs, 400 + 30 * (i % 50), 12, { steps: 20 * i }));
  expect(JSON.stringify(life.state).length).toBeLessThan(1400);
});

// A band that counts steps, and a signal that is reflected.

const counted = (time: string, metres: readonly number[], steps: readonly number[], accuracyM = 25) =>
  metres.map((m, i) => walks(at(time) + i * everyMs, m, accuracyM, { steps: steps[i] ?? 0 }));
const rising = (from: number, by: number, count: number) => Array.from({ length: count }, (_, i) => from + i * by);
/** The fixes lie 420 m east for ten minutes, and then at home again. */
const reflected = [0, ...stays(420, 20), 0, 0];

test('pottering about the flat for ten minutes is not the way to where a reflected signal lies', () => {
  expect(replay(zoneExit, she, counted('08:00', reflected, rising(500, 3, 23)))).toEqual([]);
});

test('who walks there is found out as soon as the fixes agree, though a pet is seen at home', () => {
  const door = says('door-1', at('07:50'), { contactOpen: false });
  const pet = says('pir-1', at('08:06'), { motion: true });
  const way = counted('08:00', rising(0, 30, 20), rising(500, 50, 20), 12);
  expect(heads(replay(zoneExit, alone, inOrder([door], way, [pet])))[0]).toBe('raise P2 zoneExit');
  expect(delayS(inOrder([door], way, [pet]), '08:06', alone)).toBeLessThanOrEqual(90);
});

test('a jump of 300 m on a walk is waited out for four minutes', () => {
  const walked = rising(500, 45, 7);
  const jumps = counted('08:00', [0, 20, 40, 420, 430, 425, 120], walked);
  expect(replay(zoneExit, she, jumps)).toEqual([]);
});

test('one fix far away and the next at home again is no drive', () => {
  expect(replay(zoneExit, she, counted('08:00', [0, 1000, 460, 440, 0, 0], stays(500, 6)))).toEqual([]);
});

test('steps made since home was last heard lead from there', () => {
  const heard = says('band-1', at('08:50'), { homeAnchor: true, steps: 900 });
  const before = walks(at('08:00'), 0, 12, { steps: 500 });
  const jump = counted('09:00', stays(420, 6), rising(905, 2, 6));
  expect(replay(zoneExit, she, [before, heard, ...jump])).toEqual([]);
});

test('near the edge a band without steps is believed after a quarter of an hour, never later', () => {
  const atEdge = homeOf({ resident: { home: { ...east(240), datum: 'WGS84' } } });
  const wheels = counted('08:00', [200, ...stays(420, 40)], stays(500, 41), 12);
  expect(delayS(wheels, '08:00:30', atEdge)).toBe(900);
});
