import type { Device } from '../../model/device.ts';
import type { Random } from '../random.ts';
import type { LifeEvent } from './event.ts';
import { roomNames, type Stay } from './plan.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Battery motion sensors are silent for a while after each record. */
const motionPauseMs = minuteMs;
const doorOpenMs = 8_000;

/** Sees somebody moving in its room: every few minutes while they are up, now and then while they sleep. */
export function* motionDay({ id, room }: Device, stays: readonly Stay[], random: Random): Generator<LifeEvent> {
  let seenAtMs = Number.NEGATIVE_INFINITY;
  for (const stay of stays.filter(({ place }) => place !== 'outside' && roomNames[place] === room)) {
    const longestMs = stay.isAsleep ? 60 * minuteMs : 6 * minuteMs;
    const enters = Math.max(stay.fromMs, Math.ceil(seenAtMs + motionPauseMs));
    for (let atMs = enters; atMs < stay.toMs; atMs += random.whole(motionPauseMs, longestMs)) {
      seenAtMs = atMs;
      yield { atMs, deviceId: id, lane: 'telemetry', payload: { motion: true } };
    }
  }
}

/** Opens and closes when somebody goes out and when they come back. */
export function* doorDay({ id }: Device, stays: readonly Stay[]): Generator<LifeEvent> {
  const passages = stays.filter(({ place }) => place === 'outside').flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  for (const atMs of passages) {
    yield { atMs, deviceId: id, lane: 'telemetry', payload: { contactOpen: true } };
    yield { atMs: atMs + doorOpenMs, deviceId: id, lane: 'telemetry', payload: { contactOpen: false } };
  }
}

const heartbeats: Readonly<
  Partial<Record<Device['kind'], { everyMs: number; says: Readonly<Record<string, unknown>> }>>
> = {
  smokeDetector: { everyMs: hourMs, says: { smoke: false } },
  motionSensor: { everyMs: hourMs, says: { motion: false } },
  doorSensor: { everyMs: hourMs, says: {} },
  callButton: { everyMs: 4 * hourMs, says: {} },
};

/** "I am still here", with the battery, each device at its own minute. */
export function* heartbeatDay({ id, kind }: Device, dayStartMs: number, random: Random): Generator<LifeEvent> {
  const heartbeat = heartbeats[kind];
  if (heartbeat === undefined) return;
  const batteryPct = random.whole(60, 100);
  const firstMs = random.whole(0, heartbeat.everyMs - 1);
  for (let sinceMs = firstMs; sinceMs < dayMs; sinceMs += heartbeat.everyMs) {
    const payload = { ...heartbeat.says, batteryPct };
    yield { atMs: dayStartMs + sinceMs, deviceId: id, lane: 'telemetry', payload };
  }
}
