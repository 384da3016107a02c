import { type IPublishPacket, parser } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { Pace } from '../../simulators/load/pace.ts';
import { ClockText, packetRing, renew } from '../../simulators/load/packets.ts';
import { profiles } from '../../simulators/load/profiles.ts';

const startMs = 1_763_700_000_000;

function parsed(bytes: Buffer): IPublishPacket[] {
  const packets: IPublishPacket[] = [];
  const reader = parser();
  reader.on('packet', (packet) => packets.push(packet as IPublishPacket));
  reader.parse(bytes);
  return packets;
}

function payloads(bytes: Buffer): { t: number; seq: number; event?: string }[] {
  return parsed(bytes).map(({ payload }) => JSON.parse(payload.toString()));
}

test('a ring holds whole packets with ids of their own', () => {
  const ring = packetRing(['a'], 20, 1, profiles.telemetry, startMs);
  expect(parsed(ring.bytes).map(({ messageId }) => messageId)).toEqual(
    Array.from({ length: 20 }, (_, cell) => cell + 1),
  );
});

test('renewing a packet changes its time and its seq and nothing else', () => {
  const ring = packetRing(['a', 'b'], 4, 1, profiles.telemetry, startMs);
  const before = payloads(ring.bytes);
  for (let cell = 0; cell < ring.cells; cell += 1) renew(ring, cell, new ClockText().show(startMs + 7));
  const after = payloads(ring.bytes);
  expect(after).toEqual(before.map((message) => ({ ...message, t: startMs + 7, seq: message.seq + 1000 })));
});

test('seq of a device only grows, across any number of rounds, and stays a number JSON can carry', () => {
  const ring = packetRing(['a'], 3, 1, profiles.telemetry, startMs);
  const seen: number[] = [];
  for (let round = 0; round < 1100; round += 1) {
    for (let cell = 0; cell < ring.cells; cell += 1) renew(ring, cell, new ClockText().show(startMs + round));
    seen.push(...payloads(ring.bytes).map(({ seq }) => seq));
  }
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(new Set(seen).size).toBe(seen.length);
  expect(Number.isSafeInteger(seen.at(-1))).toBe(true);
});

test('mixed traffic has one press in a hundred, in the life-safety lane', () => {
  const ring = packetRing(['a'], 20, 1, profiles.mixed, startMs);
  const presses = parsed(ring.bytes).filter(({ payload }) => JSON.parse(payload.toString()).event === 'sos');
  expect(ring.cells).toBe(100);
  expect(presses.map(({ topic }) => topic)).toEqual(['v1/devices/a/event']);
});

test('a device that fell behind is told how much is due, and since when', () => {
  const pace = new Pace(10, 1000, 0);
  expect(pace.dueAt(999)).toBe(0);
  expect(pace.dueAt(1000)).toBe(1);
  expect(pace.dueAt(1350)).toBe(4);
  pace.sent(1);
  expect(pace.dueAt(1350)).toBe(3);
  expect(pace.nextDueMs()).toBe(1100);
});
