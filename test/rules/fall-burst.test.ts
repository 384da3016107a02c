import { expect, test } from 'vitest';
import type { Burst } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { judge } from '../../rules/fall/judge.ts';
import { fall } from '../../rules/fall.ts';
import { clapBurst, doubtfulBurst, fallBurst, impactAtS, restBurst, walkBurst } from './support/bursts.ts';
import { at, homeOf, says } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

/** A band sends the window once it is over. */
const sends = (time: string, burst: Burst, deviceId = 'band-1') => {
  const fromMs = at(time);
  return says(deviceId, fromMs, { burst }, fromMs + Math.round((1000 * burst.samples.length) / burst.rateHz));
};
const untilMs = at('12:00');

for (const rateHz of [10, 20, 25, 32, 50, 104]) {
  for (const site of ['wrist', 'waist'] as const) {
    test(`a fall under a band of ${rateHz} Hz on the ${site} is suspected, and critical a minute after the blow`, () => {
      const signals = replay(fall, homeOf(), [sends('08:00', fallBurst(rateHz, site))], { untilMs });
      expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
      expect(Math.abs((signals[0]?.atMs ?? 0) - at('08:00') - 1000 * impactAtS)).toBeLessThan(300);
      expect(signals[1]?.receivedAtMs).toBe((signals[0]?.atMs ?? 0) + 60_000);
    });
  }
}

const dailyLife = [
  { name: 'walking', burst: walkBurst() },
  { name: 'walking, worn on the belt', burst: walkBurst(50, 'waist') },
  { name: 'clapping hard', burst: clapBurst() },
  { name: 'sitting still', burst: restBurst() },
  { name: 'a band on a table', burst: { rateHz: 25, site: 'wrist', samples: Array(300).fill([0, 0, 1]) } as Burst },
];
for (const { name, burst } of dailyLife) {
  test(`${name} raises nothing`, () => {
    expect(replay(fall, homeOf(), [sends('08:00', burst)], { untilMs })).toEqual([]);
  });
}

test('a band that streams its day in windows writes nothing while nobody falls', () => {
  const life = new Life(fall, homeOf());
  for (let minute = 0; minute < 50; minute++) {
    life.hear(sends(`08:${String(minute).padStart(2, '0')}`, minute % 2 === 0 ? walkBurst() : restBurst()));
  }
  expect(life.signals).toEqual([]);
  expect(life.writes).toBe(0);
});

