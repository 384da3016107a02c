import { expect, test } from 'vitest';
import type { Device } from '../../model/device.ts';
import { deviceOffline } from '../../rules/device-offline.ts';
import { at, homeOf, hourMs, minuteMs, says, walks } from './support/home.ts';
import { Life, replay, told } from './support/replay.ts';

const home = homeOf();
const speaks = (deviceId: string, atMs: number) => says(deviceId, atMs, { batteryPct: 90 });
const brief = (signals: ReturnType<typeof replay>) =>
  signals.map(({ effect, severity, deviceId, receivedAtMs }) => [effect, severity, deviceId, receivedAtMs]);

test('a band silent for 25 minutes is offline, once, until it speaks', () => {
  const readings = [speaks('band-1', at('08:00')), speaks('band-1', at('11:00'))];
  const signals = replay(deviceOffline, home, readings, { untilMs: at('11:10') });
  expect(brief(signals)).toEqual([
    ['raise', 'P4', 'band-1', at('08:25')],
    ['clear', 'P4', 'band-1', at('11:00')],
  ]);
  expect(told(signals)[0]).toBe('raise P4 王秀英的手环已失联 25 分钟');
  expect(signals[1]?.id).toBe(`${signals[0]?.id}:clear`);
});

const limits = [
  ['hub-1', 10 * minuteMs],
  ['band-1', 25 * minuteMs],
  ['smoke-1', 50 * hourMs],
  ['button-1', 50 * hourMs],
  ['gas-1', 50 * hourMs],
] as const;
for (const [deviceId, limitMs] of limits) {
  test(`${deviceId} may be silent for ${limitMs / minuteMs} minutes`, () => {
    const signals = replay(deviceOffline, home, [speaks(deviceId, at('08:00'))], { untilMs: at('08:00') + limitMs });
    expect(signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('08:00') + limitMs]);
  });
}

/** The hub's link breaks for three minutes every nine, so many hours long. */
const flapsFor = (hours: number, from: number) =>
  Array.from({ length: Math.floor((hours * 60) / 9) }, (_, i) => from + i * 9 * minuteMs).flatMap((downMs) => [
    says('hub-1', downMs, { online: false }),
    says('hub-1', downMs + 3 * minuteMs, { online: true }),
  ]);
const behindTheHub = [says('hub-1', at('07:40'), { online: true }), speaks('pir-1', at('07:50'))];

test('a sensor whose hourly words are lost by a hub that comes and goes for six hours is not told', () => {
  const words = [
    ...behindTheHub,
    ...flapsFor(6, at('08:00')),
    speaks('hub-1', at('14:10')),
    speaks('pir-1', at('14:30')),
  ];
  expect(replay(deviceOffline, home, words, { untilMs: at('14:40') })).toEqual([]);
});

test('a sensor that died behind a hub that comes and goes all day is found all the same', () => {
  const words = [...behindTheHub, ...flapsFor(30, at('08:00'))];
  const [found] = replay(deviceOffline, home, words, { untilMs: at('14:00', 1) });
  expect(found).toMatchObject({ effect: 'raise', deviceId: 'pir-1' });
  expect(found!.receivedAtMs).toBeLessThanOrEqual(at('00:00', 1)); // 12 h of excuses, 4 h of silence
});

test('a smoke detector that is silent for 26 hours is not yet offline, but at 50 hours it is', () => {
  const life = new Life(deviceOffline, home).hear(speaks('smoke-1', at('08:00')));
  expect(life.waitUntil(at('10:00', 1)).signals).toEqual([]);
  expect(life.waitUntil(at('10:00', 2)).signals).toHaveLength(1);
});

test('silence behind which a life hangs is graver for a resident at high risk', () => {
  const red = homeOf({ resident: { riskTier: 'red' } });
  const [signal] = replay(deviceOffline, red, [speaks('band-1', at('08:00'))], { untilMs: at('09:00') });
  expect(signal?.severity).toBe('P3');
});

test('a device that is never heard from is not installed yet', () => {
  expect(new Life(deviceOffline, home).waitUntil(at('08:00', 9)).signals).toEqual([]);
});

test('a lost connection that is back in a second is nothing', () => {
  const readings = [
    speaks('hub-1', at('08:00')),
    says('hub-1', at('08:02'), { online: false }),
    says('hub-1', at('08:02:01'), { online: true }),
    speaks('hub-1', at('08:08')),
    speaks('hub-1', at('08:14')),
  ];
  expect(replay(deviceOffline, home, readings, { untilMs: at('08:20') })).toEqual([]);
});

