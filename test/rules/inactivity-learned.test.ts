import { expect, test } from 'vitest';
import type { Signal } from '../../model/alert.ts';
import type { Reading } from '../../model/reading.ts';
import { inactivity } from '../../rules/inactivity.ts';
import { beats, door, flat, flatSays, hears, moves, ordinaryDay, potters, wellKnown } from './support/days.ts';
import { at, minuteMs } from './support/home.ts';
import { heads, Life, told } from './support/replay.ts';

const home = flat({}, ['button', 'band']);
/** She gets up as always and goes to her son's. */
const leaves = [...potters(at('06:30'), at('08:00')), ...door(at('08:05'))];
const toldAt = ({ signals }: { readonly signals: readonly Signal[] }) =>
  signals.filter(({ effect, severity }) => effect === 'raise' && severity === 'P3').map(({ atMs }) => atMs);

test('fallen after getting up, she is found before noon and not at half past six in the evening', () => {
  const life = hears(wellKnown(home), beats(at('00:00'), at('20:00')), potters(at('06:30'), at('07:20')));
  expect(told(life.signals)[0]).toBe('raise P3 王秀英已 3 小时没有活动迹象');
  expect(toldAt(life)[0]).toBeLessThan(at('12:00'));
});

test('fallen on the way to the bathroom at night, she is found in the morning', () => {
  const life = hears(wellKnown(home), beats(at('00:00'), at('20:00')), moves('bedroom', at('02:30')));
  expect(toldAt(life)[0]).toBeLessThan(at('09:30'));
});

test('her nap, the market and a night in bed are what she always does', () => {
  const life = wellKnown(home);
  for (let day = 0; day < 5; day++) hears(life, ordinaryDay(day));
  expect(life.signals).toEqual([]);
});

test('a home that is not known yet has twelve hours', () => {
  const life = hears(wellKnown(home), []);
  const unknown = { ...life.state, routine: { days: 0, part: 0, parts: [] } };
  life.state = unknown;
  hears(life, beats(at('00:00'), at('22:00')), potters(at('06:30'), at('07:20')));
  expect(life.signals[0]).toMatchObject({ receivedAtMs: at('19:20'), evidence: { limit: 'fixed', limitH: 12 } });
});

test('after a week at her son’s the first days have the fixed limits, then the line is back', () => {
  const life = hears(wellKnown(home), leaves, beats(at('00:00'), at('23:00', 7)));
  expect(heads(life.signals)).toEqual(['raise P3 awayTooLong']);
  hears(life, beats(at('00:00', 8), at('23:00', 8)), door(at('10:00', 8)), potters(at('10:02', 8), at('21:30', 8)));
  expect(heads(life.signals).at(-1)).toBe('clear P3 awayTooLong');
  expect(life.state.routine.days).toBe(12);
  for (let day = 9; day < 12; day++) hears(life, ordinaryDay(day));
  hears(life, beats(at('00:00', 12), at('20:00', 12)), potters(at('06:30', 12), at('07:20', 12)));
  expect(life.signals.at(-1)).toMatchObject({ evidence: { limit: 'line' } });
});

test('an absence teaches nothing: after a holiday a fall is found as soon as before it', () => {
  const life = hears(wellKnown(home), leaves, beats(at('00:00'), at('23:00', 2)));
  hears(life, door(at('08:00', 3)), potters(at('08:02', 3), at('21:30', 3)), beats(at('00:00', 3), at('23:00', 3)));
  hears(life, beats(at('00:00', 4), at('20:00', 4)), potters(at('06:30', 4), at('07:20', 4)));
  expect(life.signals.at(-1)).toMatchObject({ type: 'inactivity', evidence: { limit: 'line' } });
  expect(toldAt(life).at(-1)).toBeLessThan(at('12:00', 4));
});

test('one long lie-in does not make the home deaf for a month', () => {
  const life = wellKnown(home);
  hears(life, beats(at('00:00'), at('23:00')), potters(at('13:00'), at('21:30')));
  for (let day = 1; day < 4; day++) hears(life, ordinaryDay(day));
  hears(life, beats(at('00:00', 4), at('20:00', 4)), potters(at('06:30', 4), at('07:20', 4)));
  expect(toldAt(life).at(-1)).toBeLessThan(at('13:30', 4));
});

test('a hub that dies takes all eyes away: nobody is told of a silence nobody watched, before a whole day', () => {
  const life = hears(wellKnown(home), beats(at('00:00'), at('07:30')), potters(at('06:30'), at('07:20')));
  life.waitUntil(at('12:00', 1));
  expect(life.signals).toHaveLength(1);
  expect(life.signals[0]).toMatchObject({
    receivedAtMs: at('07:20', 1),
    severity: 'P3',
    evidence: { limit: 'ceiling', limitH: 24, sensorsSilent: true },
  });
});

test('a hub that is back begins a new count', () => {
  const life = hears(wellKnown(home), beats(at('00:00'), at('07:30')), potters(at('06:30'), at('07:20')));
  hears(life, beats(at('14:00'), at('16:00')), moves('lounge', at('16:10')));
  expect(life.signals).toEqual([]);
});