test('the same fall in the next window, and in the report of the band, is one fall', () => {
  const first = sends('08:00', fallBurst());
  const { rateHz, site, samples } = fallBurst();
  const next = sends('08:00:03', { rateHz, site, samples: samples.slice(3 * rateHz) });
  const flag = says('band-1', at('08:00:08'), { events: ['fall'] }, at('08:00:16'));
  const signals = replay(fall, homeOf(), [first, next, flag], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
});

test('a report first and its burst after it are one fall', () => {
  const flag = says('band-1', at('08:00:06'), { events: ['fall'] });
  const signals = replay(fall, homeOf(), [flag, sends('08:00', fallBurst())], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
});

test('a burst that the model takes for daily life does not take back what the band reports', () => {
  const flag = says('band-1', at('08:00:06'), { events: ['fall'] });
  const signals = replay(fall, homeOf(), [flag, sends('08:00', clapBurst())], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
});

/** The same band, whose clock runs four minutes ahead. */
const sendsAhead = (time: string, burst: Burst): ReturnType<typeof sends> => {
  const { takenAtMs, ...rest } = sends(time, burst);
  return { ...rest, takenAtMs: takenAtMs + 4 * 60_000 };
};
const fellAhead = sendsAhead('08:00', fallBurst());
const saysAhead = (time: string, facts: Parameters<typeof says>[2]) =>
  says('band-1', at(time) + 4 * 60_000, facts, at(time));

test('the clock of the band runs ahead: critical a minute after we knew, and its next quiet window puts nothing off', () => {
  const quiet = sendsAhead('08:00:12', restBurst());
  const signals = replay(fall, homeOf(), [fellAhead, quiet], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
  expect(signals[1]?.receivedAtMs).toBe(fellAhead.receivedAtMs + 60_000);
});

test('the clock of the band runs ahead: what still moves as she comes to rest is part of the fall', () => {
  const settling = saysAhead('08:00:13', { motion: true });
  expect(heads(replay(fall, homeOf(), [fellAhead, settling], { untilMs }))).toEqual(['raise P2 fall', 'raise P1 fall']);
});

test('the clock of the band runs ahead: its own steps take the fall back', () => {
  const steps = [saysAhead('08:00:14', { steps: 5000 }), saysAhead('08:00:50', { steps: 5030 })];
  expect(heads(replay(fall, homeOf(), [fellAhead, ...steps], { untilMs }))).toEqual(['raise P2 fall', 'clear P2 fall']);
});

test('a window full of walking after the fall is movement', () => {
  const signals = replay(fall, homeOf(), [sends('08:00', fallBurst()), sends('08:00:35', walkBurst())], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall']);
});

test('a band knocked off its charger asks for a look at the band, not for an ambulance', () => {
  const charging = says('band-1', at('07:00'), { charging: true });
  const signals = replay(fall, homeOf(), [charging, sends('08:00', fallBurst())], { untilMs });
  expect(heads(signals)).toEqual(['raise P3 fall', 'raise P2 fall']);
  expect(told(signals)[0]).toContain('请查看佩戴是否合适');

  const worn = says('band-1', at('07:30'), { charging: false, worn: true });
  expect(heads(replay(fall, homeOf(), [charging, worn, sends('08:00', fallBurst())], { untilMs }))).toEqual([
    'raise P2 fall',
    'raise P1 fall',
  ]);
});

test('the fourth suspicion of a day is told lower, and a report of the band beside it is not', () => {
  const ok = (time: string) => says('button-1', at(time), { events: ['ok'] });
  const three = ['08', '09', '10'].flatMap((hour) => [sends(`${hour}:00`, fallBurst()), ok(`${hour}:00:30`)]);
  const fourth = sends('11:00', fallBurst());
  const signals = replay(fall, homeOf(), [...three, fourth], { untilMs });
  expect(heads(signals).slice(-2)).toEqual(['raise P3 fall', 'raise P2 fall']);

  const flag = says('band-1', at('11:00:06'), { events: ['fall'] }, at('11:00:14'));
  const flagged = replay(fall, homeOf(), [...three, fourth, flag], { untilMs });
  expect(heads(flagged).slice(-3)).toEqual(['raise P3 fall', 'raise P2 fall', 'raise P1 fall']);

  const nextDay = replay(fall, homeOf(), [...three, sends('34:00', fallBurst())], { untilMs: at('35:00') });
  expect(heads(nextDay).slice(-2)).toEqual(['raise P2 fall', 'raise P1 fall']);
});

test('a racing heart lifts a suspicion that was told lower', () => {
  const before = says('band-1', at('07:00'), { heartRateBpm: 70, charging: true });
  const racing = says('band-1', at('08:00:40'), { heartRateBpm: 118 });
  const signals = replay(fall, homeOf(), [before, sends('08:00', fallBurst()), racing], { untilMs });
  expect(heads(signals)).toEqual(['raise P3 fall', 'raise P2 fall', 'raise P1 fall']);
  expect(signals[2]?.evidence).toMatchObject({ heartJumpBpm: 48 });
});

test('a burst out of a buffer is an alarm, marked late', () => {
  const late = says('band-1', at('08:00'), { burst: fallBurst() }, at('08:20'));
  const signals = replay(fall, homeOf(), [late], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
  expect(signals.every((signal) => signal.late)).toBe(true);
});

test('a band without a clock: its burst is dated by receipt, and the minute counts from there', () => {
  const signals = replay(fall, homeOf(), [says('band-1', at('08:00'), { burst: fallBurst() })], { untilMs });
  expect(signals[0]?.atMs).toBe(at('08:00'));
  expect(signals[1]?.receivedAtMs).toBe(at('08:01'));
});

test('the alert carries its numbers and says in words what looked like a fall and what would have kept it quiet', () => {
  const [signal] = replay(fall, homeOf(), [sends('08:00', fallBurst())]);
  expect(signal?.evidence).toMatchObject({ scoreThreshold: 50, isFlagged: false });
  const { score, peakG, freeFallMs, restStdG, postureChangeDeg, because, unless } = signal?.evidence ?? {};
  expect(score).toBeGreaterThanOrEqual(50);
  expect(peakG).toBeGreaterThan(3);
  expect(freeFallMs).toBeGreaterThan(200);
  expect(restStdG).toBeLessThan(0.1);
  expect(postureChangeDeg).toBeGreaterThan(45);
  expect(JSON.stringify(because)).toMatch(/what looked most like a fall: .+ in daily life/);
  expect(JSON.stringify(unless)).toContain('takes it back');
});

const doubtful = doubtfulBurst();
const inDoubt = () => sends('08:00', doubtful);

test('a mild blow raises nothing by itself', () => {
  expect(judge(doubtful).isDoubtful).toBe(true);
  expect(replay(fall, homeOf(), [inDoubt()], { untilMs })).toEqual([]);
});

const speakingForAFall = [
  { name: 'a call for help', readings: [says('button-1', at('08:01'), { events: ['sos'] })] },
  { name: 'a racing heart', readings: [says('band-1', at('08:01'), { heartRateBpm: 112, steps: 40 })] },
];
for (const { name, readings } of speakingForAFall) {
  test(`${name} within two minutes of a mild blow makes it a suspected fall`, () => {
    const usual = says('band-1', at('07:00'), { heartRateBpm: 70 });
    const counted = says('band-1', at('08:00:30'), { steps: 38 });
    const signals = replay(fall, homeOf(), [usual, inDoubt(), counted, ...readings], { untilMs });
    expect(heads(signals)[0]).toBe('raise P2 fall');
    expect(signals[0]?.evidence.score).toBeLessThan(50);
  });
}

test('the clock of the band runs ahead: its own call for help after a mild blow makes it a suspected fall', () => {
  const call = saysAhead('08:00:40', { events: ['sos'] });
  const blow = sendsAhead('08:00', doubtful);
  expect(heads(replay(fall, homeOf(), [blow, call], { untilMs }))[0]).toBe('raise P2 fall');
});

const speakingForNone = [
  { name: 'the pulse of every day', reading: says('band-1', at('08:01'), { heartRateBpm: 80, steps: 40 }) },
  { name: 'a racing heart much later', reading: says('band-1', at('08:10'), { heartRateBpm: 112, steps: 40 }) },
  { name: 'a heart that races from walking', reading: says('band-1', at('08:01'), { heartRateBpm: 112, steps: 90 }) },
  { name: '"I am fine"', reading: says('button-1', at('08:01'), { events: ['ok'] }) },
];
for (const { name, reading } of speakingForNone) {
  test(`${name} leaves a mild blow what it was`, () => {
    const usual = says('band-1', at('07:00'), { heartRateBpm: 70 });
    const counted = says('band-1', at('08:00:30'), { steps: 38 });
    expect(replay(fall, homeOf(), [usual, inDoubt(), counted, reading], { untilMs })).toEqual([]);
  });
}

test('a restart between the blow and the end of the minute tells the rest exactly once', () => {
  const engine = new Engine([fall], () => homeOf(), 0);
  const burst = sends('08:00', fallBurst());
  expect(engine.step(burst, burst.receivedAtMs).signals).toHaveLength(1);

  const restarted = new Engine([fall], () => homeOf(), at('08:00:40'));
  restarted.restore('wang', engine.stateOf('wang'));
  const told = [at('08:01'), at('08:02'), at('09:00')].flatMap((nowMs) =>
    [...restarted.due(nowMs)].flatMap(({ signals }) => signals),
  );
  expect(told.map(({ severity }) => severity)).toEqual(['P1']);
  expect([...restarted.due(at('10:00'))]).toEqual([]);
});
