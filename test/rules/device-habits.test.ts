import { expect, test } from 'vitest';
import { deviceOffline } from '../../rules/device-offline.ts';
import { at, homeOf, hourMs, minuteMs, says } from './support/home.ts';
import { Life, replay } from './support/replay.ts';

const home = homeOf();
const speaks = (deviceId: string, atMs: number) => says(deviceId, atMs, { batteryPct: 90 });
const brief = (signals: ReturnType<typeof replay>) =>
  signals.map(({ effect, severity, deviceId, receivedAtMs }) => [effect, severity, deviceId, receivedAtMs]);

const beats = (deviceId: string, fromMs: number, toMs: number, everyMs = 5 * minuteMs) =>
  Array.from({ length: Math.ceil((toMs - fromMs) / everyMs) }, (_, i) => speaks(deviceId, fromMs + i * everyMs));
const raised = (signals: ReturnType<typeof replay>) => signals.filter(({ effect }) => effect === 'raise');

test('a phone that reports every 40 to 50 minutes is told at first, and then it is known for it', () => {
  const life = new Life(deviceOffline, home);
  for (let i = 0, atMs = at('08:00'); atMs < at('08:00', 3); i++, atMs += (40 + (i % 3) * 5) * minuteMs)
    life.hear(speaks('phone-1', atMs));
  expect(raised(life.signals).length).toBeLessThanOrEqual(3);
  const lastMs = life.signals.length === 0 ? 0 : (life.signals.at(-1)?.receivedAtMs ?? 0);
  expect(lastMs).toBeLessThan(at('12:00'));
  // What it is known for has a bound: gone is gone.
  life.waitUntil(at('08:00', 4));
  expect(raised(life.signals).at(-1)?.evidence).toMatchObject({ allowedMin: 80 });
});

test('pauses of a month ago are forgotten: since then it spoke all day, and its second silence is told as any other', () => {
  const life = new Life(deviceOffline, home);
  for (let atMs = at('08:00'); atMs < at('08:00', 1); atMs += 45 * minuteMs) life.hear(speaks('phone-1', atMs));
  const limitAfter = (from: number, to: number) => {
    for (const reading of beats('phone-1', from, to, 10 * minuteMs)) life.hear(reading);
    life.waitUntil(to + 170 * minuteMs);
    return raised(life.signals).at(-1)?.evidence.allowedMin;
  };
  expect(limitAfter(at('08:00', 1), at('20:00', 30))).toBe(73);
  expect(limitAfter(at('23:00', 30), at('20:00', 33))).toBe(25);
});

test('a device that goes on and off all month is told a few times, never every few minutes', () => {
  const life = new Life(deviceOffline, home);
  for (let atMs = at('08:00'); atMs < at('08:00', 30); atMs += 70 * minuteMs)
    for (const reading of beats('band-1', atMs, atMs + 30 * minuteMs)) life.hear(reading);
  expect(raised(life.signals).length).toBeLessThanOrEqual(3);
  expect(JSON.stringify(life.state).length).toBeLessThan(400);
});

test('a hub whose line breaks every two minutes and comes back says nothing to anybody', () => {
  const life = new Life(deviceOffline, home);
  for (let atMs = at('08:00'); atMs < at('08:00', 1); atMs += 2 * minuteMs)
    life.hear(says('hub-1', atMs, { online: true })).hear(says('hub-1', atMs + minuteMs, { online: false }));
  expect(life.signals).toEqual([]);
});

test('offline for hours, on for minutes, again and again: the alert stays open until it is steady', () => {
  const life = new Life(deviceOffline, home);
  for (let day = 0; day < 5; day++)
    for (let hour = 0; hour < 24; hour += 5)
      for (const reading of beats(
        'band-1',
        at(`${String(hour).padStart(2, '0')}:00`, day),
        at(`${String(hour).padStart(2, '0')}:20`, day),
      ))
        life.hear(reading);
  expect(raised(life.signals).length).toBeLessThanOrEqual(3);
  const openedMs = life.signals.at(-1)?.receivedAtMs ?? 0;
  for (const reading of beats('band-1', at('00:00', 5), at('23:59', 6))) life.hear(reading);
  expect(life.signals.at(-1)).toMatchObject({ effect: 'clear' });
  expect(life.signals.at(-1)?.receivedAtMs).toBeGreaterThan(openedMs);
});

test('a hub that comes and goes, and dies while nobody trusts it yet: its alert stays open, it is not told again', () => {
  const life = new Life(deviceOffline, home);
  for (const start of ['00:00', '06:00', '12:00'])
    for (const reading of beats('hub-1', at(start), at(start) + 30 * minuteMs)) life.hear(reading);
  life.hear(says('hub-1', at('12:31'), { online: false })).waitUntil(at('12:00', 3));
  const [last] = life.signals.slice(-1);
  expect(last?.effect).toBe('raise');
  expect(raised(life.signals).length).toBeLessThanOrEqual(3);
});