test('a hub whose link breaks ten minutes after its last message gets its full time from there', () => {
  const flapping = [
    says('hub-1', at('07:50'), { online: true }),
    speaks('hub-1', at('08:00')),
    says('hub-1', at('08:09:50'), { online: false }),
    says('hub-1', at('08:12'), { online: true }),
    says('hub-1', at('08:23'), { online: false }),
    says('hub-1', at('08:24'), { online: true }),
  ];
  expect(replay(deviceOffline, home, flapping, { untilMs: at('08:50') })).toEqual([]);
  const dead = flapping.slice(0, 3);
  expect(brief(replay(deviceOffline, home, dead, { untilMs: at('09:00') }))).toEqual([
    ['raise', 'P4', 'hub-1', at('08:19:50')],
  ]);
});

test('a link that is down 4 of every 9 minutes, for four hours, is no offline alert', () => {
  const flaps = Array.from({ length: 27 }, (_, i) => at('08:00') + i * 9 * minuteMs).flatMap((downMs) => [
    says('hub-1', downMs + 1.5 * minuteMs, { online: false }),
    says('hub-1', downMs + 4 * minuteMs, { online: true }),
  ]);
  const readings = [says('hub-1', at('07:40'), { online: true }), speaks('hub-1', at('07:52')), ...flaps];
  expect(replay(deviceOffline, home, readings, { untilMs: at('12:20') })).toEqual([]);
});

