import { expect, test } from 'vitest';
import type { Facts, Reading } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { fall } from '../../rules/fall.ts';
import { clapBurst, doubtfulBurst, fallBurst, impactAtS, restBurst, walkBurst } from './support/bursts.ts';
import { allDevices, at, homeOf, minuteMs, says } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

const untilMs = at('12:00');
const day1 = { untilMs: at('23:59') };

/** A band sends the window of twelve seconds once it is over. */
const sends = (time: string, burst = doubtfulBurst(), day = 0) =>
  says('band-1', at(time, day) - 1000 * impactAtS, { burst }, at(time, day) + 6000);
/** What the band on her wrist says every five minutes. */
const reports = (from: string, times: number, facts: Facts = {}, day = 0): Reading[] =>
  Array.from({ length: times }, (_, i) =>
    says('band-1', at(from, day) + i * 5 * minuteMs, { steps: 4000, worn: true, heartRateBpm: 72, ...facts }),
  );
const inOrder = (...readings: readonly Reading[]) => readings.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
const lies = inOrder(sends('08:00'), ...reports('08:02', 12));

test('she lies still after a faint blow: her band asks after twenty minutes, and people are told ten minutes later', () => {
  const life = new Life(fall, homeOf());
  for (const reading of lies) life.hear(reading);
  life.waitUntil(untilMs);
  expect(life.commands).toMatchObject([{ deviceId: 'band-1', name: 'confirmOk', args: { withinS: 600 } }]);
  expect(told(life.signals)).toEqual(['raise P2 王秀英可能跌倒：一次轻微撞击后没有任何动静，询问也没有回应']);
  const [signal] = life.signals;
  expect(Math.abs((signal?.atMs ?? 0) - at('08:00'))).toBeLessThan(300);
  expect(signal).toMatchObject({ receivedAtMs: at('08:32'), suspected: true, late: false });
});

test('nothing more is made of it: no emergency, no second alarm, while she lies there', () => {
  const later = reports('10:05', 3, { steps: 4008 });
  expect(heads(replay(fall, homeOf(), [...lies, ...later], day1))).toEqual(['raise P2 fall']);
});

const answers = [
  { name: '"I am fine" on the call button', reading: says('button-1', at('09:10'), { events: ['ok'] }) },
  { name: 'a walk of twenty steps', reading: says('band-1', at('09:10'), { steps: 4020 }) },
];
for (const { name, reading } of answers) {
  test(`${name} half an hour after people were told takes it back, once`, () => {
    const signals = replay(fall, homeOf(), inOrder(...lies, reading, ...reports('09:20', 3, { steps: 4100 })), day1);
    expect(heads(signals)).toEqual(['raise P2 fall', 'clear P2 fall']);
    expect(signals[1]?.id).toBe(`${signals[0]?.id}:clear`);
    expect(signals[1]?.deviceId).toBe('band-1');
  });
}

test('an answer after six hours is none to it: by then somebody has been there', () => {
  const signals = replay(fall, homeOf(), inOrder(...lies, says('button-1', at('14:10'), { events: ['ok'] })), day1);
  expect(heads(signals)).toEqual(['raise P2 fall']);
});

test('it says in words and numbers what was seen and what would have kept it quiet', () => {
  const [signal] = replay(fall, homeOf(), lies, { untilMs });
  expect(signal?.evidence).toMatchObject({ isFlagged: false, scoreThreshold: 50, silentMin: 32 });
  const { because, unless } = signal?.evidence ?? {};
  expect(JSON.stringify(because)).toMatch(/too faint to be told by itself.+in the 32 minutes since.+not answered/);
  expect(JSON.stringify(unless)).toMatch(/20 steps.+within ten minutes of the question/);
});

const lives: readonly { readonly name: string; readonly readings: readonly Reading[] }[] = [
  { name: 'twenty steps', readings: [says('band-1', at('08:14'), { steps: 4020 })] },
  { name: 'somebody moving in the living room', readings: [says('pir-1', at('08:14'), { motion: true })] },
  {
    name: 'the door that opens and closes',
    readings: [true, false].map((contactOpen, i) => says('door-1', at('08:14') + i * 8000, { contactOpen })),
  },
  { name: '"I am fine" before anybody asks', readings: [says('button-1', at('08:05'), { events: ['ok'] })] },
  { name: '"I am fine" when asked', readings: [says('band-1', at('08:29'), { events: ['ok'] })] },
  { name: 'twenty steps when asked', readings: [says('band-1', at('08:29'), { steps: 4020 })] },
  { name: 'somebody moving after she was asked', readings: [says('pir-1', at('08:29'), { motion: true })] },
  { name: 'a call for help, which is told as one', readings: [says('button-1', at('08:14'), { events: ['sos'] })] },
  { name: 'the band taken off', readings: [says('band-1', at('08:14'), { worn: false })] },
  { name: 'the band on its charger', readings: [says('band-1', at('08:14'), { charging: true })] },
  { name: 'a window full of walking', readings: [sends('08:14', walkBurst())] },
  { name: 'applause', readings: [sends('08:14', clapBurst())] },
];
for (const { name, readings } of lives) {
  test(`${name} keeps it quiet`, () => {
    expect(replay(fall, homeOf(), inOrder(...lies, ...readings), { untilMs })).toEqual([]);
  });
}

