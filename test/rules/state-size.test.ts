import { expect, test } from 'vitest';
import type { Device, DeviceKind } from '../../model/device.ts';
import type { EventName, Facts } from '../../model/reading.ts';
import type { Zone } from '../../model/zone.ts';
import { Engine } from '../../rules/engine.ts';
import { rules } from '../../rules/index.ts';
import { randomOf } from '../../simulators/random.ts';
import { doubtfulBurst } from './support/bursts.ts';
import { at, east, home, homeOf, homeZone, hourMs, minuteMs, says } from './support/home.ts';

const fitted: readonly (readonly [string, DeviceKind])[] = [
  ['band-new', 'wristband'],
  ['button-bed', 'callButton'],
  ['button-bath', 'callButton'],
  ['pir-hall', 'motionSensor'],
  ['pir-kitchen', 'motionSensor'],
  ['pir-lounge', 'motionSensor'],
  ['pir-bed', 'motionSensor'],
  ['door-front', 'doorSensor'],
  ['door-fridge', 'doorSensor'],
  ['mat-bed', 'bedSensor'],
  ['smoke-hall', 'smokeDetector'],
  ['gas-stove', 'gasDetector'],
  ['cuff', 'vitalsMonitor'],
  ['hub-1', 'hub'],
];
const faint = doubtfulBurst();
const behindHub = new Set<DeviceKind>(['motionSensor', 'doorSensor', 'bedSensor']);
const devices: readonly Device[] = fitted.map(([id, kind]) => ({
  id,
  kind,
  residentId: 'wang',
  ...(behindHub.has(kind) && { hubId: 'hub-1' }),
}));
/** Twenty zones round her, every other one forbidden. */
const zones: readonly Zone[] = [
  homeZone,
  ...Array.from({ length: 19 }, (_, i): Zone => {
    const shape = { type: 'circle', center: east(600 + 150 * i), radiusM: 60 } as const;
    return { ...homeZone, id: `zone-${i}`, name: `区域${i}`, kind: i % 2 === 0 ? 'forbidden' : 'safe', shape };
  }),
];
const eventsOf: Partial<Record<DeviceKind, readonly [EventName, ...EventName[]]>> = {
  wristband: ['sos', 'fall', 'tamper', 'ok'],
  callButton: ['sos', 'tamper', 'ok'],
  smokeDetector: ['smoke', 'smokeCleared', 'tamper'],
  gasDetector: ['gas', 'tamper'],
};

/** Everything that a device of its kind can say, and more often than in any real life. */
function factsOf(kind: DeviceKind, random: ReturnType<typeof randomOf>): Facts {
  const has = (share: number) => random.chance(share);
  const events = eventsOf[kind];
  return {
    ...(events && has(0.1) && { events: [random.pick(events)] }),
    ...(has(0.3) && { batteryPct: random.whole(0, 100), charging: has(0.3) }),
    ...((kind === 'motionSensor' || has(0.1)) && { motion: has(0.7) }),
    ...(kind === 'doorSensor' && { contactOpen: has(0.5) }),
    ...((kind === 'smokeDetector' || kind === 'gasDetector') && { smoke: has(0.1), gas: has(0.1), temperatureC: 20 }),
    ...(kind === 'hub' && { online: has(0.8) }),
    ...(kind === 'wristband' && {
      position: {
        lat: home.lat + random.between(-0.02, 0.02),
        lon: home.lon + random.between(-0.03, 0.03),
        accuracyM: random.whole(5, 60),
      },
      steps: random.whole(0, 20_000),
      worn: has(0.8),
      ...(has(0.1) && { homeAnchor: true }),
      ...(has(0.1) && { burst: faint }),
    }),
    ...((kind === 'wristband' || kind === 'vitalsMonitor') && {
      heartRateBpm: random.whole(35, 180),
      spo2Pct: random.whole(70, 100),
      systolicMmHg: random.whole(70, 230),
      diastolicMmHg: random.whole(40, 130),
      temperatureC: random.whole(340, 410) / 10,
      respirationPerMin: random.whole(5, 35),
    }),
  };
}

test('whatever one resident lives through for four weeks, what is kept of her stays below 4 KB', () => {
  const household = homeOf({ devices, zones, resident: { hasPet: true, riskTier: 'red', cognitiveRisk: true } });
  const engine = new Engine(rules, () => household, 0);
  const random = randomOf('hostile');
  let longest = { bytes: 0, state: '' };
  let nowMs = at('00:00');
  for (let n = 0; nowMs < at('00:00', 28); n++) {
    // Silences of every length: a word each minute by day, hours without any, half a day at night.
    nowMs += Math.round(random.chance(0.01) ? random.between(1, 13) * hourMs : random.between(0, 4) * minuteMs);
    const { id, kind } = devices[random.whole(0, devices.length - 1)]!; // whole() stays within
    for (const _ of engine.due(nowMs));
    const takenAtMs = nowMs - (random.chance(0.05) ? random.whole(0, 3) * hourMs : 0);
    const reading = { ...says(id, takenAtMs, factsOf(kind, random), nowMs), kind };
    engine.step(reading, nowMs);
    if (n % 20 !== 0) continue;
    const state = engine.stateOf('wang');
    const bytes = Buffer.byteLength(state);
    if (bytes > longest.bytes) longest = { bytes, state };
  }
  expect(longest.bytes).toBeLessThan(4_096);

  // What is kept is all that a restart needs.
  const again = new Engine(rules, () => household, 0);
  again.restore('wang', longest.state);
  expect(again.stateOf('wang')).toBe(longest.state);
});
