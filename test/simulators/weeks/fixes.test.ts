import { describe, expect, test } from 'vitest';
import { metresBetween, moved } from '../../../simulators/ground.ts';
import { randomOf } from '../../../simulators/random.ts';
import { Receiver, type ReportedFix } from '../../../simulators/weeks/fixes.ts';

const home = { lat: 24.4451, lon: 118.0823 };
const here = { eastM: 0, northM: 0 };
const minuteMs = 60_000;

/** Fixes of a band that lies at home, one each `everyMs`. */
function atHome(count: number, everyMs: number, driftMs: number): ReportedFix[] {
  const receiver = new Receiver(driftMs, false, randomOf('fixes'));
  return Array.from({ length: count }, (_, index) => receiver.fixAt(home, here, true, index * everyMs));
}

const errorM = (fix: ReportedFix) => metresBetween(home, fix);

describe('the noise of positions indoors is the one it says', () => {
  // A fresh source for each fix, so that the shares are not those of a few hours.
  const fixes = atHome(40_000, 60 * minuteMs, 1);

  test.each([
    ['wifi', 0.33, 45],
    ['cell', 0.05, 450],
  ] as const)('%s in %f of the fixes, 68 percent of them within %f m', (source, share, r68M) => {
    const some = fixes.filter((fix) => fix.source === source);
    expect(some.length / fixes.length).toBeCloseTo(share, 2);
    expect(some.filter((fix) => errorM(fix) < r68M).length / some.length).toBeCloseTo(0.68, 1);
  });

  test('two in a hundred are a reflection, 180 m wrong and sure of 25 m', () => {
    const liars = fixes.filter((fix) => fix.source === 'gnss' && errorM(fix) > 80);
    expect(liars.length / fixes.length).toBeGreaterThan(0.01);
    expect(liars.length / fixes.length).toBeLessThan(0.02);
    const claims = liars.map(({ accuracyM }) => accuracyM).sort((a, b) => a - b);
    expect(claims[Math.floor(claims.length / 2)]).toBeGreaterThan(20);
    expect(claims[Math.floor(claims.length / 2)]).toBeLessThan(30);
  });
});

test('a source is kept for minutes, so that a wrong fix is followed by others as wrong', () => {
  const fixes = atHome(20_000, minuteMs, 10 * minuteMs);
  const changes = fixes.filter((fix, index) => index > 0 && fix.source !== fixes[index - 1]?.source).length;
  // A change of draw every ten minutes, half of which draw the same source again.
  expect(fixes.length / changes).toBeGreaterThan(14);
  expect(fixes.length / changes).toBeLessThan(30);
  const far = fixes
    .flatMap((fix, index) => (errorM(fix) > 100 ? [fixes[index + 1]] : []))
    .filter((fix) => fix !== undefined);
  expect(far.filter((fix) => errorM(fix) > 100).length / far.length).toBeGreaterThan(0.6);
});

test('under the sky it follows the walker', () => {
  const receiver = new Receiver(minuteMs, false, randomOf('sky'));
  const errors = Array.from({ length: 2_000 }, (_, index) => {
    const place = { eastM: index, northM: 0 };
    return metresBetween(moved(home, place.eastM, 0), receiver.fixAt(home, place, false, index * minuteMs));
  }).sort((a, b) => a - b);
  expect(errors[1_000]).toBeLessThan(12);
});