const none: readonly { readonly name: string; readonly readings: readonly Reading[] }[] = [
  { name: 'an arm that waves', readings: [says('band-1', at('08:14'), { steps: 4008 })] },
  { name: 'what still moves in the first minutes', readings: [says('pir-1', at('08:01'), { motion: true })] },
  { name: 'a sensor that says that it works', readings: [says('pir-1', at('08:14'), { motion: false })] },
  {
    name: 'a door that stands open and says so again',
    readings: ['08:10', '08:20'].map((time) => says('door-1', at(time), { contactOpen: true })),
  },
  { name: 'a quiet window of the band', readings: [sends('08:14', restBurst())] },
  { name: 'another faint blow after the question', readings: [sends('08:25')] },
];
for (const { name, readings } of none) {
  test(`${name} is no sign of life`, () => {
    expect(heads(replay(fall, homeOf(), inOrder(...lies, ...readings), { untilMs }))).toEqual(['raise P2 fall']);
  });
}

test('the cat in the living room is no sign of hers', () => {
  const cat = says('pir-1', at('08:14'), { motion: true });
  const home = homeOf({ resident: { hasPet: true } });
  expect(heads(replay(fall, home, inOrder(...lies, cat), { untilMs }))).toEqual(['raise P2 fall']);
});

test('a home with nothing but the band is enough', () => {
  const devices = allDevices.filter(({ id }) => id === 'band-1');
  expect(heads(replay(fall, homeOf({ devices }), lies, { untilMs }))).toEqual(['raise P2 fall']);
});

const unknown: readonly { readonly name: string; readonly readings: readonly Reading[] }[] = [
  { name: 'a band that fell silent', readings: [sends('08:00'), ...reports('08:02', 2)] },
  { name: 'a band first heard of again after twenty minutes', readings: [sends('08:00'), ...reports('08:21', 2)] },
  {
    name: 'a band that lies on the table for all we know',
    readings: [
      sends('08:00'),
      ...reports('08:02', 12).map(({ facts: _facts, ...rest }) => ({ ...rest, facts: { steps: 4000 } })),
    ],
  },
  {
    name: 'a band that was taken off before',
    readings: [says('band-1', at('07:50'), { worn: false }), sends('08:00'), ...reports('08:02', 12, { worn: false })],
  },
];
for (const { name, readings } of unknown) {
  test(`${name} tells nothing of her, and nobody is asked`, () => {
    const life = new Life(fall, homeOf());
    for (const reading of readings) life.hear(reading);
    life.waitUntil(untilMs);
    expect([life.commands, life.signals]).toEqual([[], []]);
  });
}

test('at night, when going to bed looks the same, nobody is asked', () => {
  for (const [blow, first] of [
    ['21:10', '21:12'],
    ['03:00', '03:02'],
  ] as const) {
    expect(replay(fall, homeOf(), [sends(blow), ...reports(first, 12)], { untilMs: at('30:00') })).toEqual([]);
  }
});

test('who was asked is not asked again for three days', () => {
  const asked = (...days: readonly number[]) => {
    const life = new Life(fall, homeOf());
    for (const day of days) {
      for (const reading of [sends('08:00', doubtfulBurst(), day), ...reports('08:02', 5, {}, day)]) life.hear(reading);
      life.hear(says('band-1', at('08:25', day), { events: ['ok'] }));
    }
    return life.commands.length;
  };
  expect([asked(0, 1, 2), asked(0, 3), asked(0, 4, 8)]).toEqual([1, 2, 3]);
});

test('a fall in earnest meanwhile is told as what it is, once', () => {
  const flag = says('band-1', at('08:25'), { events: ['fall'] });
  expect(heads(replay(fall, homeOf(), inOrder(...lies, flag), { untilMs }))).toEqual([
    'raise P2 fall',
    'raise P1 fall',
  ]);
  const blow = sends('08:25', fallBurst());
  expect(heads(replay(fall, homeOf(), inOrder(...lies, blow), { untilMs }))).toEqual([
    'raise P2 fall',
    'raise P1 fall',
  ]);
});

