import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Histogram } from '../../simulators/load/histogram.ts';

test('a percentile is never below the true one and at most a thirty-second above', () => {
  const latencies = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 500 });
  fc.assert(
    fc.property(latencies, fc.double({ min: 0.01, max: 1, noNaN: true }), (samples, share) => {
      const histogram = new Histogram();
      for (const sample of samples) histogram.record(sample);
      const sorted = samples.map((ms) => Math.round(ms * 1000) / 1000).toSorted((a, b) => a - b);
      const truth = sorted[Math.ceil(samples.length * share) - 1] ?? 0;
      const told = histogram.percentileMs(share);
      return told >= truth - 1e-9 && told <= truth * (1 + 1 / 32) + 0.001;
    }),
  );
});

test('the maximum is exact', () => {
  const histogram = new Histogram();
  for (const ms of [1, 250.125, 3]) histogram.record(ms);
  expect(histogram.summary().max).toBe(250.125);
});

test('nothing recorded says 0, and absurd values stay inside', () => {
  const histogram = new Histogram();
  expect(histogram.percentileMs(0.99)).toBe(0);
  for (const ms of [-5, 1e12]) histogram.record(ms);
  expect(histogram.percentileMs(0.5)).toBe(0);
  expect(histogram.count).toBe(2);
});
