import { expect, test } from 'vitest';
import { Quarantine } from '../../ingest/quarantine.ts';
import { bytes, morningMs } from './door.ts';

const refusal = { reason: 'outOfRange', detail: 'heartRateBpm: expected 20 to 250' } as const;

function arrival(senderId: string, receivedAtMs = morningMs, payload = bytes('{"heartRateBpm":900}')) {
  return { senderId, topic: `v1/devices/${senderId}/telemetry`, payload, receivedAtMs };
}

test('a refused message can be looked at: who, when, why, and how it began', () => {
  const second = { reason: 'wrongType', detail: 'worn: expected true or false, got a number' } as const;
  expect(new Quarantine().shape(arrival('band-7'), [refusal, second])).toEqual([
    {
      deviceId: 'band-7',
      topic: 'v1/devices/band-7/telemetry',
      receivedAtMs: morningMs,
      reason: 'outOfRange',
      detail: `outOfRange: ${refusal.detail}; wrongType: ${second.detail}`,
      payloadHead: btoa('{"heartRateBpm":900}'),
      payloadBytes: 20,
    },
  ]);
});

test('nothing refused, nothing kept', () => {
  expect(new Quarantine().shape(arrival('band-7'), [])).toEqual([]);
});

test('of ten megabytes only the head is kept', () => {
  const [record] = new Quarantine().shape(arrival('band-7', morningMs, new Uint8Array(10_000_000)), [refusal]);
  expect(record?.payloadBytes).toBe(10_000_000);
  expect(atob(record?.payloadHead ?? '').length).toBe(512);
});

test('a broken device cannot push out the others, and stays visible', () => {
  const quarantine = new Quarantine();
  const kept = Array.from({ length: 1_000 }, () => quarantine.shape(arrival('broken'), [refusal])).flat();
  expect(kept.length).toBeLessThan(50);
  expect(quarantine.shape(arrival('band-7'), [refusal])).toHaveLength(1);
  expect(quarantine.shape(arrival('broken', morningMs + 60_000), [refusal])).toHaveLength(1);
});

test('a clock that steps back gives nobody more than their share', () => {
  const quarantine = new Quarantine();
  const times = Array.from({ length: 200 }, (_, step) => morningMs - (step % 2) * 3_600_000);
  expect(times.flatMap((atMs) => quarantine.shape(arrival('broken', atMs), [refusal])).length).toBeLessThan(50);
});
