import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Burst } from '../../model/reading.ts';
import { judge } from '../../rules/fall/judge.ts';
import { wrist } from '../../rules/fall/parameters.ts';
import { countShares, fitsOf, patternOdds, patterns } from '../../rules/fall/patterns.ts';
import { traceNames, tracesOf } from '../../rules/fall/traces.ts';
import { windowOf } from '../../rules/fall/window.ts';
import { clapBurst, fallBurst, impactAtS, walkBurst } from './support/bursts.ts';

const trace = fc
  .array(fc.double({ min: -7, max: 180, noNaN: true }), { minLength: 1, maxLength: 135 })
  .map((values) => Float64Array.from(values));
const reach = { beforeS: 2, afterS: 4 };
const traces = (one: Burst) => tracesOf(windowOf(one), [reach])[0]!;
const distance = fc.integer({ min: 1, max: 9 });

test('there are 84 patterns, and none of them minds how high a trace lies', () => {
  expect(new Set(patterns.map(String)).size).toBe(84);
  fc.assert(
    fc.property(fc.double({ min: -7, max: 180, noNaN: true }), distance, (height, apart) => {
      const flat = new Float64Array(20).fill(height);
      for (const pattern of patterns) expect([...fitsOf(flat, apart, pattern)]).toEqual(Array(20).fill(0));
    }),
    { numRuns: 20 },
  );
});

test('a fit is what the definition says: three values twice, six taken away, the ends of the trace going on', () => {
  fc.assert(
    fc.property(trace, distance, fc.integer({ min: 0, max: 83 }), (values, apart, which) => {
      const three = patterns[which]!;
      const defined = values.map((_, i) => {
        const at = (tap: number) => values[Math.min(values.length - 1, Math.max(0, i + (tap - 4) * apart))]!;
        return [0, 1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, tap) => sum + (three.includes(tap) ? 2 : -1) * at(tap), 0);
      });
      for (const [i, fit] of fitsOf(values, apart, three).entries()) expect(fit).toBeCloseTo(defined[i]!, 1);
    }),
  );
});

test('a share counts the cells above the bound of each pattern, after whatever longer or shorter trace', () => {
  fc.assert(
    fc.property(trace, trace, distance, fc.double({ min: -9, max: 9, noNaN: true }), (before, values, apart, bound) => {
      const shares = new Float64Array(84);
      countShares(before, apart, Array(84).fill(0), shares);
      countShares(values, apart, Array(84).fill(bound), shares);
      const whole = Math.round(3 * 4096 * bound) / (3 * 4096);
      for (const [i, share] of shares.entries()) {
        const fits = fitsOf(values, apart, patterns[i]!);
        expect(share).toBe(fits.filter((fit) => fit > whole).length / values.length);
      }
    }),
  );
});

test('how a band sits on the arm changes neither traces nor score', () => {
  const one = fallBurst();
  const turned: Burst = { ...one, samples: one.samples.map(([x, y, z]) => [z, -x, -y]) };
  const [a, b] = [traces(one), traces(turned)];
  for (const name of traceNames) {
    for (const [i, value] of a[name].entries()) expect(b[name][i], name).toBeCloseTo(value, 6);
  }
  expect(judge(turned).points).toBeCloseTo(judge(one).points, 1);
});

test('where a burst was cut off tells the patterns nothing', () => {
  const whole = fallBurst(32);
  const cut = { ...whole, samples: whole.samples.slice((impactAtS - 3) * 32, (impactAtS + 5) * 32) };
  const [a, b] = [traces(whole), traces(cut)];
  for (const name of traceNames) {
    expect(b[name].length).toBe(a[name].length);
    for (const [i, value] of a[name].entries()) expect(b[name][i], name).toBeCloseTo(value, 6);
  }
});

test('reaches looked at together are what each is alone', () => {
  const reaches = [{ beforeS: 1.2, afterS: 3 }, reach, { beforeS: 9, afterS: 0.5 }];
  for (const one of [fallBurst(), walkBurst(104), clapBurst()]) {
    const alone = reaches.map((each) => tracesOf(windowOf(one), [each])[0]!);
    expect(tracesOf(windowOf(one), reaches)).toEqual(alone);
  }
});

test('what is sure is not looked at twice: steps cost no patterns, a fall does', () => {
  expect(judge(walkBurst()).features.patternOdds).toBe(0);
  expect(judge(fallBurst()).features.patternOdds).not.toBe(0);
});

test('a fall has the pattern of a fall, clapping has not', () => {
  const odds = (burst: Burst) => patternOdds(wrist.patterns!, windowOf(burst));
  expect(odds(fallBurst())).toBeGreaterThan(odds(clapBurst()));
  expect(odds(fallBurst())).toBeGreaterThan(odds(walkBurst()));
});

const axis = fc.oneof(fc.double({ min: -64, max: 64, noNaN: true }), fc.constantFrom(0, 1, -4, 4, 64));
const burst: fc.Arbitrary<Burst> = fc.record({
  rateHz: fc.oneof(fc.constantFrom(1, 10, 25, 104, 1000), fc.double({ min: 1, max: 1000, noNaN: true })),
  site: fc.constant('wrist' as const),
  samples: fc.oneof(
    fc.array(fc.tuple(axis, axis, axis), { minLength: 1, maxLength: 40 }),
    fc.array(fc.tuple(axis, axis, axis), { minLength: 1, maxLength: 600 }),
    fc.tuple(fc.tuple(axis, axis, axis), fc.integer({ min: 1, max: 900 })).map(([one, n]) => Array(n).fill(one)),
  ),
});

test('no burst that is let in has odds that are no number', () => {
  fc.assert(
    fc.property(burst, (one) => {
      expect(patternOdds(wrist.patterns!, windowOf(one))).toSatisfy(Number.isFinite);
    }),
    { numRuns: 300 },
  );
});
