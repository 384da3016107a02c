import { describe, expect, test } from 'vitest';
import type { Resident } from '../../model/people.ts';
import type { Facts, Reading } from '../../model/reading.ts';
import { zoneExit } from '../../rules/zone-exit.ts';
import { at, east, homeOf, homeZone, minuteMs, says, walks } from './support/home.ts';
import { heads, Life, replay } from './support/replay.ts';

const atRisk = (resident: Partial<Resident> = {}) => homeOf({ resident: { cognitiveRisk: true, ...resident } });
const she = atRisk();
const alone = atRisk({ livesAlone: true });
/** A fix every 30 s from `time`, so many metres east of home each. */
const walk = (time: string, metres: readonly number[], facts: Facts = {}) =>
  metres.map((m, i) => walks(at(time) + i * 30_000, m, 8, facts));
/** Out of the zone by 08:01, and the last word at 08:02. */
const leaves = walk('08:00', [0, 400, 410, 420, 430]);
const said = (time: string, facts: Facts, deviceId = 'band-1') => says(deviceId, at(time), facts);
const everyFiveMinutes = (from: string, to: string, facts: Facts) => {
  const words: Reading[] = [];
  for (let atMs = at(from); atMs <= at(to); atMs += 5 * minuteMs) words.push(says('band-1', atMs, facts));
  return words;
};

/** When it became critical, and what was told before; each is told once. */
function story(home: typeof she, readings: readonly Reading[], untilMs = at('23:59')) {
  const signals = replay(zoneExit, home, readings, { untilMs });
  expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length);
  const urgent = signals.filter(({ id }) => id.endsWith(':urgent'));
  expect(urgent.length).toBeLessThanOrEqual(1);
  return { urgent: urgent[0], heads: heads(signals) };
}

test('somebody at risk is out and falls silent: critical when she has been out for an hour', () => {
  const { urgent, heads } = story(she, leaves);
  expect(heads).toEqual(['raise P2 zoneExit', 'raise P1 zoneExit']);
  expect(urgent?.receivedAtMs).toBe(at('09:00:30'));
  expect(urgent?.summary.en).toBe('王秀英 was last seen 130 m outside the safe zone, and nothing has been heard since');
  expect(urgent).toMatchObject({ position: { ...east(430) }, evidence: { urgency: ['long', 'silent'] } });
  const { because } = (urgent?.evidence ?? {}) as { because: readonly { zh: string; en: string }[] };
  expect(because.map(({ en }) => en)).toEqual(
    expect.arrayContaining(['Nothing heard since 08:02:00, for 59 minutes', 'Outside for more than an hour']),
  );
});

test('more than two kilometres from home it does not take an hour, but twenty minutes of silence', () => {
  const far = [...leaves, ...walk('08:30', Array(10).fill(2500))];
  const { urgent } = story(she, far);
  expect(urgent?.evidence.urgency).toEqual(['far', 'silent']);
  expect(urgent?.receivedAtMs).toBe(at('08:54'));
});

describe('at night silence is enough', () => {
  test('seen a few metres past the edge and then not a word: told after eight minutes, critical a minute later', () => {
    const { urgent, heads } = story(she, walk('23:00', [0, 322, 326, 330]));
    expect(heads).toEqual(['raise P2 zoneExit', 'raise P1 zoneExit']);
    expect(urgent?.receivedAtMs).toBe(at('23:10:30'));
    expect(urgent?.evidence.urgency).toEqual(['night', 'silent']);
  });

  test('who fell silent in the evening is critical when the night begins', () => {
    const { urgent } = story(she, walk('21:20', [0, 400, 410, 420, 430]));
    expect(urgent?.receivedAtMs).toBe(at('22:00'));
  });
});

describe('not critical by the clock', () => {
  const quiet: { name: string; home?: typeof she; readings: readonly Reading[] }[] = [
    { name: 'who is not known to be at risk', home: homeOf(), readings: leaves },
    { name: 'whose band goes on speaking', readings: [...leaves, ...everyFiveMinutes('08:05', '21:00', { steps: 0 })] },
    { name: 'whose band was put on a charger', readings: [...leaves, said('08:05', { charging: true })] },
    { name: 'who was seen at the edge last', readings: [...leaves, walks(at('08:04'), 280, 8)] },
    { name: 'who heard the beacon of her home', readings: [...leaves, said('08:05', { homeAnchor: true })] },
    {
      name: 'who opened the door since',
      home: alone,
      readings: [...leaves, said('08:20', { contactOpen: true }, 'door-1')],
    },
  ];
  for (const { name, home = she, readings } of quiet) {
    test(name, () => expect(story(home, readings, at('21:00')).heads).toEqual(['raise P2 zoneExit']));
  }
});

test('found again outside it stays one excursion, critical once', () => {
  const { heads } = story(she, [...leaves, ...walk('09:20', [600, 610, 620, 0, 0])]);
  expect(heads).toEqual(['raise P2 zoneExit', 'raise P1 zoneExit', 'raise P1 zoneExit', 'clear P2 zoneExit']);
});

test('a door that explained the silence explains it until her next word', () => {
  const door = said('08:20', { contactOpen: true }, 'door-1');
  const { urgent } = story(alone, [...leaves, door, ...walk('09:30', Array(10).fill(500))]);
  expect(urgent?.receivedAtMs).toBe(at('09:54'));
});

test('silence while the service was down is not hers', () => {
  const life = new Life(zoneExit, she, { listeningSinceMs: at('10:00') });
  for (const reading of leaves) life.hear(reading);
  life.waitUntil(at('12:00'));
  expect(heads(life.signals)).toEqual(['raise P2 zoneExit', 'raise P1 zoneExit']);
  expect(life.signals[1]?.receivedAtMs).toBe(at('10:20'));
});

test('a zone that is drawn wider meanwhile has her inside', () => {
  const life = new Life(zoneExit, she);
  for (const reading of leaves) life.hear(reading);
  const zones = [{ ...homeZone, shape: { type: 'circle', center: east(0), radiusM: 600 } } as const];
  const wider = homeOf({ resident: { cognitiveRisk: true }, zones });
  const due = { kind: 'deadline', nowMs: at('09:30'), listeningSinceMs: 0 } as const;
  expect(heads(zoneExit.step(she, life.state, due).signals ?? [])).toEqual(['raise P1 zoneExit']);
  expect(zoneExit.step(wider, life.state, due).signals ?? []).toEqual([]);
});
