import { expect, test } from 'vitest';
import { Duplicates } from '../../ingest/duplicates.ts';
import type { Reading } from '../../model/reading.ts';
import { band, Door, morningMs } from './door.ts';

const telemetry = 'v1/devices/band-7/telemetry';
const event = 'v1/devices/band-7/event';
const minuteMs = 60_000;

test('a message sent again has no second effect', () => {
  const door = new Door(band);
  const sos = { t: morningMs, seq: 17, event: 'sos', batteryPct: 3 };
  expect(door.receive(event, sos, morningMs)).toHaveLength(1);
  expect(door.receive(event, sos, morningMs + 3_000)).toHaveLength(0);
  expect(door.receive(event, sos, morningMs + 60 * minuteMs)).toHaveLength(0);
});

test('without a number the same time, topic and facts are the same message', () => {
  const door = new Door(band);
  const message = { t: morningMs, heartRateBpm: 70 };
  expect(door.receive(telemetry, message, morningMs)).toHaveLength(1);
  expect(door.receive(telemetry, message, morningMs + minuteMs)).toHaveLength(0);
  expect(door.receive(event, message, morningMs + minuteMs)).toHaveLength(1);
  expect(door.receive(telemetry, { ...message, heartRateBpm: 71 }, morningMs + minuteMs)).toHaveLength(1);
});

test('the same number is a retransmission even when the device wrote a new time on it', () => {
  const door = new Door(band);
  expect(door.receive(event, { t: morningMs, seq: 5, event: 'sos' }, morningMs)).toHaveLength(1);
  expect(door.receive(event, { t: morningMs + minuteMs, seq: 5, event: 'sos' }, morningMs + minuteMs)).toHaveLength(0);
  expect(door.receive(event, { seq: 5, event: 'sos' }, morningMs + minuteMs)).toHaveLength(0);
});

test('an SOS does not drown in the number of a heartbeat', () => {
  const door = new Door(band);
  expect(door.receive(telemetry, { t: morningMs, seq: 5, batteryPct: 80 }, morningMs)).toHaveLength(1);
  expect(door.receive(event, { t: morningMs, seq: 5, event: 'sos' }, morningMs)).toHaveLength(1);
});

test('a button that restarts its counter with each press is heard again after ten minutes', () => {
  const door = new Door(band);
  const press = { seq: 1, event: 'sos' };
  expect(door.receive(event, press, morningMs)).toHaveLength(1);
  expect(door.receive(event, press, morningMs + minuteMs)).toHaveLength(0);
  expect(door.receive(event, press, morningMs + 11 * minuteMs)).toHaveLength(1);
});

test('two presses without clock and number are two presses', () => {
  const door = new Door(band);
  expect(door.receive(event, { event: 'sos' }, morningMs)).toHaveLength(1);
  expect(door.receive(event, { event: 'sos' }, morningMs + 1_000)).toHaveLength(1);
});

test('a buffer sent twice counts once', () => {
  const door = new Door(band);
  const buffer = Array.from({ length: 20 }, (_, step) => ({ t: morningMs + step * 1_000, steps: step }));
  expect(door.receive(telemetry, buffer, morningMs + minuteMs)).toHaveLength(20);
  expect(door.receive(telemetry, buffer, morningMs + 2 * minuteMs)).toHaveLength(0);
});

test('after a commit that failed, what the device sends again counts', () => {
  const door = new Door(band);
  const sos = { t: morningMs, seq: 17, event: 'sos' };
  expect(door.receive(event, sos, morningMs)).toHaveLength(1);
  door.duplicates.forget();
  expect(door.receive(event, sos, morningMs + 1_000)).toHaveLength(1);
});

function reading(deviceId: string, takenAtMs: number): Reading {
  const id = `${deviceId}:t${takenAtMs}:facts`;
  const facts = { worn: true };
  return {
    id,
    deviceId,
    kind: 'wristband',
    subjectId: 'wang',
    lane: 'telemetry',
    takenAtMs,
    receivedAtMs: takenAtMs,
    late: false,
    facts,
  };
}

test('no device and no number of devices can make the memory grow without end', () => {
  const duplicates = new Duplicates(100);
  for (let device = 0; device < 1_000; device++) duplicates.seen(reading(`band-${device}`, morningMs));
  expect(duplicates.deviceCount).toBe(100);
  expect(duplicates.seen(reading('band-999', morningMs))).toBe(true);
  for (let step = 1; step < 1_000; step++) duplicates.seen(reading('band-999', morningMs + step));
  expect(duplicates.seen(reading('band-999', morningMs + 999))).toBe(true);
  expect(duplicates.seen(reading('band-999', morningMs))).toBe(false);
});

test('what one device said is not what another said', () => {
  const duplicates = new Duplicates();
  expect(duplicates.seen(reading('band-1', morningMs))).toBe(false);
  expect(duplicates.seen(reading('band-2', morningMs))).toBe(false);
});
