import { expect, test } from 'vitest';
import { inactivity } from '../../rules/inactivity.ts';
import { beats, door, flat, flatSays, hears, moves, potters, wellKnown } from './support/days.ts';
import { at, east, minuteMs } from './support/home.ts';
import { told } from './support/replay.ts';

const home = flat();
const day = [...beats(at('00:00'), at('23:00', 1))];
const morning = potters(at('06:30'), at('08:00'));
const told21 = 'raise P3 王秀英外出 12 小时未归';

test('out since eight and not back by eight in the evening: her family hears, once, and when she is back', () => {
  const back = [...door(at('21:40')), ...potters(at('21:42'), at('22:40'))];
  const life = hears(wellKnown(home), beats(at('00:00'), at('23:00')), morning, door(at('08:05')), back);
  expect(told(life.signals)).toEqual([told21, 'clear P3 王秀英已回家']);
  expect(life.commands).toEqual([]);
});

test('out since noon and not back at nine in the evening', () => {
  const life = hears(wellKnown(home), day, potters(at('06:30'), at('11:50')), door(at('12:00')));
  expect(life.signals[0]).toMatchObject({ type: 'awayTooLong', severity: 'P3', receivedAtMs: at('21:00') });
  expect(life.signals).toHaveLength(1);
  expect(life.signals[0]?.evidence).toMatchObject({ leftAtMs: at('12:00') + 8000, outH: 9 });
});

test('who goes out in the evening has five hours', () => {
  const evening = potters(at('06:30'), at('19:00'));
  const home5 = [...door(at('23:40')), ...potters(at('23:42'), at('23:59'))];
  expect(hears(wellKnown(home), beats(at('00:00'), at('23:00')), evening, door(at('19:05')), home5).signals).toEqual(
    [],
  );
  const late = hears(wellKnown(home), day, evening, door(at('19:05')));
  expect(late.signals[0]?.receivedAtMs).toBe(at('00:05:08', 1));
});

test('at the market by day nobody is asked anything', () => {
  const back = [...door(at('17:00')), ...potters(at('17:02'), at('21:30'))];
  const life = hears(wellKnown(home), beats(at('00:00'), at('23:00')), morning, door(at('08:05')), back);
  expect(life.signals).toEqual([]);
  expect(life.commands).toEqual([]);
});

test('a holiday with somebody who waters the plants is one absence, told once', () => {
  const visits = [1, 2, 3].flatMap((d) => {
    const atMs = at('10:00', d);
    return [...door(atMs), moves('kitchen', atMs + 90_000), moves('lounge', atMs + 150_000), ...door(atMs + 240_000)];
  });
  const life = hears(wellKnown(home), beats(at('00:00'), at('08:00', 4)), morning, door(at('08:05')), visits);
  expect(told(life.signals)).toEqual([told21]);
});

test('the band on her wrist is outside, though the door said nothing', () => {
  const out = flatSays('band', at('08:30'), { position: { ...east(900), accuracyM: 15 }, worn: true });
  const life = hears(wellKnown(home), day, morning, out);
  expect(life.signals[0]).toMatchObject({ type: 'awayTooLong', receivedAtMs: at('20:30') });
  const because = life.signals[0]?.evidence.because as { zh: string }[];
  expect(because[0]?.zh).toBe('手环自 11-21 08:30 起不在家');
});

test('the door opened for a parcel: the band on her wrist is at home, so a fall is found as always', () => {
  const anchored = flatSays('band', at('08:20'), { homeAnchor: true, worn: true });
  const life = hears(wellKnown(home), day, morning, door(at('08:05')), anchored);
  expect(life.signals[0]).toMatchObject({ type: 'inactivity', evidence: { away: false } });
  expect(life.signals[0]?.receivedAtMs).toBeLessThan(at('14:00'));
});

test('a band that lies on the table does not bring her home', () => {
  const onTable = flatSays('band', at('08:20'), { homeAnchor: true });
  const life = hears(wellKnown(home), day, morning, door(at('08:05')), onTable);
  expect(life.signals[0]).toMatchObject({ type: 'awayTooLong' });
});

test('with the sensors dead nobody can say that she has not come back: a whole day, whatever the reason', () => {
  const life = hears(wellKnown(home), beats(at('00:00'), at('09:00')), morning, door(at('08:05')));
  life.waitUntil(at('12:00', 1));
  expect(life.signals).toHaveLength(1);
  expect(life.signals[0]).toMatchObject({ type: 'inactivity', evidence: { limit: 'ceiling', away: true } });
});

