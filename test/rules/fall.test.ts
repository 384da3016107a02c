import { expect, test } from 'vitest';
import { fall } from '../../rules/fall.ts';
import { at, homeOf, says } from './support/home.ts';
import { heads, replay } from './support/replay.ts';

const fell = says('band-1', at('08:00'), { events: ['fall'], steps: 5000 });
const untilMs = at('09:00');

test('a fall is told at once, and is critical when a minute passes without an answer', () => {
  const signals = replay(fall, homeOf(), [fell], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
  expect(signals[1]).toMatchObject({ atMs: at('08:00'), receivedAtMs: at('08:01'), suspected: true });
});

test('"I am fine" within the minute takes it back', () => {
  const ok = says('button-1', at('08:00:40'), { events: ['ok'] });
  const signals = replay(fall, homeOf(), [fell, ok], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'clear P2 fall']);
  expect(signals[1]?.deviceId).toBe('band-1');
});

const signsOfLife = [
  { name: '20 steps', readings: [says('band-1', at('08:00:50'), { steps: 5020 })] },
  { name: 'somebody moving in the living room', readings: [says('pir-1', at('08:00:30'), { motion: true })] },
];
for (const { name, readings } of signsOfLife) {
  test(`${name} within the minute keep it a suspicion for people to close`, () => {
    expect(heads(replay(fall, homeOf(), [fell, ...readings], { untilMs }))).toEqual(['raise P2 fall']);
  });
}

const noSigns = [
  { name: '19 steps', home: homeOf(), reading: says('band-1', at('08:00:50'), { steps: 5019 }) },
  { name: 'the movement of the fall itself', home: homeOf(), reading: says('pir-1', at('08:00:05'), { motion: true }) },
  {
    name: 'the cat',
    home: homeOf({ resident: { hasPet: true } }),
    reading: says('pir-1', at('08:00:30'), { motion: true }),
  },
  {
    name: 'an "I am fine" from before',
    home: homeOf(),
    reading: says('button-1', at('07:59'), { events: ['ok'] }, at('08:00:20')),
  },
  {
    name: '"I am fine" after the minute',
    home: homeOf(),
    reading: says('button-1', at('08:01:05'), { events: ['ok'] }),
  },
];
for (const { name, home, reading } of noSigns) {
  test(`${name} is no answer`, () => {
    expect(heads(replay(fall, home, [fell, reading], { untilMs }))).toEqual(['raise P2 fall', 'raise P1 fall']);
  });
}

test('a second fall does not put off the first', () => {
  const again = says('band-1', at('08:00:50'), { events: ['fall'] });
  const signals = replay(fall, homeOf(), [fell, again], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P2 fall', 'raise P1 fall']);
  expect(signals[2]?.receivedAtMs).toBe(at('08:01'));
});

test('a fall out of a buffer gets the rest of the buffer to be answered, and no longer', () => {
  const late = says('band-1', at('08:00'), { events: ['fall'], steps: 100 }, at('08:30'));
  const walked = says('band-1', at('08:05'), { steps: 400 }, at('08:30:02'));
  expect(heads(replay(fall, homeOf(), [late, walked], { untilMs }))).toEqual(['raise P2 fall']);

  const signals = replay(fall, homeOf(), [late], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
  expect(signals[1]).toMatchObject({ late: true, receivedAtMs: at('08:30:10') });
});

test('an unanswered fall of the time when the service was down is told when it is up', () => {
  const signals = replay(fall, homeOf(), [fell], { untilMs, listeningSinceMs: at('08:20') });
  expect(signals[1]).toMatchObject({ severity: 'P1', receivedAtMs: at('08:20') });
});
