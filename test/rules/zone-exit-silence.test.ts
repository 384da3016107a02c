import { expect, test } from 'vitest';
import { applySignal } from '../../alerts/life-cycle.ts';
import type { Alert, Signal } from '../../model/alert.ts';
import type { Facts, Reading } from '../../model/reading.ts';
import { contactLost } from '../../rules/contact-lost.ts';
import { zoneExit } from '../../rules/zone-exit.ts';
import { at, east, homeOf, homeZone, minuteMs, says, walks } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

const she = homeOf();
const alone = homeOf({ resident: { livesAlone: true } });
/** She lives 60 m from the edge. */
const nearEdge = homeOf({ zones: [{ ...homeZone, shape: { type: 'circle', center: east(-240), radiusM: 300 } }] });
const untilMs = at('23:00');
const everyMs = 30_000;

/** A fix every 30 s from `time`, so many metres east of home each. */
const walk = (time: string, metres: readonly number[], facts: Facts = {}) =>
  metres.map((m, i) => walks(at(time) + i * everyMs, m, 8, facts));
/** Home, and then three fixes 20 to 30 m past the edge, the last at 08:01:30. */
const pastTheEdge = [0, 322, 326, 330];
const leaves = (facts: Facts = {}) => walk('08:00', pastTheEdge, facts);
/** The same with a counter of steps. */
const counted = (steps: readonly number[], metres: readonly number[] = pastTheEdge) =>
  metres.map((m, i) => walks(at('08:00') + i * everyMs, m, 8, { steps: steps[i] ?? 0 }));
const said = (time: string, facts: Facts, deviceId = 'band-1') => says(deviceId, at(time), facts);

test('a few metres past the edge and then not a word: told after eight minutes, once', () => {
  const signals = replay(zoneExit, she, leaves(), { untilMs });
  expect(told(signals)).toEqual(['raise P2 王秀英最后出现在安全区外 30 米，此后没有消息']);
  const [signal] = signals;
  expect(signal?.receivedAtMs).toBe(at('08:09:30'));
  expect(signal).toMatchObject({ atMs: at('08:00:30'), suspected: true, position: { ...east(330), accuracyM: 8 } });
});

test('the alert says where she was last seen, since when nothing is heard, and what would have kept it quiet', () => {
  const [signal] = replay(zoneExit, she, leaves(), { untilMs });
  expect(signal?.summary.en).toBe('王秀英 was last seen 30 m outside the safe zone, and nothing has been heard since');
  expect(signal?.evidence).toMatchObject({ reason: 'silent', outsideM: 30, accuracyM: 8 });
  const { because, unless } = (signal?.evidence ?? {}) as Record<'because' | 'unless', { zh: string; en: string }[]>;
  expect(because.map(({ en }) => en)).toContain('Nothing heard since 08:01:30, for 8 minutes');
  expect(because.map(({ zh }) => zh)).toContain('08:01:30 之后 8 分钟没有任何消息');
  expect(unless.map(({ en }) => en)).toContain(
    'Any word of the device would have begun the count again, and a fix inside would have kept it quiet',
  );
});

