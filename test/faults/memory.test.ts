import { expect, test } from 'vitest';
import { MemoryWatch } from '../../app/memory-watch.ts';
import { Intake } from '../../ingest/intake.ts';
import { Directory } from '../../model/directory.ts';
import type { Reading } from '../../model/reading.ts';

test('the memory fills and empties: said once each, and not for every coming and going between', () => {
  const said: string[] = [];
  const note = (_facts: object, message: string) => void said.push(message);
  let usedShare = 0.5;
  const watch = new MemoryWatch({ error: note, warn: note } as never, () => usedShare); // the calls that are made
  const tight = [0.84, 0.86, 0.8, 0.9, 0.71, 0.69, 0.84].map((share) => {
    usedShare = share;
    watch.look();
    return watch.isTight;
  });
  expect(tight).toEqual([false, true, true, true, true, false, false]);
  expect(said).toEqual([
    'the memory is nearly used up: only alarms are taken',
    'there is memory again: readings are taken',
  ]);
});

test('between two looks of the clock a flood makes it look by itself', () => {
  const note = () => undefined;
  let usedShare = 0.5;
  const watch = new MemoryWatch({ error: note, warn: note } as never, () => usedShare); // the calls that are made
  usedShare = 0.9;
  expect(watch.isShortFor(1_000)).toBe(false);
  expect(watch.isShortFor(256 * 1_024)).toBe(true);
});

const startMs = Date.UTC(2026, 4, 4, 2);

test('memory is short: alarms and what may be a fall are taken, readings are refused, and taken when they are sent again', () => {
  const directory = new Directory();
  const band = { id: 'band-1', kind: 'wristband', residentId: 'r1' } as const;
  directory.apply({ kind: 'devices', id: band.id, entity: band });
  const taken: Reading[] = [];
  let isShort = true;
  const take = ({ readings }: { readonly readings: readonly Reading[] }, done: () => void) => {
    taken.push(...readings);
    done();
  };
  const intake = new Intake({ directory, take, isShort: () => isShort });
  const send = (topic: string, facts: object): string => {
    let answer = 'nothing';
    const payload = new TextEncoder().encode(JSON.stringify(facts));
    const arrival = { senderId: band.id, topic: `v1/devices/band-1/${topic}`, payload, receivedAtMs: startMs };
    intake.accept(arrival, (error) => {
      answer = error?.message ?? 'acknowledged';
    });
    return answer;
  };
  const reading = { t: startMs, seq: 1, steps: 100 };
  const samples = Array.from({ length: 60 }, () => [0, 0, 1]);
  expect(send('telemetry', reading)).toBe('memory is short: only alarms are taken');
  expect(send('telemetry', { t: startMs, seq: 2, event: 'sos', steps: 100 })).toBe('acknowledged');
  expect(send('event', { t: startMs, seq: 3, event: 'fall' })).toBe('acknowledged');
  expect(send('burst', { t: startMs, rateHz: 50, site: 'wrist', unit: 'g', samples })).toBe('acknowledged');
  isShort = false;
  expect(send('telemetry', reading)).toBe('acknowledged');
  expect(taken.map(({ facts }) => Object.keys(facts).join())).toEqual(['events,steps', 'events', 'burst', 'steps']);
  expect(intake.counters.get('shed')).toBe(1);
});
