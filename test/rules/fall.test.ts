import { expect, test } from 'vitest';
import { fall } from '../../rules/fall.ts';
import { at, homeOf, says } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

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

test('20 steps within the minute take it back', () => {
  const walked = says('band-1', at('08:00:50'), { steps: 5020 });
  const signals = replay(fall, homeOf(), [fell, walked], { untilMs });
  expect(told(signals)).toEqual(['raise P2 王秀英疑似跌倒', 'clear P2 王秀英已起身走了 20 步']);
});

test('somebody moving in the living room within the minute keeps it a suspicion for people to close', () => {
  const moves = says('pir-1', at('08:00:30'), { motion: true });
  expect(heads(replay(fall, homeOf(), [fell, moves], { untilMs }))).toEqual(['raise P2 fall']);
});

test('she moved once but has not walked for three minutes: critical', () => {
  const moves = says('pir-1', at('08:00:30'), { motion: true });
  const still = says('band-1', at('08:02'), { steps: 5002 });
  const signals = replay(fall, homeOf(), [fell, moves, still], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
  expect(signals[1]).toMatchObject({ receivedAtMs: at('08:03'), evidence: { unansweredS: 180 } });
});

test('she moved, and walked later: for people to close', () => {
  const moves = says('pir-1', at('08:00:30'), { motion: true });
  const walked = says('band-1', at('08:02'), { steps: 5060 });
  expect(heads(replay(fall, homeOf(), [fell, moves, walked], { untilMs }))).toEqual(['raise P2 fall']);
});

test('a call for help after the fall does not wait for the minute', () => {
  const pressed = says('button-1', at('08:00:20'), { events: ['sos'] });
  const signals = replay(fall, homeOf(), [fell, pressed], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
  expect(signals[1]).toMatchObject({ receivedAtMs: at('08:00:20'), evidence: { helpAfterS: 20 } });
});

test('a fall and a call for help in one message are critical at once', () => {
  const both = says('band-1', at('08:00'), { events: ['fall', 'sos'] });
  expect(heads(replay(fall, homeOf(), [both], { untilMs }))).toEqual(['raise P2 fall', 'raise P1 fall']);
});

test('what the band itself reports is never lowered: not on the charger, not the fifth time a day', () => {
  const charging = says('band-1', at('06:00'), { charging: true });
  const falls = [7, 8, 9, 10, 11].map((hour) => says('band-1', at(`${hour}:00`), { events: ['fall'] }));
  const signals = replay(fall, homeOf(), [charging, ...falls], { untilMs: at('12:00') });
  expect(heads(signals).filter((head) => head === 'raise P2 fall')).toHaveLength(5);
  expect(heads(signals).filter((head) => head === 'raise P1 fall')).toHaveLength(5);
});

test('she is asked whether she is all right, on the button before the band', () => {
  const life = new Life(fall, homeOf());
  expect(life.hear(fell).commands).toMatchObject([{ deviceId: 'button-1', name: 'confirmOk', args: { withinS: 60 } }]);
});

test('the alert says why in words, and what would have taken it back', () => {
  const [signal] = replay(fall, homeOf(), [fell]);
  expect(signal?.evidence).toMatchObject({
    because: [{ zh: '手环自己报告了跌倒' }],
    unless: [{ en: 'an "I am fine" within a minute takes it back' }, { en: '20 steps within a minute take it back' }],
  });
});

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
  const walked = says('band-1', at('08:00:55'), { steps: 130 }, at('08:30:02'));
  expect(heads(replay(fall, homeOf(), [late, walked], { untilMs }))).toEqual(['raise P2 fall', 'clear P2 fall']);

  const signals = replay(fall, homeOf(), [late], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
  expect(signals[1]).toMatchObject({ late: true, receivedAtMs: at('08:30:10') });
});

test('an unanswered fall of the time when the service was down is told when it is up', () => {
  const signals = replay(fall, homeOf(), [fell], { untilMs, listeningSinceMs: at('08:20') });
  expect(signals[1]).toMatchObject({ severity: 'P1', receivedAtMs: at('08:20') });
});

const ahead = says('band-1', at('08:04'), { events: ['fall'], steps: 5000 }, at('08:00'));

test('the clock of the band runs four minutes ahead: critical a minute after we knew of it, not five', () => {
  const signals = replay(fall, homeOf(), [ahead], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 fall', 'raise P1 fall']);
  expect(signals[1]).toMatchObject({ atMs: at('08:00'), receivedAtMs: at('08:01'), evidence: { unansweredS: 60 } });
});

for (const { name, answer } of [
  { name: 'her button, whose clock is right', answer: says('button-1', at('08:00:30'), { events: ['ok'] }) },
  { name: 'the band itself', answer: says('band-1', at('08:04:30'), { events: ['ok'] }, at('08:00:30')) },
  { name: 'steps', answer: says('band-1', at('08:04:50'), { steps: 5020 }, at('08:00:50')) },
]) {
  test(`the clock of the band runs ahead: ${name} says that she is fine`, () => {
    const signals = replay(fall, homeOf(), [ahead, answer], { untilMs });
    expect(heads(signals)).toEqual(['raise P2 fall', 'clear P2 fall']);
  });
}