test('a buffer that is emptied at once is heard to its end before anybody is asked', () => {
  const late = (readings: readonly Reading[], received: string) =>
    readings.map((reading, i) => ({ ...reading, receivedAtMs: at(received) + i, late: true }));
  const walked = [sends('08:00'), ...reports('08:02', 5), ...reports('08:27', 1, { steps: 4200 })];
  const life = new Life(fall, homeOf());
  for (const reading of late(walked, '08:30')) life.hear(reading);
  expect([life.commands, life.waitUntil(untilMs).signals]).toEqual([[], []]);

  const lay = [...late([sends('08:00'), ...reports('08:02', 4)], '08:18'), ...reports('08:23', 8)];
  const [signal] = replay(fall, homeOf(), lay, { untilMs });
  expect(signal).toMatchObject({ severity: 'P2', receivedAtMs: at('08:48') }); // asked twenty minutes from when we heard
});

const clocks = [
  { name: 'runs four minutes ahead', byMs: 4 * minuteMs },
  { name: 'runs twelve minutes behind', byMs: -12 * minuteMs },
];
for (const { name, byMs } of clocks) {
  test(`the clock of the band ${name}: asked twenty minutes after we heard of the blow`, () => {
    const off = lies.map((reading) => ({
      ...reading,
      takenAtMs: reading.takenAtMs + byMs,
      late: byMs < -10 * minuteMs,
    }));
    const [signal, ...more] = replay(fall, homeOf(), off, { untilMs });
    expect(signal).toMatchObject({ severity: 'P2', receivedAtMs: at('08:32') });
    expect(more).toEqual([]);
    const walked = off.map((reading) => (reading.receivedAtMs < at('08:12') ? reading : withSteps(reading, 4030)));
    expect(replay(fall, homeOf(), walked, { untilMs })).toEqual([]);
  });
}
const withSteps = (reading: Reading, steps: number) => ({ ...reading, facts: { ...reading.facts, steps } });

test('a band without a clock: everything counts from its receipt', () => {
  const received = lies.map((reading) => ({ ...reading, takenAtMs: reading.receivedAtMs }));
  expect(replay(fall, homeOf(), received, { untilMs })[0]).toMatchObject({ severity: 'P2', receivedAtMs: at('08:32') });
});

/** Asked at 08:22; then the service stops. */
function stoppedAt(time: string): Engine {
  const before = new Engine([fall], () => homeOf(), 0);
  for (const reading of lies.filter(({ receivedAtMs }) => receivedAtMs < at(time)))
    before.step(reading, reading.receivedAtMs);
  const after = new Engine([fall], () => homeOf(), at('09:30'));
  after.restore('wang', before.stateOf('wang'));
  return after;
}
const tells = (engine: Engine, ...times: readonly string[]) =>
  times.flatMap((time) => [...engine.due(at(time))].flatMap(({ signals }) => signals));

test('a restart after the question tells it exactly once, when the answers that devices kept would be here', () => {
  const restarted = stoppedAt('08:24');
  expect(tells(restarted, '09:30', '09:31')).toEqual([]);
  const [signal, ...more] = tells(restarted, '09:32', '09:33', '10:00', '12:00');
  expect(signal).toMatchObject({ severity: 'P2', receivedAtMs: at('09:32') });
  expect(more).toEqual([]);
});

test('an answer that the band kept while the service was away is an answer', () => {
  const restarted = stoppedAt('08:24');
  restarted.step(says('band-1', at('08:25'), { events: ['ok'] }, at('09:30:40')), at('09:30:40'));
  expect(tells(restarted, '09:32', '12:00')).toEqual([]);
});

test('restarted before the question, it asks and tells as if nothing had been', () => {
  const before = new Engine([fall], () => homeOf(), 0);
  let engine = before;
  const signals = lies.flatMap((reading) => {
    const state = engine.stateOf('wang');
    engine = new Engine([fall], () => homeOf(), 0);
    engine.restore('wang', state);
    return [
      ...[...engine.due(reading.receivedAtMs)].flatMap((effect) => effect.signals),
      ...engine.step(reading, reading.receivedAtMs).signals,
    ];
  });
  expect(heads(signals)).toEqual(['raise P2 fall']);
  expect(signals).toEqual(replay(fall, homeOf(), lies, { untilMs }));
});
