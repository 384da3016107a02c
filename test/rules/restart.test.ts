import { describe, expect, test } from 'vitest';
import type { Signal } from '../../model/alert.ts';
import type { Facts, Reading } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { rules } from '../../rules/index.ts';
import { doubtfulBurst } from './support/bursts.ts';
import { at, homeOf, homeZone, hourMs, lake, minuteMs, says, walks } from './support/home.ts';

const home = homeOf({ zones: [homeZone, lake] });
const endMs = at('23:00', 2);

const band = (time: string, facts: Facts, received = time) => says('band-1', at(time), facts, at(received));
const every = (fromMs: number, times: number, stepMs: number, say: (atMs: number) => Reading) =>
  Array.from({ length: times }, (_, i) => say(fromMs + i * stepMs));

/** One day with something for every rule, in order of arrival: late, out of order, and clocks of another year among it. */
const days: Readonly<Record<string, readonly Reading[]>> = {
  'a fall nobody answers, then a press': [
    says('pir-1', at('08:00'), { motion: true }),
    band('08:10', { events: ['fall'], steps: 100 }),
    says('pir-1', at('08:10:05'), { motion: false }),
    says('button-1', at('08:20'), { events: ['sos'] }),
    says('button-1', at('07:55'), { events: ['sos'] }, at('08:21')),
  ],
  'a faint blow after which nothing moves, and a question nobody answers': [
    says('pir-1', at('08:00'), { motion: true }),
    band('08:10', { burst: doubtfulBurst() }),
    says('door-1', at('08:11'), { contactOpen: false }),
    ...every(at('08:12'), 8, 5 * minuteMs, (atMs) => says('band-1', atMs, { steps: 4000, worn: true })),
  ],
  'smoke that goes on, gas beside it, toast the days after': [
    says('pir-1', at('08:00'), { motion: true }),
    says('smoke-1', at('08:05'), { smoke: true }),
    says('gas-1', at('08:05:30'), { temperatureC: 24 }),
    says('gas-1', at('08:06'), { temperatureC: 40 }),
    says('smoke-1', at('08:09'), { smoke: true }),
    says('gas-1', at('08:30'), { gas: true }),
    says('gas-1', at('08:40'), { gas: false }),
    says('smoke-1', at('08:41'), { smoke: false }),
    says('smoke-1', at('07:00'), { smoke: true }, at('08:50')),
  ],
  'a band off the wrist outside, and a battery that runs down': [
    ...every(at('09:00'), 6, minuteMs, (atMs) => walks(atMs, 900)),
    band('09:06', { worn: false, batteryPct: 14 }),
    band('09:30', { batteryPct: 4 }),
    band('10:30', { worn: true, batteryPct: 3 }),
    band('10:40', { charging: true, batteryPct: 9 }),
    ...every(at('11:00'), 5, minuteMs, (atMs) => walks(atMs, 0)),
    says('door-1', at('11:06'), { events: ['tamper'] }),
  ],
  'vital signs that go wrong, in and out of a buffer': [
    ...every(at('09:00'), 6, 5 * minuteMs, (atMs) => says('band-1', atMs, { heartRateBpm: 140, spo2Pct: 96 })),
    ...every(at('09:30'), 10, 5 * minuteMs, (atMs) => says('band-1', atMs, { heartRateBpm: 80, spo2Pct: 97 })),
    { ...says('cuff-1', at('10:30'), { systolicMmHg: 230 }), kind: 'vitalsMonitor' },
    ...every(at('11:00'), 4, 5 * minuteMs, (atMs) => says('band-1', atMs, { spo2Pct: 80 }, at('12:00'))),
  ],
  'the lake, and then silence for a day': [
    says('pir-1', at('07:00'), { motion: true }),
    says('door-1', at('07:01'), { contactOpen: true }),
    ...every(at('07:10'), 8, minuteMs, (atMs) => walks(atMs, 1000)),
    says('hub-1', at('07:30'), { online: false }),
  ],
  'a few metres past the edge, and then silence': [
    ...every(at('09:00'), 4, 30_000, (atMs) => walks(atMs, 322, 8)),
    ...every(at('10:00'), 3, minuteMs, (atMs) => walks(atMs, 0)),
    ...every(at('11:00'), 4, 30_000, (atMs) => walks(atMs, 322, 8)),
  ],
  'clocks of another year': [
    { ...says('button-1', at('08:00'), { events: ['sos'] }), takenAtMs: Date.UTC(2020, 0, 1), late: true },
    { ...says('smoke-1', at('08:10'), { smoke: true }), takenAtMs: Date.UTC(2020, 0, 1), late: true },
    { ...band('08:20', { events: ['fall'] }), takenAtMs: Date.UTC(2020, 0, 1), late: true },
    { ...band('08:25', { heartRateBpm: 150 }), takenAtMs: Date.UTC(2020, 0, 1), late: true },
  ],
};

