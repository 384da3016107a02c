import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Burst } from '../../model/reading.ts';
import { featuresOf } from '../../rules/fall/features.ts';
import { evidenceOf, exceptionOf, judge, reasonsOf } from '../../rules/fall/judge.ts';
import { windowOf } from '../../rules/fall/window.ts';
import { fallBurst } from './support/bursts.ts';

const maxG = 64;
const axis = fc.oneof(fc.double({ min: -maxG, max: maxG, noNaN: true }), fc.constantFrom(0, 1, -4, 4, maxG, -maxG));
const sample = fc.tuple(axis, axis, axis);
const samples = fc.oneof(
  fc.array(sample, { minLength: 1, maxLength: 40 }),
  fc.array(sample, { minLength: 1, maxLength: 600 }),
  fc.tuple(sample, fc.integer({ min: 1, max: 4096 })).map(([one, count]) => Array(count).fill(one)),
  fc
    .array(fc.tuple(sample, fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 100 })
    .map((runs) => runs.flatMap(([one, count]) => Array(count).fill(one)).slice(0, 4096)),
);
/** Whatever the codec lets through. */
const burst: fc.Arbitrary<Burst> = fc.record({
  rateHz: fc.oneof(fc.constantFrom(1, 10, 25, 104, 1000), fc.double({ min: 1, max: 1000, noNaN: true })),
  site: fc.constantFrom('wrist', 'waist'),
  samples,
});

test('no burst that is let in gives a figure that is no number', () => {
  fc.assert(
    fc.property(burst, (one) => {
      const features = featuresOf(windowOf(one));
      for (const [name, value] of Object.entries(features)) expect(value, name).toSatisfy(Number.isFinite);
      const verdict = judge(one);
      expect(verdict.points).toSatisfy(Number.isFinite);
      for (const value of Object.values(evidenceOf(verdict))) expect(value).toSatisfy(Number.isFinite);
      expect(JSON.stringify([reasonsOf(verdict), exceptionOf(verdict)])).not.toMatch(/NaN|null|undefined/);
    }),
    { numRuns: 300 },
  );
});

test('a window is never longer than 12 s, however long the burst', () => {
  for (const rateHz of [1, 10, 104, 1000]) {
    const long: Burst = { rateHz, site: 'wrist', samples: Array(4096).fill([0, 0, 1]) };
    expect(windowOf(long).g.length).toBeLessThanOrEqual(12 * 32);
  }
});

test('how a band sits on the arm changes nothing', () => {
  const one = fallBurst();
  const turned: Burst = { ...one, samples: one.samples.map(([x, y, z]) => [z, -x, -y]) };
  const [a, b] = [featuresOf(windowOf(one)), featuresOf(windowOf(turned))];
  for (const [name, value] of Object.entries(a)) expect(b[name as keyof typeof b], name).toBeCloseTo(value, 6);
});

test('the same movement at another rate is nearly the same', () => {
  const [slow, fast] = [featuresOf(windowOf(fallBurst(32))), featuresOf(windowOf(fallBurst(104)))];
  expect(fast.postureDeg).toBeCloseTo(slow.postureDeg, -1);
  expect(Math.abs(fast.peakG - slow.peakG)).toBeLessThan(0.25 * slow.peakG);
  expect(Math.abs(fast.freeFallMs - slow.freeFallMs)).toBeLessThan(100);
});
