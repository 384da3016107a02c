import { expect, test } from 'vitest';
import type { Device } from '../../model/device.ts';
import { deviceOffline } from '../../rules/device-offline.ts';
import { at, homeOf, hourMs, minuteMs, says } from './support/home.ts';
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
