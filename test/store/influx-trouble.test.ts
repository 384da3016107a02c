import { describe, expect, test } from 'vitest';
import { freshForwardingPlace, pulses } from '../support/influx-forwarding.ts';
import { refusingField } from '../support/influx-stand-in.ts';
import { minute, noon } from './support/facts.ts';

const place = freshForwardingPlace();

describe('an InfluxDB in trouble', () => {
  test('that is down holds up nobody, and gets everything when it is back', async () => {
    const { behave } = place().server;
    place().server.behave = () => ({ status: 503 });
    place().forwarder.start();
    for (const one of pulses(50)) await place().commit([one]);
    await place().failures(3);
    expect(place().log.lag.readings).toBe(50);
    expect(place().forwarder.status.trouble).toBe('it answers 503');
    place().server.behave = behave;
    await place().allTold();
    expect(place().server.points.size).toBe(50);
    expect(place().troubles).toEqual(['it answers 503', undefined]);
  });

  test('that nobody can reach is waited for', async () => {
    await place().commit(pulses(20));
    await place().server.close();
    place().forwarder.start();
    await place().failures(2);
    expect(place().forwarder.status.trouble).toMatch(/^it does not answer/);
    expect(place().log.lag.readings).toBe(20);
  });

  test('that asks for patience is given as much as it asks for', async () => {
    let asked = 0;
    place().server.behave = () => (asked++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : 'take');
    await place().commit(pulses(20));
    place().forwarding({ firstDelayMs: 60_000, longestDelayMs: 60_000 });
    place().forwarder.start();
    await place().allTold();
    expect(place().server.points.size).toBe(20);
    expect(place().troubles).toEqual(['it answers 429', undefined]);
  });

  test('that is slow is asked for less at once', async () => {
    place().server.behave = (lines) => (lines.length > 60 ? 'silence' : 'take');
    await place().commit(pulses(400));
    place().forwarding({ linesPerRequest: 200 }, 100);
    place().forwarder.start();
    await place().allTold();
    expect(place().server.points.size).toBe(400);
    expect(place().forwarder.status.failures).toBeGreaterThan(0);
  });

  test('that takes small requests only is sent small requests', async () => {
    place().server.behave = (lines) => (lines.length > 30 ? { status: 413 } : 'take');
    await place().commit(pulses(200));
    place().forwarder.start();
    await place().allTold();
    expect(place().server.points.size).toBe(200);
    expect(place().log.refusals.total).toBe(0);
  });

  // 200 is what a page in between says: a write that was taken is answered 204.
  for (const status of [200, 401, 403, 404, 500, 502, 504]) {
    test(`that answers ${status} may be mended: nothing is given up`, async () => {
      place().server.behave = () => ({ status, body: '{"error":"some words"}' });
      await place().commit(pulses(20));
      place().forwarder.start();
      await place().failures(2);
      place().server.behave = () => 'take';
      await place().allTold();
      expect(place().server.points.size).toBe(20);
      expect(place().log.refusals.total).toBe(0);
    });
  }

  test('that refuses every line in words nobody knows is not believed', async () => {
    place().server.behave = () => ({ status: 400, body: '{"error":"this proxy wants a different header"}' });
    await place().commit(pulses(20));
    place().forwarder.start();
    await place().failures(2);
    expect(place().forwarder.status.trouble).toBe('it refuses everything it is sent');
    place().server.behave = () => 'take';
    await place().allTold();
    expect(place().server.points.size).toBe(20);
    expect(place().log.refusals.total).toBe(0);
  });

  test('that begins to refuse everything in the middle is not believed either', async () => {
    let asked = 0;
    const refuses = { status: 400, body: '{"error":"this proxy wants a different header"}' };
    place().server.behave = () => (++asked === 2 ? 'take' : refuses);
    await place().commit(pulses(20));
    place().forwarder.start();
    await place().failures(2);
    place().server.behave = () => 'take';
    await place().allTold();
    expect(place().server.points.size).toBe(20);
    expect(place().log.refusals.total).toBe(0);
  });
});

describe('a field InfluxDB will not take', () => {
  const mixed = () => pulses(300, (n) => (n % 3 === 0 ? { facts: { heartRateBpm: 70, spo2Pct: 97 } } : {}));

  test('is set aside with the reason; everything else arrives, of the same reading too', async () => {
    place().server.behave = refusingField(place().server, 'spo2Pct');
    await place().commit(mixed());
    place().forwarder.start();
    await place().allTold();
    const all = [...place().server.points.values()];
    expect(all.filter((fields) => fields.has('heartRateBpm') && fields.has('delayMs'))).toHaveLength(300);
    expect(all.filter((fields) => fields.has('spo2Pct'))).toEqual([]);
    const { total, newest } = place().log.refusals;
    expect(total).toBe(100);
    expect(newest[1]).toMatchObject({
      subjectId: 'r-1',
      takenAtMs: noon + 3 * minute,
      readingId: 'band-1:3',
      fields: ['spo2Pct'],
    });
    expect(newest[1]?.reason).toContain('field type conflict');
    expect(place().server.writes.length).toBeLessThan(6);
  });

  test('is remembered across a restart, in a list that has an end', async () => {
    place().server.behave = refusingField(place().server, 'heartRateBpm');
    await place().commit(pulses(1_500));
    place().forwarder.start();
    await place().allTold();
    await place().restart();
    expect(place().log.refusals.total).toBe(1_500);
    expect(place().log.refusals.newest).toHaveLength(1_000);
    expect(place().log.refusals.newest.at(-1)?.readingId).toBe('band-1:1499');
  });

  test('is found by halves when the server does not name it', async () => {
    place().server.behave = (lines) =>
      lines.some((line) => line.includes('heartRateBpm=77'))
        ? { status: 400, body: '{"code":"invalid","message":"unable to parse points"}' }
        : 'take';
    await place().commit(pulses(200));
    place().forwarder.start();
    await place().allTold();
    expect(place().server.points.size).toBe(200);
    expect(place().log.refusals.newest.map(({ fields }) => fields)).toEqual(
      Array.from({ length: 5 }, () => ['heartRateBpm']),
    );
  });
});
