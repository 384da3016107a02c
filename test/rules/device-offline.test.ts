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
