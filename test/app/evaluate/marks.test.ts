import { describe, expect, test } from 'vitest';
import type { Raise } from '../../../app/evaluate/book.ts';
import { marked } from '../../../app/evaluate/marks.ts';
import { scoresOf } from '../../../app/evaluate/scores.ts';
import { duration, formatScores } from '../../../app/evaluate/table.ts';
import type { Truth } from '../../../simulators/weeks/truth.ts';

const minuteMs = 60_000;
const nineMs = Date.parse('2026-03-02T09:00:00+08:00');

/** She is out from 9:00 to 10:00. */
const exit: Truth = {
  id: 'exit:wang',
  what: 'exitOnFoot',
  residentId: 'wang',
  fromMs: nineMs,
  untilMs: nineMs + 60 * minuteMs,
  detectedBy: ['zoneExit'],
  alsoTrue: ['notWorn'],
  isRequired: true,
  isEmergency: true,
};

function raised(minute: number, more: Partial<Raise> = {}): Raise {
  return {
    alertId: `a${minute}`,
    type: 'zoneExit',
    severity: 'P2',
    residentId: 'wang',
    deviceId: 'band',
    atMs: nineMs + minute * minuteMs,
    isNews: true,
    summary: '',
    circumstances: [],
    ...more,
  };
}

const counts = (truths: readonly Truth[], raises: readonly Raise[]) => {
  const { findings, falseAlarms } = marked(truths, raises);
  return { noticed: findings.filter(({ raise }) => raise).length, falseAlarms: falseAlarms.length };
};

describe('an alert is held against what happened', () => {
  test('said two minutes after she left: noticed after two minutes', () => {
    expect(marked([exit], [raised(2)]).findings[0]).toMatchObject({ delayMs: 2 * minuteMs });
    expect(counts([exit], [raised(2)])).toEqual({ noticed: 1, falseAlarms: 0 });
  });

  const misses = [
    { name: 'nothing said', raises: [], falseAlarms: 0 },
    { name: 'said before she left', raises: [raised(-30)], falseAlarms: 1 },
    { name: 'said when it was long over', raises: [raised(90)], falseAlarms: 1 },
    { name: 'said of somebody else', raises: [raised(2, { residentId: 'chen' })], falseAlarms: 1 },
    { name: 'something else said', raises: [raised(2, { type: 'inactivity' })], falseAlarms: 1 },
    { name: 'only what follows from it said', raises: [raised(2, { type: 'notWorn' })], falseAlarms: 0 },
  ];
  for (const { name, raises, falseAlarms } of misses) {
    test(`${name}: a miss and ${falseAlarms} false alarms`, () => {
      expect(counts([exit], raises)).toEqual({ noticed: 0, falseAlarms });
    });
  }

  test('on the last steps before the edge it is no false alarm, and noticed without delay', () => {
    const leaving = { ...exit, earliestMs: exit.fromMs - 2 * minuteMs };
    expect(counts([leaving], [raised(-1)])).toEqual({ noticed: 1, falseAlarms: 0 });
    expect(marked([leaving], [raised(-1)]).findings[0]).toMatchObject({ delayMs: 0 });
    expect(counts([leaving], [raised(-3)])).toEqual({ noticed: 0, falseAlarms: 1 });
  });

  test('a false alarm that goes on is one false alarm', () => {
    expect(counts([], [raised(0), raised(10, { isNews: false }), raised(20, { isNews: false })]).falseAlarms).toBe(1);
  });

  test('a false alarm that becomes true is still one, and what became true is noticed', () => {
    expect(counts([exit], [raised(-5), raised(3, { isNews: false })])).toEqual({ noticed: 1, falseAlarms: 1 });
  });

  test('a suspicion that grows into an emergency for nothing is counted once as such', () => {
    const grown = [raised(0), raised(1, { alertId: 'a0', isNews: false, severity: 'P1' })];
    expect(marked([], [...grown, ...grown])).toMatchObject({ falseEmergencies: 1 });
    expect(marked([exit], grown)).toMatchObject({ falseEmergencies: 0 });
  });

  test('an alert about the door sensor does not tell that the hub is dead', () => {
    const deadHub: Truth = { ...exit, deviceId: 'hub', detectedBy: ['deviceOffline'], alsoTrue: [] };
    const silent = (deviceId: string) => raised(5, { type: 'deviceOffline', deviceId });
    expect(counts([deadHub], [silent('door')])).toEqual({ noticed: 0, falseAlarms: 1 });
    expect(counts([deadHub], [silent('hub')])).toEqual({ noticed: 1, falseAlarms: 0 });
  });

  test('an outage is about a place: whoever says it, nobody else is wrong', () => {
    const outage: Truth = { ...exit, residentId: '@grid-1', detectedBy: ['areaOutage'] };
    expect(counts([outage], [raised(4, { type: 'areaOutage', residentId: '@town' })])).toEqual({
      noticed: 1,
      falseAlarms: 0,
    });
  });
});

