import { expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import { inactivity } from '../../rules/inactivity.ts';
import { beats, flat, flatSays, hears, moves, ordinaryDay, potters, wellKnown } from './support/days.ts';
import { at, hourMs, minuteMs } from './support/home.ts';
import { heads, Life, type Story } from './support/replay.ts';

const home = flat({}, ['button', 'band']);
const opens = (id: string, atMs: number) => flatSays(id, atMs, { contactOpen: true });
/** A movement, a door that opens: sensors that say this and nothing else. */
const isEvent = ({ facts }: Reading) => facts.motion === true || facts.contactOpen === true;
const eventDay = (day: number) => [...ordinaryDay(day).filter(isEvent), opens('fridge', at('07:00', day))];

/** So many ordinary days of nothing but events, the last one yesterday. */
function eventHome(days: number, story: Story = {}): Life<typeof inactivity.initial> {
  const life = new Life(inactivity, home, story);
  for (let day = -days; day < 0; day++) hears(life, eventDay(day));
  expect(life.signals).toEqual([]);
  return life;
}

test('sensors that only report events: fallen after getting up, she is found before noon', () => {
  const life = hears(eventHome(20), potters(at('06:30'), at('07:20'))).waitUntil(at('12:00'));
  expect(heads(life.signals)).toEqual(['raise P3 inactivity']);
  expect(life.signals[0]?.evidence).toMatchObject({ limit: 'line', sensorsSilent: false });
});

test('five days after they were put up the fixed limit holds', () => {
  const life = hears(eventHome(5), potters(at('06:30'), at('07:20'))).waitUntil(at('22:00'));
  expect(life.signals[0]).toMatchObject({ receivedAtMs: at('19:20'), evidence: { limit: 'fixed' } });
});

test('a door that only ever says “open” lets her out and in each time', () => {
  const life = hears(eventHome(20), potters(at('06:30'), at('08:00')), opens('door', at('08:05')));
  expect(life.state.awayMs).toBe(at('08:05'));
  hears(life, opens('door', at('11:00')), potters(at('11:02'), at('21:30')));
  expect(life.state.awayMs).toBeUndefined();
  expect(life.signals).toEqual([]);
  const out = hears(eventHome(20), potters(at('06:30'), at('08:00')), opens('door', at('08:05')));
  expect(heads(out.waitUntil(at('20:30')).signals)).toEqual(['raise P3 awayTooLong']);
});

test('a door that stands open and says so every hour is nobody', () => {
  const open = Array.from({ length: 15 }, (_, i) => opens('door', at('06:40') + i * hourMs));
  const life = hears(wellKnown(home), beats(at('00:00'), at('23:00')), potters(at('06:30'), at('07:20')), open);
  expect(life.signals[0]?.receivedAtMs).toBeLessThan(at('13:00'));
});

test('a new door that stands open from its first day and says so every hour is nobody', () => {
  const life = new Life(inactivity, home);
  const rooms = ['bedroom', 'kitchen', 'lounge', 'fridge'];
  const open = Array.from({ length: 6 * 24 }, (_, i) => opens('door', at('00:30', -6) + i * hourMs));
  for (let day = -6; day < 0; day++) {
    const isOfDay = ({ takenAtMs }: Reading) => takenAtMs >= at('00:00', day) && takenAtMs < at('24:00', day);
    hears(
      life,
      potters(at('06:30', day), at('21:30', day)),
      beats(at('00:00', day), at('23:00', day), rooms),
      open.filter(isOfDay),
    );
  }
  const stands = Array.from({ length: 22 }, (_, i) => opens('door', at('00:30') + i * hourMs));
  hears(life, potters(at('06:30'), at('07:20')), beats(at('00:00'), at('23:00'), rooms), stands);
  expect(life.signals[0]).toMatchObject({ type: 'inactivity', receivedAtMs: at('19:20') });
});

test('a battery told at noon, and “clear” two minutes after each movement, make no heartbeat of it', () => {
  const life = new Life(inactivity, home);
  for (let day = -20; day < 0; day++) {
    const clears = eventDay(day)
      .filter(({ facts }) => facts.motion === true)
      .map(({ deviceId, takenAtMs }) => flatSays(deviceId, takenAtMs + 2 * minuteMs, { motion: false }));
    const battery = ['bedroom', 'kitchen', 'lounge'].map((id) => flatSays(id, at('13:20', day), { batteryPct: 90 }));
    hears(life, eventDay(day), clears, battery);
  }
  hears(life, potters(at('06:30'), at('07:20'))).waitUntil(at('12:00'));
  expect(life.signals[0]?.evidence).toMatchObject({ limit: 'line' });
});

test('heartbeats that stop are no silence of hers, also when the hub was away on each of four evenings before', () => {
  const life = wellKnown(home);
  for (let day = 0; day < 4; day++) {
    const isHeard = ({ takenAtMs }: Reading) => takenAtMs < at('17:00', day) || takenAtMs > at('20:30', day);
    hears(life, ordinaryDay(day).filter(isHeard));
  }
  const told = life.signals.length;
  hears(life, beats(at('00:00', 4), at('07:30', 4)), potters(at('06:30', 4), at('07:20', 4)));
  life.waitUntil(at('07:00', 5));
  expect(life.signals.slice(told)).toEqual([]);
});

test('sensors of events behind a hub whose connection broke see nothing, and begin anew when it is back', () => {
  const hubSays = (time: string, online: boolean): Reading => ({
    ...flatSays('hub-1', at(time), { online }),
    kind: 'hub',
  });
  const morning = potters(at('06:30'), at('07:20'));
  const life = hears(eventHome(20), morning, hubSays('08:00', false)).waitUntil(at('20:00'));
  expect(life.signals).toEqual([]);
  hears(life, hubSays('20:00', true));
  expect(life.waitUntil(at('23:00')).signals).toEqual([]);
  const blink = hears(eventHome(20), morning, hubSays('08:00', false), hubSays('08:01', true)).waitUntil(at('12:00'));
  expect(heads(blink.signals)).toEqual(['raise P3 inactivity']);
});

test('a hub that spoke every ten minutes and speaks no more takes the eyes of its sensors along', () => {
  const hubSays = (atMs: number): Reading => ({ ...flatSays('hub-1', atMs, { online: true }), kind: 'hub' });
  const life = new Life(inactivity, home);
  for (let day = -20; day < 0; day++) {
    const hub = Array.from({ length: 144 }, (_, i) => hubSays(at('00:00', day) + i * 10 * minuteMs));
    hears(life, eventDay(day), hub);
  }
  const morning = Array.from({ length: 48 }, (_, i) => hubSays(at('00:00') + i * 10 * minuteMs));
  hears(life, potters(at('06:30'), at('07:20')), morning);
  expect(life.waitUntil(at('07:00', 1)).signals).toEqual([]);
});

test('a hub that only says “online” after each of its reconnections is not expected to say more', () => {
  const life = new Life(inactivity, home);
  for (let day = -20; day < 0; day++) {
    const online = { ...flatSays('hub-1', at('22:10', day), { online: true }), kind: 'hub' } as const;
    hears(life, eventDay(day), online);
  }
  hears(life, potters(at('06:30'), at('07:20'))).waitUntil(at('12:00'));
  expect(life.signals[0]?.evidence).toMatchObject({ limit: 'line' });
});

test('a sensor of events that has said nothing for days while the others did is dead: the fixed limit holds', () => {
  const life = eventHome(20);
  for (let day = 0; day < 5; day++)
    hears(
      life,
      eventDay(day).filter(({ deviceId }) => deviceId !== 'lounge'),
    );
  const told = life.signals.length;
  hears(life, moves('kitchen', at('06:30', 5)), moves('bedroom', at('07:20', 5))).waitUntil(at('20:00', 5));
  expect(life.signals.slice(told)[0]).toMatchObject({ receivedAtMs: at('19:20', 5), evidence: { limit: 'fixed' } });
});

test('back from five days at her son’s no sensor counts as dead: the fixed limit holds from the first evening', () => {
  const life = hears(eventHome(20), potters(at('06:30'), at('08:00')), opens('door', at('08:05')));
  hears(life, opens('door', at('08:00', 5)), moves('lounge', at('08:05', 5)), moves('kitchen', at('08:20', 5)));
  const told = life.signals.length;
  life.waitUntil(at('21:00', 5));
  expect(life.signals.slice(told)[0]).toMatchObject({ receivedAtMs: at('20:20', 5), evidence: { limit: 'fixed' } });
});

test('two weeks after it died the home has a line without it', () => {
  const life = eventHome(20);
  for (let day = 0; day < 14; day++)
    hears(
      life,
      eventDay(day).filter(({ deviceId }) => deviceId !== 'lounge'),
    );
  const told = life.signals.length;
  hears(life, moves('kitchen', at('06:30', 14)), moves('bedroom', at('07:20', 14))).waitUntil(at('20:00', 14));
  expect(life.signals.slice(told)[0]).toMatchObject({ evidence: { limit: 'line' } });
});

test('after an absence of ours she has an hour to show herself', () => {
  const before = hears(eventHome(20), potters(at('06:30'), at('07:20')));
  const after = new Life(inactivity, home, { listeningSinceMs: at('12:00') });
  after.state = before.state;
  hears(after, moves('kitchen', at('12:50')));
  expect(after.signals).toEqual([]);
  const still = new Life(inactivity, home, { listeningSinceMs: at('12:00') });
  still.state = before.state;
  expect(still.waitUntil(at('14:00')).signals[0]?.receivedAtMs).toBe(at('13:00'));
});

test('what is learned of how they speak stays small', () => {
  expect(JSON.stringify(eventHome(60).state.habits).length).toBeLessThan(150);
});
