import { expect, test } from 'vitest';
import { zoneEnterForbidden } from '../../rules/zone-enter-forbidden.ts';
import { at, homeOf, lake, minuteMs, says, walks } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

const byTheLake = homeOf({ zones: [lake] });
/** Metres east of home; the lake lies at 1,000 and is 60 m wide to each side. */
const walk = (...metres: readonly number[]) => metres.map((m, i) => walks(at('08:00') + i * 30_000, m));

test('two fixes in the lake are an alert, two well outside end it', () => {
  const signals = replay(zoneEnterForbidden, byTheLake, walk(900, 990, 1000, 1010, 1100, 1100));
  expect(told(signals)).toEqual(['raise P2 王秀英进入了禁入区“员当湖”', 'clear P2 王秀英已离开禁入区“员当湖”']);
  expect(signals.map(({ evidence }) => evidence.zoneId)).toEqual(['lake', 'lake']);
  expect(signals[0]?.receivedAtMs).toBe(at('08:01'));
});

const quiet = [
  { name: 'one fix in the lake', readings: walk(900, 1000, 900, 1000, 900) },
  { name: 'a walk along the shore', readings: walk(930, 938, 942, 944, 939) },
  { name: 'fixes too poor to tell', readings: [0, 1, 2, 3].map((i) => walks(at('08:00') + i * minuteMs, 1000, 140)) },
  {
    name: 'fixes that arrive late',
    readings: [0, 1, 2].map((i) => says('band-1', at('08:00') + i * minuteMs, walks(0, 1000).facts, at('09:00'))),
  },
  {
    name: 'a band whose home beacon is in range',
    readings: [0, 1, 2].map((i) => walks(at('08:00') + i * minuteMs, 1000, 5, { homeAnchor: true })),
  },
];
for (const { name, readings } of quiet) {
  test(`no alert for ${name}`, () => expect(told(replay(zoneEnterForbidden, byTheLake, readings))).toEqual([]));
}

test('who stays in is told again every ten minutes', () => {
  const stay = Array.from({ length: 43 }, (_, i) => walks(at('08:00') + i * 30_000, 1000));
  const signals = replay(zoneEnterForbidden, byTheLake, stay);
  expect(signals.map(({ atMs }) => atMs)).toEqual([at('08:00:30'), at('08:10:30'), at('08:20:30')]);
  expect(new Set(signals.map(({ id }) => id)).size).toBe(3);
});

test('a zone taken off the map ends the alert', () => {
  const life = new Life(zoneEnterForbidden, byTheLake);
  for (const reading of walk(1000, 1000)) life.hear(reading);
  const { state, signals } = zoneEnterForbidden.step(homeOf({ zones: [] }), life.state, {
    kind: 'reading',
    reading: walks(at('08:05'), 1000),
    nowMs: at('08:05'),
  });
  expect(heads(signals ?? [])).toEqual(['clear P2 zoneEnterForbidden']);
  expect(state['band-1']?.stays).toEqual({});
});

test('a road forbidden by night may be crossed by day', () => {
  const road = { ...lake, schedule: { from: '22:00', to: '06:00' } };
  const night = [0, 1].map((i) => walks(at('23:00') + i * minuteMs, 1000));
  const at23 = replay(zoneEnterForbidden, homeOf({ zones: [road] }), night);
  expect(heads(at23)).toEqual(['raise P2 zoneEnterForbidden']);
  expect(replay(zoneEnterForbidden, homeOf({ zones: [road] }), walk(1000, 1000, 1000))).toEqual([]);
});

test('far from every forbidden zone little is written', () => {
  const life = new Life(zoneEnterForbidden, byTheLake);
  for (let i = 0; i < 60; i++) life.hear(walks(at('08:00') + i * 30_000, 0));
  expect(life.writes).toBe(6);
});

test('who is known to be at cognitive risk and stays in it is in danger: critical with the third fix, once', () => {
  const atRisk = homeOf({ zones: [lake], resident: { cognitiveRisk: true } });
  const signals = replay(zoneEnterForbidden, atRisk, walk(900, 990, 1000, 1010, 1000, 1010, 1100, 1100));
  expect(heads(signals)).toEqual([
    'raise P2 zoneEnterForbidden',
    'raise P1 zoneEnterForbidden',
    'clear P1 zoneEnterForbidden',
  ]);
});

test('a fix kept from another city does not blind the rule to the lake', () => {
  const elsewhere = walks(at('07:59'), 150_000);
  const signals = replay(zoneEnterForbidden, byTheLake, [elsewhere, ...walk(1000, 1000, 1000, 1000, 1000)]);
  expect(heads(signals)).toEqual(['raise P2 zoneEnterForbidden']);
});

test('it says how far inside, how accurate, and what would have kept it quiet', () => {
  const [signal] = replay(zoneEnterForbidden, byTheLake, walk(900, 990, 1000));
  const { because, unless } = (signal?.evidence ?? {}) as Record<'because' | 'unless', { en: string }[]>;
  expect(because[0]?.en).toBe('Two fixes lay in the zone, the last 60 m inside its edge (accuracy 12 m)');
  expect(unless[1]?.en).toBe('Fixes with an accuracy worse than 120 m would not have counted');
});