test('heard again out there it is the same excursion, and home again ends it', () => {
  const signals = replay(zoneExit, she, [...leaves(), ...walk('08:40', [420, 430, 440, 450, 0, 0])], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 zoneExit', 'raise P2 zoneExit', 'clear P2 zoneExit']);
  expect(signals[1]?.id.startsWith(signals[0]?.id ?? '-')).toBe(true);
  expect(signals[2]?.id).toBe(`${signals[0]?.id}:clear`);
});

test('found at home after all, it is over with two fixes', () => {
  const signals = replay(zoneExit, she, [...leaves(), ...walk('08:40', [0, 0])], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 zoneExit', 'clear P2 zoneExit']);
});

test('silence after two fixes clearly outside is one alert, told once, whichever rule says it first', () => {
  const readings = walk('08:00', [0, 400, 410, 312]);
  const silence = [zoneExit, contactLost].flatMap((rule) => replay<never>(rule as never, she, readings, { untilMs }));
  expect(heads(silence).toSorted()).toEqual(['raise P2 contactLost', 'raise P2 zoneExit']);
  expect(tellings(silence)).toEqual(['opened']);
});

/** How often people are told, by the life cycle of the service. */
function tellings(signals: readonly Signal[]) {
  let alert: Alert | undefined;
  return signals
    .toSorted((a, b) => a.receivedAtMs - b.receivedAtMs)
    .flatMap((signal) => {
      const decision = applySignal(alert, signal, { nowMs: signal.receivedAtMs, areaId: 'siming' });
      alert = decision?.alert ?? alert;
      return decision?.tell ?? [];
    });
}

test('a band that reports every six minutes is not silent before twelve', () => {
  const rarely = pastTheEdge.map((m, i) => walks(at('08:00') + i * 6 * minuteMs, m, 8));
  expect(replay(zoneExit, she, rarely, { untilMs: at('08:29') })).toEqual([]);
  expect(heads(replay(zoneExit, she, rarely, { untilMs: at('08:31') }))).toEqual(['raise P2 zoneExit']);
});

test('silence while the service was down is not hers', () => {
  const life = new Life(zoneExit, she, { listeningSinceMs: at('09:00') });
  for (const reading of leaves()) life.hear(reading);
  life.waitUntil(at('09:07'));
  expect(life.signals).toEqual([]);
  life.waitUntil(untilMs);
  expect(life.signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('09:08')]);
});

test('any word counts, and the silence begins with the last', () => {
  const pulse = ['08:02', '08:03', '08:05'].map((time) => said(time, { heartRateBpm: 80 }));
  const signals = replay(zoneExit, she, [...leaves(), ...pulse], { untilMs });
  expect(signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('08:13')]);
});

test('who is known to be out already is told of once, however silent', () => {
  expect(heads(replay(zoneExit, she, walk('08:00', [0, 400, 410, 420]), { untilMs }))).toEqual(['raise P2 zoneExit']);
});

test('a broken connection is no word of hers: the silence began before it', () => {
  const signals = replay(zoneExit, she, [...leaves(), said('08:04', { online: false })], { untilMs });
  expect(signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('08:09:30')]);
});

test('a zone that is drawn wider meanwhile has her inside', () => {
  const life = new Life(zoneExit, she);
  for (const reading of leaves()) life.hear(reading);
  const wider = homeOf({ zones: [{ ...homeZone, shape: { type: 'circle', center: east(0), radiusM: 400 } }] });
  const due = { kind: 'deadline', nowMs: at('08:10'), listeningSinceMs: 0 } as const;
  expect(heads(zoneExit.step(she, life.state, due).signals ?? [])).toEqual(['raise P2 zoneExit']);
  expect(zoneExit.step(wider, life.state, due).signals ?? []).toEqual([]);
});

