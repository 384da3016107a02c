import { expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import { contactLost } from '../../rules/contact-lost.ts';
import { at, homeOf, minuteMs, says, walks } from './support/home.ts';
import { heads, Life, replay, told } from './support/replay.ts';

const she = homeOf();
const walk = (time: string, ...metres: readonly number[]) => metres.map((m, i) => walks(at(time) + i * minuteMs, m));
const untilMs = at('23:00');

test('outside and then silent: urgent after ten minutes, once, with where she was and where she went', () => {
  const signals = replay(contactLost, she, walk('08:00', 0, 400, 460, 520), { untilMs });
  expect(told(signals)).toEqual(['raise P2 王秀英在安全区外失去联系 10 分钟']);
  expect(signals[0]).toMatchObject({ atMs: at('08:13'), position: { accuracyM: 12 } });
  expect(signals[0]?.evidence).toMatchObject({ lastFixAtMs: at('08:03'), outsideM: 220, courseDeg: 90, speedMps: 1 });
  expect(signals[0]?.evidence.reachM).toBe(12 + 600 * 1.2);
});

test('the next word ends it, whatever it says, and a second silence is another', () => {
  const again = [says('band-1', at('08:30'), { batteryPct: 50 }), ...walk('08:31', 700, 760)];
  const signals = replay(contactLost, she, [...walk('08:00', 400, 460), ...again], { untilMs });
  expect(heads(signals)).toEqual(['raise P2 contactLost', 'clear P2 contactLost', 'raise P2 contactLost']);
  expect(signals[1]?.id).toBe(`${signals[0]?.id}:clear`);
  expect(signals[2]?.id).not.toBe(signals[0]?.id);
});

test('the battery died on the way: told after five minutes', () => {
  const dying = [400, 460, 520].map((m, i) => walks(at('08:00') + i * minuteMs, m, 12, { batteryPct: 6 - i }));
  const [signal] = replay(contactLost, she, dying, { untilMs });
  expect(signal?.atMs).toBe(at('08:07'));
  expect(signal?.evidence.batteryPct).toBe(4);
});

test('she had just left when the battery died: one fix outside is all there will be', () => {
  const leaving = [0, 150, 380].map((m, i) => walks(at('08:00') + i * minuteMs, m, 12, { batteryPct: 5 }));
  expect(heads(replay(contactLost, she, leaving, { untilMs }))).toEqual(['raise P2 contactLost']);
  const plenty = [0, 150, 380].map((m, i) => walks(at('08:00') + i * minuteMs, m, 12, { batteryPct: 50 }));
  expect(replay(contactLost, she, plenty, { untilMs })).toEqual([]);
});

test('a band that only reports every quarter of an hour is not lost in between', () => {
  const slow = Array.from({ length: 8 }, (_, i) => walks(at('08:00') + i * 15 * minuteMs, 400 + i));
  const signals = replay(contactLost, she, slow, { untilMs: at('09:46') });
  expect(heads(signals).length).toBeLessThanOrEqual(2);
  expect(signals.every(({ atMs }) => atMs < at('08:30'))).toBe(true);
});

const quiet: { name: string; readings: readonly Reading[] }[] = [
  { name: 'somebody at home with the band put down for the night', readings: walk('21:00', 0, 10, 0) },
  { name: 'one jump before the silence', readings: walk('08:00', 0, 5, 1200) },
  { name: 'a walk that ended at home', readings: walk('08:00', 400, 500, 400, 200) },
  {
    name: 'the beacon at the door',
    readings: [...walk('08:00', 400, 500), says('band-1', at('08:04'), { homeAnchor: true })],
  },
  {
    name: 'a buffer of yesterday',
    readings: [1, 2, 3].map((i) => says('band-1', at('08:00') + i * minuteMs, walks(0, 900).facts, at('09:00'))),
  },
];
for (const { name, readings } of quiet) {
  test(`no alert for ${name}`, () => expect(told(replay(contactLost, she, readings, { untilMs }))).toEqual([]));
}

test('a last will is not her word', () => {
  const gone = says('band-1', at('08:05'), { online: false });
  expect(heads(replay(contactLost, she, [...walk('08:00', 400, 460), gone], { untilMs }))).toEqual([
    'raise P2 contactLost',
  ]);
});

test('silence while the service was down is not hers', () => {
  const life = new Life(contactLost, she, { listeningSinceMs: at('09:00') });
  for (const reading of walk('08:00', 400, 460)) life.hear(reading);
  life.waitUntil(at('09:09'));
  expect(life.signals).toEqual([]);
  life.waitUntil(untilMs);
  expect(life.signals.map(({ atMs }) => atMs)).toEqual([at('09:10')]);
});

test('it says what it knows and what would have kept it quiet', () => {
  const [signal] = replay(contactLost, she, walk('08:00', 400, 460), { untilMs });
  const { because, unless } = (signal?.evidence ?? {}) as Record<'because' | 'unless', { en: string }[]>;
  expect(because.map(({ en }) => en)).toEqual([
    'The last fix was 160 m outside (accuracy 12 m); no word for 10 minutes since',
    'Going east at 1 m/s then',
  ]);
  expect(unless[0]?.en).toBe('Any word within 10 minutes would have kept it quiet');
});

test('a day out is written once a minute at most', () => {
  const life = new Life(contactLost, she);
  for (let i = 0; i < 240; i++) life.hear(walks(at('08:00') + i * 15_000, 400 + i));
  expect(life.writes).toBeLessThanOrEqual(61);
  expect(JSON.stringify(life.state).length).toBeLessThan(300);
});