test('a router that is switched off every night is known after a week; one morning it does not come back', () => {
  const red = homeOf({ resident: { riskTier: 'red' } });
  const life = new Life(deviceOffline, red);
  const perNight: number[] = [];
  for (let day = 0; day < 10; day++) {
    const before = raised(life.signals).length;
    const evening = at('23:00', day) + ((day * 7) % 20) * minuteMs;
    for (const reading of beats('hub-1', at('06:30', day), evening)) life.hear(reading);
    life.hear(says('hub-1', evening, { online: false })).waitUntil(at('06:29', day + 1));
    perNight.push(raised(life.signals).length - before);
  }
  expect(perNight.slice(0, 2)).toEqual([1, 1]);
  expect(perNight.slice(7)).toEqual([0, 0, 0]);
  life.waitUntil(at('08:00', 10));
  const last = life.signals.at(-1);
  expect([last?.effect, last?.severity]).toEqual(['raise', 'P4']);
  expect(last?.evidence).toHaveProperty('usuallyBackByMs');
});

test('behind a router that is off every night no sensor is told either, and by day they get their time again', () => {
  const life = new Life(deviceOffline, home);
  const perNight: number[] = [];
  for (let day = 0; day < 10; day++) {
    const before = raised(life.signals).length;
    const day1 = [
      ...beats('hub-1', at('07:00', day), at('23:00', day)),
      ...beats('pir-1', at('07:30', day), at('23:00', day), 50 * minuteMs),
    ];
    for (const reading of day1.sort((a, b) => a.receivedAtMs - b.receivedAtMs)) life.hear(reading);
    life.waitUntil(at('06:59', day + 1));
    perNight.push(raised(life.signals).length - before);
  }
  expect(perNight.slice(0, 3)).toEqual([1, 1, 1]);
  expect(perNight.slice(7)).toEqual([0, 0, 0]);
  expect(life.signals.filter(({ deviceId }) => deviceId === 'pir-1')).toEqual([]);
});

test('by day the same router is told after ten minutes', () => {
  const life = new Life(deviceOffline, home);
  for (let day = 0; day < 9; day++) {
    for (const reading of beats('hub-1', at('06:30', day), at('23:00', day))) life.hear(reading);
    life.hear(says('hub-1', at('23:00', day), { online: false })).waitUntil(at('06:29', day + 1));
  }
  const before = life.signals.length;
  for (const reading of beats('hub-1', at('06:30', 9), at('14:00', 9))) life.hear(reading);
  life.hear(says('hub-1', at('14:00', 9), { online: false })).waitUntil(at('16:10', 9));
  expect(raised(life.signals.slice(before))).toHaveLength(1);
});

test('a sensor that is dead for two weeks is told once, and stays told', () => {
  const signals = replay(deviceOffline, home, [
    speaks('pir-1', at('08:00')),
    ...beats('hub-1', at('08:01'), at('08:00', 14)),
  ]);
  expect(brief(signals)).toEqual([['raise', 'P4', 'pir-1', at('12:00')]]);
});

/** A hub that is always there, a sensor that says only that something moves, and a door that says only that it opens. */
const eventsOnly = (fromDay: number, toDay: number, wall: readonly number[], door: readonly number[]) => {
  const days = (hours: readonly number[]) =>
    Array.from({ length: toDay - fromDay }, (_, i) => fromDay + i).flatMap((day) =>
      hours.map((hour) => at('00:00', day) + hour * hourMs),
    );
  const hub = days(Array.from({ length: 24 * 7 }, (_, i) => i / 7)).map((atMs) => speaks('hub-1', atMs));
  const wallSays = days(wall).map((atMs) => says('pir-1', atMs, { motion: true }));
  const doorSays = days(door).map((atMs) => says('door-1', atMs, { contactOpen: true }));
  return [...hub, ...wallSays, ...doorSays].toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
};
const up = [7, 8, 9, 10.5, 12, 13.5, 15, 17, 19, 21];
const market = [8.5, 10];
const knownHome = eventsOnly(0, 6, up, market);

test('sensors that report events and nothing else are known for it after three days: a quiet Sunday is no alert', () => {
  const sunday = eventsOnly(6, 7, [], []);
  const monday = eventsOnly(7, 9, up, market);
  const signals = replay(deviceOffline, home, [...knownHome, ...sunday, ...monday]);
  expect(signals.filter(({ receivedAtMs }) => receivedAtMs > at('09:00', 3))).toEqual([]);
});

test('a week at her son’s says nothing against them either', () => {
  const signals = replay(deviceOffline, home, [
    ...knownHome,
    ...eventsOnly(6, 13, [], []),
    ...eventsOnly(13, 15, up, market),
  ]);
  expect(signals.filter(({ receivedAtMs }) => receivedAtMs > at('09:00', 3))).toEqual([]);
});

test('one of them that is dead is found: the others go on for three days, and it says nothing', () => {
  const signals = replay(deviceOffline, home, [...knownHome, ...eventsOnly(6, 13, [], market)]);
  const [found, ...more] = signals.filter(({ receivedAtMs }) => receivedAtMs > at('09:00', 3));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ effect: 'raise', severity: 'P4', deviceId: 'pir-1' });
  expect(found!.receivedAtMs).toBeLessThanOrEqual(at('21:00', 8)); // last heard on day 5 at 21:00
  const unless = found?.evidence.unless as { en: string }[];
  expect(unless.map(({ en }) => en)).toContain('By its own habit it may be silent for 72 hours');
  expect(unless.at(-1)?.en).toMatch(/had nothing moved in the rest of the home/);
});