test('a lost connection is not a word of the device', () => {
  const bed: Device = { id: 'bed-1', kind: 'bedSensor', residentId: 'wang' };
  const beds = homeOf({ devices: [bed] });
  const heard = { ...speaks('bed-1', at('08:00')), kind: 'bedSensor' as const };
  const gone = { ...says('bed-1', at('08:30'), { online: false }), kind: 'bedSensor' as const };
  const signals = replay(deviceOffline, beds, [heard, gone], { untilMs: at('14:00') });
  expect(signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([at('08:40')]);
  expect(replay(deviceOffline, beds, [gone], { untilMs: at('14:00') })).toEqual([]);
});

test('behind a hub that is offline its devices are not told, and get their full time when it is back', () => {
  const readings = [
    speaks('hub-1', at('08:00')),
    speaks('pir-1', at('08:00')),
    speaks('door-1', at('08:00')),
    speaks('hub-1', at('20:00')),
    speaks('hub-1', at('20:09')),
    speaks('hub-1', at('20:18')),
    speaks('hub-1', at('20:27')),
    speaks('pir-1', at('20:30')),
    ...Array.from({ length: 60 }, (_, i) => speaks('hub-1', at('20:30') + i * 5 * minuteMs)),
  ];
  const signals = replay(deviceOffline, home, readings);
  expect(brief(signals)).toEqual([
    ['raise', 'P4', 'hub-1', at('08:10')],
    ['clear', 'P4', 'hub-1', at('20:00')],
    ['raise', 'P4', 'door-1', at('00:00', 1)],
    ['raise', 'P4', 'pir-1', at('00:30', 1)],
  ]);
});

test('a hub that only passes on what its devices say is there', () => {
  const readings = Array.from({ length: 20 }, (_, i) => speaks('pir-1', at('08:00') + i * 5 * minuteMs));
  expect(replay(deviceOffline, home, readings)).toEqual([]);
});

test('a device that empties its buffer is there', () => {
  const readings = [speaks('band-1', at('08:00')), says('band-1', at('08:01'), { steps: 3 }, at('08:20'))];
  expect(replay(deviceOffline, home, readings, { untilMs: at('08:40') })).toEqual([]);
});

test('when the service itself was away, devices get their time again', () => {
  const readings = [speaks('band-1', at('08:00'))];
  const back = { listeningSinceMs: at('10:00') };
  expect(brief(replay(deviceOffline, home, readings, { ...back, untilMs: at('10:24') }))).toEqual([]);
  expect(replay(deviceOffline, home, readings, { ...back, untilMs: at('10:25') })[0]).toMatchObject({
    evidence: { lastHeardAtMs: at('08:00') },
    receivedAtMs: at('10:25'),
  });
});

test('being heard is written ten times in a limit, and the alarm is never more than a tenth early', () => {
  const life = new Life(deviceOffline, home);
  let atMs = at('08:00');
  for (; atMs < at('09:00'); atMs += 10_000) life.hear(speaks('band-1', atMs));
  expect(life.writes).toBe(24);
  const lastMs = atMs - 10_000;
  const [signal] = life.waitUntil(at('12:00')).signals;
  const silentMs = (signal?.receivedAtMs ?? 0) - lastMs;
  expect(silentMs).toBeLessThanOrEqual(25 * minuteMs);
  expect(silentMs).toBeGreaterThan(22.5 * minuteMs);
});

test('a device that left the home is not missed', () => {
  const life = new Life(deviceOffline, home).hear(speaks('band-1', at('08:00')));
  expect(deviceOffline.deadlineAtMs?.(homeOf({ devices: [] }), life.state)).toBeUndefined();
});

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

test('a smoke detector that speaks once in 25 hours is there', () => {
  const readings = Array.from({ length: 20 }, (_, i) => speaks('smoke-1', at('08:00') + i * 25 * hourMs));
  expect(replay(deviceOffline, home, readings)).toEqual([]);
});

test('an empty battery, or the charger, explains a silence: nobody hurries', () => {
  const red = homeOf({ resident: { riskTier: 'red' } });
  const empty = replay(deviceOffline, red, [says('band-1', at('08:00'), { batteryPct: 4 })], { untilMs: at('09:00') });
  expect([empty[0]?.severity, empty[0]?.evidence.batteryPct]).toEqual(['P4', 4]);
  const charging = [says('band-1', at('08:00'), { batteryPct: 60, charging: true })];
  expect(replay(deviceOffline, red, charging, { untilMs: at('09:00') })[0]?.severity).toBe('P4');
  const fine = [says('band-1', at('08:00'), { batteryPct: 4 }), says('band-1', at('08:01'), { batteryPct: 80 })];
  expect(replay(deviceOffline, red, fine, { untilMs: at('09:00') })[0]?.severity).toBe('P3');
});

test('outside every safe zone the rules of places follow her; the band is only a band that is silent', () => {
  const red = homeOf({ resident: { riskTier: 'red' } });
  const [signal] = replay(deviceOffline, red, [walks(at('08:00'), 900)], { untilMs: at('09:00') });
  expect([signal?.severity, signal?.evidence.outside]).toEqual(['P4', true]);
  expect(replay(deviceOffline, red, [walks(at('08:00'), 100)], { untilMs: at('09:00') })[0]?.severity).toBe('P3');
});

test('everything at home silent together is the hub or the power: a check call for a resident at high risk', () => {
  const devices: Device[] = ['bed-1', 'bed-2'].map((id) => ({ id, kind: 'bedSensor', residentId: 'wang' }));
  const readings = devices.map(({ id }, i) => ({
    ...speaks(id, at('08:00') + i * minuteMs),
    kind: 'bedSensor' as const,
  }));
  const severity = (riskTier: 'red' | 'green') =>
    replay(deviceOffline, homeOf({ devices, resident: { riskTier } }), readings, { untilMs: at('12:00') })[0];
  expect(severity('red')).toMatchObject({ severity: 'P3', evidence: { otherDevices: 1, otherDevicesSilent: 1 } });
  expect(severity('green')?.severity).toBe('P4');
});

test('it says why, in numbers and words', () => {
  const [signal] = replay(deviceOffline, home, [speaks('hub-1', at('08:00')), speaks('pir-1', at('08:00'))], {
    untilMs: at('08:10'),
  });
  expect(signal?.evidence).toMatchObject({ silentMin: 10, allowedMin: 10, devicesBehind: 2 });
  expect(signal?.evidence.because).toContainEqual({
    zh: '最后一次消息在 11-21 08:00，已过 10 分钟',
    en: 'Last heard at 11-21 08:00, 10 minutes ago',
  });
  expect(signal?.evidence.because).toContainEqual(expect.objectContaining({ zh: '它下面的 2 台设备也收不到' }));
  const allowed = 'This kind of device may be silent for 10 minutes';
  expect(signal?.evidence.unless).toContainEqual(expect.objectContaining({ en: allowed }));
});

test('a connected hub that says little is there; one that says nothing for 35 minutes is not', () => {
  const life = new Life(deviceOffline, home).hear(says('hub-1', at('08:00'), { online: true }));
  for (const time of ['08:15', '08:30', '08:45']) life.hear(speaks('hub-1', at(time)));
  expect(life.waitUntil(at('09:18')).signals).toEqual([]);
  expect(brief(life.waitUntil(at('09:20')).signals)).toEqual([['raise', 'P4', 'hub-1', at('09:20')]]);
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
