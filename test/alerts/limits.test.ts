import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterAttempt, afterStart, type Breaker, breakerWaitMs, closed } from '../../alerts/breaker.ts';
import { type Limit, Limits, limitsOf, type Sent, takeRoom } from '../../alerts/limits.ts';

const gaps = fc.array(fc.record({ gapMs: fc.integer({ min: 0, max: 20_000 }), isP1: fc.boolean() }), {
  maxLength: 300,
});
const someLimits = fc.constantFrom(...Object.values(limitsOf));

/** What went out when, asked at the given gaps. */
function walk(limits: readonly Limit[], asked: readonly { gapMs: number; isP1: boolean }[]) {
  let [nowMs, sent] = [1_000_000, [] as Sent];
  const went: { atMs: number; isP1: boolean }[] = [];
  const waits: { atMs: number; isP1: boolean; waitMs: number; sent: Sent }[] = [];
  for (const { gapMs, isP1 } of asked) {
    nowMs += gapMs;
    const taken = takeRoom(limits, sent, nowMs, isP1);
    if ('waitMs' in taken) waits.push({ atMs: nowMs, isP1, waitMs: taken.waitMs, sent });
    else {
      sent = taken.sent;
      went.push({ atMs: nowMs, isP1 });
    }
  }
  return { went, waits, sent };
}

test('in no span of time does more go out than the provider allows', () => {
  fc.assert(
    fc.property(someLimits, gaps, (limits, asked) => {
      const { went } = walk(limits, asked);
      for (const { count, perMs } of limits) {
        for (const { atMs } of went) {
          expect(went.filter((one) => one.atMs >= atMs && one.atMs < atMs + perMs).length).toBeLessThanOrEqual(count);
        }
      }
    }),
  );
});

test('whatever the others do, P1 finds the places kept for it', () => {
  fc.assert(
    fc.property(someLimits, gaps, (limits, asked) => {
      const others = walk(
        limits,
        asked.map((one) => ({ ...one, isP1: false })),
      );
      const nowMs = others.went.at(-1)?.atMs ?? 1_000_000;
      const kept = Math.min(...limits.map(({ reserved }) => reserved));
      let sent: Sent = others.sent;
      for (let nth = 0; nth < kept; nth++) {
        const taken = takeRoom(limits, sent, nowMs, true);
        if ('waitMs' in taken) throw new Error(`P1 number ${nth + 1} had to wait`);
        sent = taken.sent;
      }
    }),
  );
});

test('whoever is told to wait finds room when the wait is over, and not a moment before', () => {
  fc.assert(
    fc.property(someLimits, gaps, (limits, asked) => {
      for (const { atMs, isP1, waitMs, sent } of walk(limits, asked).waits) {
        expect(takeRoom(limits, sent, atMs + waitMs, isP1)).toHaveProperty('sent');
        expect(takeRoom(limits, sent, atMs + waitMs - 1, isP1)).toHaveProperty('waitMs');
      }
    }),
  );
});

test('a clock that is set back does not close a channel for hours', () => {
  const limits = limitsOf.voice!; // it is there
  const first = takeRoom(limits, [], 10_000_000, true) as { sent: Sent };
  expect(takeRoom(limits, first.sent, 1_000, true)).toHaveProperty('sent');
});

test('the record of an address stays small', () => {
  const asked = Array.from({ length: 5_000 }, () => ({ gapMs: 700, isP1: true }));
  expect(walk(limitsOf.feishu!, asked).sent.length).toBeLessThanOrEqual(100); // it is there
});

test('one number is called once a minute; another one is another matter', () => {
  const limits = new Limits();
  expect(limits.take('voice', '13800000000', 0, true)).toBe(0);
  expect(limits.take('voice', '13800000000', 15_000, true)).toBe(45_000);
  expect(limits.take('voice', '13900000000', 15_000, true)).toBe(0);
  expect(limits.take('voice', '13800000000', 60_000, true)).toBe(0);
  expect(limits.take('log', 'anything', 60_000, false)).toBe(0);
});

// ---- the breaker ----

const attempts = fc.array(fc.record({ gapMs: fc.integer({ min: 0, max: 120_000 }), isWell: fc.boolean() }), {
  maxLength: 200,
});

test('an endpoint that fails five times in a row is left alone, longer each time, five minutes at most', () => {
  let [breaker, nowMs]: [Breaker, number] = [closed, 0];
  for (let nth = 0; nth < 5; nth++) breaker = afterAttempt(breaker, false, nowMs);
  const opened: number[] = [];
  for (let nth = 0; nth < 6; nth++) {
    opened.push(breakerWaitMs(breaker, nowMs));
    nowMs += opened.at(-1)!; // just pushed
    expect(breakerWaitMs(breaker, nowMs)).toBe(0); // the probe
    breaker = afterStart(breaker, nowMs);
    expect(breakerWaitMs(breaker, nowMs)).toBeGreaterThan(0); // one at a time
    breaker = afterAttempt(breaker, false, nowMs);
  }
  expect(opened).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
  expect(afterAttempt(breaker, true, nowMs)).toEqual(closed);
});

test('never closed for ever, never open after a success, never longer than said', () => {
  fc.assert(
    fc.property(attempts, (asked) => {
      let [breaker, nowMs]: [Breaker, number] = [closed, 0];
      for (const { gapMs, isWell } of asked) {
        nowMs += gapMs;
        const waitMs = breakerWaitMs(breaker, nowMs);
        expect(waitMs).toBeLessThanOrEqual(300_000);
        expect(breakerWaitMs(breaker, nowMs + waitMs + 60_000)).toBe(0);
        if (waitMs > 0) continue;
        breaker = afterAttempt(afterStart(breaker, nowMs), isWell, nowMs);
        if (isWell) expect(breakerWaitMs(breaker, nowMs)).toBe(0);
      }
    }),
  );
});

test('a probe of which nothing is heard does not keep the endpoint shut', () => {
  const open = Array.from({ length: 5 }).reduce<Breaker>((breaker) => afterAttempt(breaker, false, 0), closed);
  const probing = afterStart(open, 30_000);
  expect(breakerWaitMs(probing, 60_000)).toBe(30_000);
  expect(breakerWaitMs(probing, 90_000)).toBe(0);
});

test('a clock that is set back opens it for a probe', () => {
  const open = Array.from({ length: 5 }).reduce<Breaker>((breaker) => afterAttempt(breaker, false, 9e9), closed);
  expect(breakerWaitMs(open, 1_000)).toBe(0);
});
