import { expect, test } from 'vitest';
import { stamp } from '../../model/local-time.ts';
import { inactivity } from '../../rules/inactivity.ts';
import { beats, flat, flatSays, hears, moves, potters, wellKnown } from './support/days.ts';
import { at, east, hourMs } from './support/home.ts';
import { heads, Life } from './support/replay.ts';

const home = flat();
const morning = potters(at('06:30'), at('07:20'));
const beating = (days: number) => beats(at('00:00'), at('23:00', days));
/** She was told of as urgent in the afternoon of day 0; somebody looked in, closed the alarm and went. */
const closed = () => hears(wellKnown(home), beating(0), morning);
const urgentAtMs = closed().signals[1]?.receivedAtMs ?? 0;

/** The same evening, with what has changed since: the records, or the service itself. */
function goesOn(changed = home, listeningSinceMs = 0): Life<typeof inactivity.initial> {
  const life = new Life(inactivity, changed, { listeningSinceMs });
  life.state = closed().state;
  return life;
}

test('somebody closed the alarm, then she fell: while nothing moves it is told again each day for a week', () => {
  const { signals } = hears(wellKnown(home), beating(12), morning);
  expect(heads(signals.slice(0, 2))).toEqual(['raise P3 inactivity', 'raise P2 inactivity']);
  const again = signals.slice(2);
  expect(again.map(({ receivedAtMs }) => (receivedAtMs - urgentAtMs) / hourMs)).toEqual([24, 48, 72, 96, 120, 144]);
  expect(new Set(again.map(({ severity }) => severity))).toEqual(new Set(['P3']));
  expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length);
});

test('it says that people were told before, and what would have kept it quiet', () => {
  const [again] = hears(goesOn(), beats(at('00:00', 1), at('23:00', 1))).signals;
  const { because, unless } = (again?.evidence ?? {}) as Record<'because' | 'unless', readonly { en: string }[]>;
  const before = `People were told at ${stamp(home.timeZone, urgentAtMs)}, and nothing has moved since`;
  expect(because.map(({ en }) => en)).toContain(before);
  expect(unless.map(({ en }) => en)).toContain('The family saying until when she is away');
});

test('down when it fell due, the service tells it once when it is back', () => {
  const upAtMs = urgentAtMs + 30 * hourMs;
  const life = hears(
    goesOn(home, upAtMs),
    beats(at('00:00', 1), urgentAtMs + 23 * hourMs),
    beats(upAtMs, upAtMs + 5 * hourMs),
  );
  expect(heads(life.signals)).toEqual(['raise P3 inactivity']);
});

test('one movement begins the day anew, and going about the flat ends it', () => {
  const stirred = hears(goesOn(), moves('lounge', at('22:30')), beats(at('00:00', 1), at('23:00', 2)));
  const [first = 0, ...others] = stirred.signals.map(({ receivedAtMs }) => receivedAtMs);
  expect(first).toBeGreaterThan(at('22:30'));
  expect(others).toEqual([first + 24 * hourMs]);
  const up = hears(goesOn(), potters(at('07:30', 1), at('21:30', 1)), beats(at('00:00', 1), at('23:00', 1)));
  expect(heads(up.signals)).toEqual(['clear P2 inactivity']);
});

test('nobody is told again of who is away by the word of the family, or went out with the band on', () => {
  const away = flat({ awayUntil: new Date(at('08:00', 6)).toISOString() });
  expect(hears(goesOn(away), beats(at('00:00', 1), at('23:00', 4))).signals).toEqual([]);
  const out = flatSays('band', at('22:00'), { position: { ...east(900), accuracyM: 15 } });
  expect(hears(goesOn(), out, beats(at('00:00', 1), at('23:00', 4))).signals).toEqual([]);
});

test('sensors that have died are no second alarm of stillness', () => {
  const life = goesOn();
  expect(life.waitUntil(at('23:00', 4)).signals).toEqual([]);
});
