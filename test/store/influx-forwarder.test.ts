import { describe, expect, test } from 'vitest';
import { freshForwardingPlace, pulses } from '../support/influx-forwarding.ts';
import { type Answer, refusingField } from '../support/influx-stand-in.ts';
import { eventually } from '../support/service.ts';
import { minute, noon } from './support/facts.ts';

const place = freshForwardingPlace();

describe('readings reach InfluxDB', () => {
  test('what was committed, and what is committed afterwards, each once', async () => {
    await place().commit(
      pulses(30),
      pulses(20, (n) => ({ id: `b${n}`, deviceId: 'band-2' })),
    );
    expect(place().log.lag).toEqual({ readings: 50, sinceMs: noon + 29 * minute + 250 });
    place().forwarder.start();
    await place().allTold();
    await place().commit(pulses(10, (n) => ({ id: `c${n}`, deviceId: 'band-3' })));
    await place().allTold();
    expect(place().server.points.size).toBe(60);
    expect(place().log.lag).toEqual({ readings: 0, sinceMs: undefined });
  });

  test('different readings of one device and one millisecond stay apart; the same one again does not double', async () => {
    const together = pulses(200, () => ({ takenAtMs: noon }));
    await place().commit(together, together.slice(0, 50));
    place().forwarder.start();
    await place().allTold();
    expect(place().server.points.size).toBe(200);
  });

  test('a few travel together, many in requests of a bounded size', async () => {
    await place().commit(
      ...pulses(40).map((one) => [one]),
      pulses(500, (n) => ({ id: `b${n}`, deviceId: 'band-2' })),
    );
    place().forwarding({ linesPerRequest: 100, pointsAtOnce: 150 });
    place().forwarder.start();
    await place().allTold();
    expect(place().server.points.size).toBe(540);
    expect(Math.max(...place().server.writes)).toBe(100);
    expect(place().server.writes.length).toBeLessThan(12);
  });

  test('after a restart it goes on where it was', async () => {
    await place().commit(pulses(30));
    place().forwarder.start();
    await place().allTold();
    await place().forwarder.stop();
    const sent = place().server.writes.length;
    await place().commit(pulses(5, (n) => ({ id: `late${n}`, deviceId: 'band-9' })));
    await place().restart();
    expect(place().log.lag.readings).toBe(5);
    place().forwarder.start();
    await place().allTold();
    expect(place().server.writes.slice(sent)).toEqual([5]);
    expect(place().server.points.size).toBe(35);
  });

  test('killed before the checkpoint was written, it tells the same again and nothing doubles', async () => {
    await place().commit(pulses(30));
    const { log: kept } = place();
    const killed = () => Promise.reject(new Error('killed'));
    const { steps, forget } = { steps: kept.steps.bind(kept), forget: kept.forget.bind(kept) };
    place().forwarding({}, 5_000, { steps, forget, told: killed, lag: kept.lag, refusals: kept.refusals });
    place().forwarder.start();
    await place().failures(1);
    const told = new Map(place().server.points);
    expect(told.size).toBe(30);
    const sent = place().server.writes.length;
    await place().restart();
    expect(place().log.lag.readings).toBe(30);
    place().forwarder.start();
    await place().allTold();
    expect(place().server.writes.length).toBeGreaterThan(sent);
    expect(place().server.points).toEqual(told);
  });
});

test('a damaged entry is said to be damaged and holds up nothing', async () => {
  await place().commit(pulses(5));
  await place().commit(pulses(7, (n) => ({ id: `b${n}`, deviceId: 'band-2' })));
  await place().spoil('f!0000000000000001');
  place().forwarder.start();
  await place().allTold();
  expect(place().server.points.size).toBe(7);
  expect(place().store.damage).toEqual([{ what: 'what had to be forwarded is damaged', where: 'commit 1' }]);
});

describe('letting go', () => {
  test('who is erased is not told of any more, neither what is in memory nor what waits on the disk', async () => {
    place().server.behave = () => ({ status: 503 });
    const other = pulses(10, (n) => ({ id: `o${n}`, subjectId: 'r-2', deviceId: 'band-2' }));
    const more = pulses(10, (n) => ({ id: `m${n}`, takenAtMs: noon - n }));
    await place().commit(pulses(10), other, more);
    place().forwarding({ pointsAtOnce: 15 });
    place().forwarder.start();
    await place().failures(1);
    expect(await place().store.erase('r-1')).toBe(20);
    await place().forwarder.erase('r-1');
    expect(place().erased).toEqual(['r-1']);
    place().server.behave = () => 'take';
    await place().allTold();
    expect(new Set([...place().server.points.keys()].map((point) => /subject=(\S+)/.exec(point)?.[1]))).toEqual(
      new Set(['r-2']),
    );
    expect(place().server.points.size).toBe(10);
  });

  test('an erasure waits for what is under way', async () => {
    const order: string[] = [];
    const { promise: erasureAsked, resolve: ask } = Promise.withResolvers<void>();
    place().server.behave = async (lines): Promise<Answer> => {
      order.push(`${lines.length} lines`);
      await erasureAsked;
      return 'take';
    };
    await place().commit(pulses(40));
    place().forwarding({ linesPerRequest: 10 });
    place().forwarder.start();
    await eventually(() => order.length > 0 || undefined);
    const erasing = place().forwarder.erase('r-1');
    ask();
    await erasing;
    order.push('erased');
    expect(order).toEqual(['10 lines', '10 lines', '10 lines', '10 lines', 'erased']);
  });

  test('the refusals of who is erased go too', async () => {
    place().server.behave = refusingField(place().server, 'heartRateBpm');
    await place().commit(
      pulses(3),
      pulses(2, (n) => ({ id: `o${n}`, subjectId: 'r-2' })),
    );
    place().forwarder.start();
    await place().allTold();
    await place().forwarder.erase('r-1');
    expect(place().log.refusals.newest.map(({ subjectId }) => subjectId)).toEqual(['r-2', 'r-2']);
  });
});