const quiet: { name: string; readings: readonly Reading[]; home?: typeof she }[] = [
  { name: 'a single jump', readings: walk('08:00', [0, 0, 330]) },
  { name: 'two fixes outside', readings: walk('08:00', [0, 322, 326]) },
  { name: 'fixes that could as well be inside', readings: walk('08:00', [0, 303, 306, 307, 305]) },
  { name: 'a last fix inside', readings: walk('08:00', [...pastTheEdge, 280]) },
  { name: 'a last fix inside, seconds after one outside', readings: [...leaves(), walks(at('08:01:36'), 292, 8)] },
  { name: 'the beacon of the home', readings: [...leaves(), said('08:02', { homeAnchor: true })] },
  { name: 'the beacon two minutes before', readings: [said('07:59', { homeAnchor: true }), ...leaves()] },
  { name: 'a band put on the charger', readings: [...leaves(), said('08:02', { charging: true })] },
  {
    name: 'a band that lies on the charger, said before',
    readings: [said('07:50', { position: { ...east(0) } }), said('07:55', { charging: true }), ...leaves()],
  },
  { name: 'a band taken off', readings: [...leaves(), said('08:02', { worn: false })] },
  { name: 'a band that does not move', readings: leaves({ motion: false }) },
  { name: 'steps that do not lead there', readings: leaves({ steps: 500 }) },
  { name: 'steps that came only after the fixes', readings: counted([500, 505, 900, 1300]) },
  {
    name: 'one fix past the edge and nothing but doubtful ones since',
    readings: walk('08:00', [0, 322, 304, 306, 305, 304, 306, 305]),
  },
  { name: 'motion at home since', readings: [...leaves(), said('08:05', { motion: true }, 'pir-1')], home: alone },
  {
    name: 'the door opened since',
    readings: [...leaves(), said('08:06', { contactOpen: true }, 'door-1')],
    home: alone,
  },
  { name: 'a home whose own drift reaches over the edge', readings: walk('08:00', [0, 82, 86, 90]), home: nearEdge },
  {
    name: 'a band that went on speaking where no satellite is seen',
    readings: [...leaves(), ...['08:04', '08:07', '08:10'].map((time) => said(time, { heartRateBpm: 80 }))],
  },
  {
    name: 'cell positions',
    readings: ['08:01', '08:02', '08:03', '08:04'].map((time) =>
      said(time, { position: { ...east(900), accuracyM: 100, source: 'cell' } }),
    ),
  },
  {
    name: 'a buffer of an hour ago',
    readings: [
      walks(at('08:59'), 0, 8),
      ...leaves().map(({ takenAtMs, facts }) => says('band-1', takenAtMs, facts, at('09:05'))),
    ],
  },
];
for (const { name, readings, home = she } of quiet) {
  test(`silence is ordinary after ${name}`, () => {
    expect(told(replay(zoneExit, home, readings, { untilMs }))).toEqual([]);
  });
}

const loud: typeof quiet = [
  {
    name: 'she lives near the edge, and the steps lead there',
    readings: counted([500, 700, 900, 1100], [0, 82, 86, 90]),
    home: nearEdge,
  },
  {
    name: 'somebody else is at home',
    readings: [...leaves(), said('08:05', { motion: true }, 'pir-1')],
    home: homeOf({ resident: { livesAlone: false } }),
  },
  {
    name: 'the cat is at home',
    readings: [...leaves(), said('08:05', { motion: true }, 'pir-1')],
    home: homeOf({ resident: { livesAlone: true, hasPet: true } }),
  },
  {
    name: 'somebody moved at home before',
    readings: [said('07:59', { motion: true }, 'pir-1'), ...leaves()],
    home: alone,
  },
  {
    name: 'its buffer brings a place at home of half an hour ago',
    readings: [...leaves(), says('band-1', at('07:30'), { position: { ...east(0) }, motion: false }, at('08:02'))],
  },
  {
    name: 'the band was put on again',
    readings: [said('07:58', { position: { ...east(0) } }), said('07:59', { worn: false }), ...leaves({ worn: true })],
  },
];
for (const { name, readings, home = she } of loud) {
  test(`seen outside and then silent: told, though ${name}`, () => {
    expect(heads(replay(zoneExit, home, readings, { untilMs }))).toEqual(['raise P2 zoneExit']);
  });
}

test('what is remembered of the last word is little', () => {
  const life = new Life(zoneExit, nearEdge);
  for (let i = 0; i < 240; i++) life.hear(walks(at('08:00') + i * 15_000, i % 2 === 0 ? 78 : 64, 16));
  const bare = { ...life.state.tracks['band-1'], lastWord: undefined };
  expect(JSON.stringify(life.state.tracks['band-1']).length - JSON.stringify(bare).length).toBeLessThan(60);
});