test('one sensor that died is not her silence: the line rests and the fixed limit holds', () => {
  const alive = ['kitchen', 'lounge', 'door', 'fridge'];
  const life = hears(wellKnown(home), beats(at('00:00'), at('22:00'), alive), moves('kitchen', at('06:30')));
  expect(life.signals[0]).toMatchObject({ receivedAtMs: at('20:30'), evidence: { limit: 'fixed' } });
});

test('a sensor that comes back is not asked what it did not see', () => {
  const others = ['kitchen', 'lounge', 'door', 'fridge'];
  const life = hears(
    wellKnown(home),
    beats(at('00:00'), at('11:00'), others),
    beats(at('12:00'), at('13:30')),
    moves('kitchen', at('07:20')),
    moves('bedroom', at('13:40')),
  );
  expect(life.signals).toEqual([]);
});

test('her daughter visits and leaves, and she dozes in the chair', () => {
  const life = hears(
    wellKnown(home),
    beats(at('00:00'), at('23:00')),
    potters(at('06:30'), at('10:00')),
    door(at('10:05')),
    potters(at('10:06'), at('11:30')),
    door(at('11:40')),
    moves('lounge', at('11:55')),
    potters(at('14:30'), at('21:30')),
  );
  expect(life.signals).toEqual([]);
});

test('the fridge door lets nobody out: after it she is at home', () => {
  const fridge = [
    flatSays('fridge', at('09:00'), { contactOpen: true }),
    flatSays('fridge', at('09:01'), { contactOpen: false }),
    flatSays('fridge', at('09:02'), { contactOpen: true }),
  ];
  const life = hears(wellKnown(home), beats(at('00:00'), at('20:00')), potters(at('06:30'), at('08:10')), fridge);
  expect(life.signals[0]).toMatchObject({ type: 'inactivity', evidence: { away: false, room: '冰箱' } });
});

test('a cat in one room is nobody, a person goes from room to room', () => {
  const withCat = flat({ hasPet: true }, ['button', 'band']);
  const cat = Array.from({ length: 30 }, (_, i) => moves('lounge', at('07:30') + i * 20 * minuteMs));
  const fallen = hears(wellKnown(withCat), beats(at('00:00'), at('20:00')), potters(at('06:30'), at('07:20')), cat);
  expect(fallen.signals[0]).toMatchObject({ type: 'inactivity' });
  expect(toldAt(fallen)[0]).toBeLessThan(at('13:00'));
  const up = hears(wellKnown(withCat), beats(at('00:00'), at('22:00')), cat, potters(at('06:30'), at('22:00')));
  expect(up.signals).toEqual([]);
});

test('who falls in a home with two cats is found, and the cats are not taken for her coming home', () => {
  const home = flat({ hasPet: true }, ['button', 'band', 'fridge']);
  // Wherever she is she is seen every third minute; the cats pass a sensor three times in two hours, day and night.
  const stays = (room: string, from: string, to: string, day: number): Reading[] =>
    Array.from({ length: Math.floor((at(to, day) - at(from, day)) / (3 * minuteMs)) }, (_, i) =>
      moves(room, at(from, day) + i * 3 * minuteMs),
    );
  const cats = (day: number): Reading[] =>
    Array.from({ length: 36 }, (_, i) =>
      moves(['lounge', 'kitchen'][i % 2] ?? '', at('00:11', day) + i * 40 * minuteMs),
    );
  const night = (day: number) => [
    ...cats(day),
    ...beats(at('00:00', day), at('23:00', day), ['bedroom', 'kitchen', 'lounge', 'door']),
  ];
  const ordinary = (day: number) => [
    ...night(day),
    ...stays('bedroom', '06:30', '07:10', day),
    ...stays('kitchen', '07:12', '07:50', day),
    ...door(at('08:05', day)),
    ...door(at('09:10', day)),
    ...stays('lounge', '09:12', '12:40', day),
    ...stays('lounge', '14:10', '21:30', day),
  ];
  const life = new Life(inactivity, home);
  for (let day = -21; day < 0; day++) hears(life, ordinary(day));
  expect(life.signals).toEqual([]);

  const fallen = hears(life, night(0), stays('bedroom', '06:30', '07:10', 0));
  expect(fallen.signals[0]).toMatchObject({ type: 'inactivity', evidence: { away: false } });
  expect(toldAt(fallen)[0]).toBeLessThan(at('12:00'));
  const because = (fallen.signals[0]?.evidence.because ?? []) as { en: string }[];
  expect(because.map(({ en }) => en)).toContain('There is a pet: only movement in 4 of 20 minutes counts as a person');

  const out = new Life(inactivity, home);
  for (let day = -21; day < 0; day++) hears(out, ordinary(day));
  hears(out, night(0), stays('kitchen', '07:12', '07:50', 0), door(at('08:05')));
  out.waitUntil(at('22:00'));
  expect(out.signals.map(({ type }) => type)).toEqual(['awayTooLong']);
});