const none = { messages: 0, homesWith: { guarded: 10, wristband: 10, residents: 10 }, traits: {} };

describe('the table', () => {
  test('counts per resident-month of those the rule can be wrong about, and says which goals are missed', () => {
    const lived = { ...none, ...marked([exit], [raised(-30), raised(-20)]) };
    const { lines, goals } = scoresOf(lived, 15);
    // Ten guarded residents for half a month are five resident-months.
    expect(lines).toMatchObject([
      { type: 'zoneExit', happened: 1, noticed: 0, falseAlarms: 2, falsePerResidentMonth: 0.4 },
    ]);
    expect(goals.map(({ isMet }) => isMet)).toEqual([false, false, true, false]);
  });

  test('meets every goal when everything was noticed and nothing else said', () => {
    const { goals } = scoresOf({ ...none, ...marked([exit], [raised(2)]) }, 15);
    expect(goals.every(({ isMet }) => isMet)).toBe(true);
  });

  test('what may be noticed but need not be is in no recall', () => {
    const grazed = { ...exit, isRequired: false };
    expect(scoresOf({ ...none, ...marked([grazed], []) }, 15).lines).toEqual([]);
    expect(scoresOf({ ...none, ...marked([grazed], [raised(1)]) }, 15).lines).toEqual([]);
  });

  test('what is worth noticing and no emergency is in the table, and in no goal of emergencies', () => {
    const pacing: Truth = { ...exit, what: 'pacingNearHome', detectedBy: ['wandering'], isEmergency: false };
    const { lines, goals, kinds } = scoresOf({ ...none, ...marked([pacing], []) }, 15);
    expect(lines).toMatchObject([{ type: 'wandering', happened: 1, noticed: 0 }]);
    expect(goals.find(({ goal }) => goal.includes('emergency'))).toMatchObject({ value: '0 of 0', isMet: true });
    expect(kinds).toEqual([{ what: 'pacingNearHome', isEmergency: false, happened: 1, noticed: 0 }]);
  });

  test('offline alerts on a flapping link are counted as such', () => {
    const flapped = raised(1, { type: 'deviceOffline', circumstances: ['link flapping now'] });
    const { goals } = scoresOf({ ...none, ...marked([], [flapped, raised(5, { type: 'deviceOffline' })]) }, 15);
    expect(goals.find(({ goal }) => goal.includes('flapping'))).toMatchObject({ value: '1', isMet: false });
  });

  test('false exits are told apart by where the home lies', () => {
    const near = raised(-20, { circumstances: ['at home', '20 m from the edge'] });
    const traits = { wang: ['20 m from the edge'], chen: ['300 m from the edge', 'pet'] };
    expect(scoresOf({ ...none, traits, ...marked([exit], [near]) }, 15).edges).toEqual([
      { toEdge: '300 m from the edge', homes: 1, falsePerMonth: 0 },
      { toEdge: '20 m from the edge', homes: 1, falsePerMonth: 2 },
    ]);
  });

  test('columns stand under each other', () => {
    const ours = scoresOf({ ...none, ...marked([exit], [raised(2)]) }, 30);
    const naive = scoresOf({ ...none, ...marked([exit], [raised(-3), raised(1)]) }, 30);
    const [head = '', first = '', second = ''] = formatScores(ours, naive).split('\n');
    expect(first).toMatch(/^zoneExit +ours +1 +1 +100\.0 % +2\.0 min +2\.0 min +0 +0\.000$/);
    expect(second).toMatch(/^zoneExit +naive +1 +1 +100\.0 % +60 s +60 s +1 +0\.100$/);
    expect(head.length).toBe(first.length);
  });

  test('durations are read at a glance', () => {
    expect([0.34, 75, 240, 50_000].map((seconds) => duration(seconds))).toEqual(['0.3 s', '75 s', '4.0 min', '13.9 h']);
  });
});