test('back for ten minutes and fallen: that she was told as out does not hide it', () => {
  const back = [...door(at('21:40')), moves('lounge', at('21:42')), moves('kitchen', at('21:44'))];
  const life = hears(wellKnown(home), day, morning, door(at('08:05')), back);
  expect(life.signals.at(-1)).toMatchObject({ type: 'inactivity', effect: 'raise' });
  expect(life.signals.find(({ type }) => type === 'inactivity')?.receivedAtMs).toBeLessThan(
    at('21:44') + 12 * 60 * minuteMs + minuteMs,
  );
});

test('a flat with a door sensor and nothing else that sees her come back: nobody is told that she is out', () => {
  const bare = flat({}, ['bedroom', 'kitchen', 'lounge', 'band']);
  const doors = beats(at('00:00'), at('23:00', 1), ['door']);
  const life = hears(wellKnown(bare), doors, door(at('08:05')), door(at('09:10')));
  life.waitUntil(at('23:30'));
  expect(life.signals.map(({ type }) => type)).not.toContain('awayTooLong');
});

test('the family said that she is away until tomorrow evening: nobody is asked or told before, and then it is said', () => {
  const untilMs = at('18:00', 1);
  const away = { ...home, awayUntilMs: untilMs };
  const life = hears(wellKnown(away), [...beats(at('00:00'), at('23:00', 1))], morning, door(at('08:05')));
  expect(life.commands).toEqual([]);
  expect(life.signals.length).toBeGreaterThan(0);
  expect(life.signals.every(({ receivedAtMs }) => receivedAtMs >= untilMs)).toBe(true);
});

const friday = { ...home, awayUntilMs: at('18:00', 3) };
const livedUntil = (readings: Parameters<typeof hears>[1][], toMs: number) =>
  hears(wellKnown(friday), beats(at('00:00'), toMs), morning, door(at('08:05')), ...readings).waitUntil(toMs);

test('back two days early: from then on she is watched as ever, and nobody is alarmed that she is back', () => {
  const home = [...door(at('15:00', 1)), ...potters(at('15:02', 1), at('15:40', 1))];
  const life = livedUntil([home], at('15:41', 1));
  expect(life.signals).toEqual([]);
  expect(life.state.back).toEqual({ atMs: at('15:02', 1), untilMs: at('18:00', 3) });
  for (const beat of beats(at('15:42', 1), at('14:00', 2))) life.hear(beat); // and then she does not move any more
  expect(told(life.signals).length).toBeGreaterThan(0);
  expect(life.signals[0]).toMatchObject({ type: 'inactivity', effect: 'raise' });
  expect(life.signals[0]?.receivedAtMs).toBeLessThan(at('06:00', 2));
});

test('somebody waters the plants: while they are there it looks as if she were back, and after it she is away as said', () => {
  const visit = [...door(at('10:00', 1)), moves('kitchen', at('10:02', 1)), moves('lounge', at('10:03', 1))];
  const life = livedUntil([visit], at('10:04', 1));
  expect(life.state.back).toBeDefined();
  for (const reading of door(at('10:05', 1))) life.hear(reading);
  expect(life.state.back).toBeUndefined();
  for (const beat of beats(at('11:00', 1), at('17:00', 3))) life.hear(beat);
  expect(life.signals).toEqual([]);
  expect(life.commands).toEqual([]);
});

test('her band is in reach of the beacon at home, or within the walls again: she is back without a door', () => {
  const worn = { worn: true } as const;
  const anchored = flatSays('band', at('12:00', 1), { homeAnchor: true, ...worn });
  const arrived = flatSays('band', at('12:00', 1), { position: { ...east(20), accuracyM: 10 }, ...worn });
  for (const sign of [anchored, arrived]) {
    const life = livedUntil([[sign]], at('12:01', 1));
    expect(life.state.back).toEqual({ atMs: at('12:00', 1), untilMs: at('18:00', 3) });
  }
});

test('the family says it while she is still packing: what moves before she has left does not make her back', () => {
  const life = hears(wellKnown(friday), beats(at('00:00'), at('09:00')), morning, door(at('08:05')));
  life.hear(moves('lounge', at('08:05:40'))); // the hall sees her as she goes
  expect(life.state.back).toBeUndefined();
});

test('a new word of the family counts anew, also for who came back early before', () => {
  const home = [...door(at('15:00', 1)), ...potters(at('15:02', 1), at('15:40', 1))];
  const { state } = livedUntil([home], at('15:41', 1));
  const longer = { ...friday, awayUntilMs: at('18:00', 5) };
  expect(inactivity.deadlineAtMs?.(longer, state)).toBeGreaterThanOrEqual(at('18:00', 5));
});