type Life = {
  /** Restart before the reading with this index; undefined: never. `every`: before each. */
  readonly restartBefore?: number | 'every';
  /** The service is not there from the reading before the restart until the restart. */
  readonly isDown?: boolean;
  /** What the restarted service says of its own absence. */
  readonly knowsItWasAway?: boolean;
  /** The home is only read again when its turn comes, right before the next deadlines. */
  readonly sleeps?: boolean;
};

function lived(readings: readonly Reading[], { restartBefore, isDown, knowsItWasAway, sleeps }: Life = {}): Signal[] {
  let engine = new Engine(rules, () => home, 0);
  const signals: Signal[] = [];
  const meet = (nowMs: number) => {
    engine.wake(1);
    for (const { signals: said } of engine.due(nowMs)) signals.push(...said);
  };
  const restart = (nowMs: number) => {
    const json = engine.stateOf('wang');
    engine = new Engine(rules, () => home, knowsItWasAway ? nowMs : 0);
    if (sleeps) engine.restoreLater('wang', json);
    else engine.restore('wang', json);
  };
  for (const [index, reading] of readings.entries()) {
    const nowMs = reading.receivedAtMs;
    const restarts = restartBefore === 'every' || restartBefore === index;
    if (!(restarts && isDown)) meet(nowMs);
    if (restarts) restart(nowMs);
    meet(nowMs);
    signals.push(...engine.step(reading, nowMs).signals);
    // A second turn of the clock at the same moment finds nothing left to do.
    meet(nowMs);
  }
  for (let nowMs = (readings.at(-1)?.receivedAtMs ?? 0) + hourMs; nowMs <= endMs; nowMs += hourMs) {
    if (restartBefore === 'every') restart(nowMs);
    meet(nowMs);
  }
  return signals;
}

const ids = (signals: readonly Signal[]) => signals.map(({ id, effect }) => `${effect} ${id}`);
/** `confirmed` adds to an alarm told long ago: after an absence it waits half a minute for the end that is on its way. */
const gravest = (signals: readonly Signal[]) =>
  ids(
    signals.filter(({ id, severity, effect }) => severity === 'P1' && effect === 'raise' && !id.endsWith(':confirmed')),
  );

describe.each(Object.entries(days))('%s', (_name, readings) => {
  const whole = lived(readings);

  test('says something', () => expect(whole.length).toBeGreaterThan(0));

  test('killed and restarted before every message and every hour, it says exactly the same', () => {
    expect(lived(readings, { restartBefore: 'every' })).toEqual(whole);
    expect(lived(readings, { restartBefore: 'every', sleeps: true })).toEqual(whole);
  });

  test('down across any of its deadlines, each is met once, none twice and none lost', () => {
    for (let index = 1; index < readings.length; index++) {
      const after = ids(lived(readings, { restartBefore: index, isDown: true }));
      expect(new Set(after).size, `down before message ${index}`).toBe(new Set(ids(whole)).size);
      expect(after, `down before message ${index}`).toEqual(ids(whole));
    }
  });

  test('knowing that it was away, it loses no emergency and says none twice', () => {
    for (let index = 1; index < readings.length; index++) {
      const after = gravest(lived(readings, { restartBefore: index, isDown: true, knowsItWasAway: true }));
      expect(after.toSorted(), `away before message ${index}`).toEqual(gravest(whole).toSorted());
    }
  });
});

/** What an emergency is when it arrives late: told, marked late, at the time it happened. */
const emergencies = [
  { deviceId: 'button-1', facts: { events: ['sos'] }, type: 'sos', severity: 'P1' },
  { deviceId: 'smoke-1', facts: { events: ['smoke'] }, type: 'smoke', severity: 'P1' },
  { deviceId: 'smoke-1', facts: { smoke: true }, type: 'smoke', severity: 'P1' },
  { deviceId: 'gas-1', facts: { gas: true }, type: 'gas', severity: 'P1' },
  { deviceId: 'band-1', facts: { events: ['fall'] }, type: 'fall', severity: 'P2' },
] as const;
const delays = [
  { name: '20 minutes', ms: 20 * minuteMs },
  { name: '23 hours', ms: 23 * hourMs },
  { name: '25 hours, with a clock nobody can vouch for', ms: 25 * hourMs },
  { name: 'five years', ms: 5 * 365 * 24 * hourMs },
];
for (const { deviceId, facts, type, severity } of emergencies) {
  test.each(delays)(`${type} (${Object.keys(facts)}) that is $name old is told at once, marked late`, ({ ms }) => {
    const takenAtMs = at('08:00');
    const [first] = lived([says(deviceId, takenAtMs, facts, takenAtMs + ms)]);
    expect(first).toMatchObject({ type, severity, late: true, atMs: takenAtMs, receivedAtMs: takenAtMs + ms });
  });
}
