import { expect, test } from 'vitest';
import { chance } from '../../bench/falls/chance.ts';
import { type Equation, fitted, squaresOf, summed } from '../../bench/falls/ridge.ts';

const width = 6;
const random = chance(7);
const equations: Equation[] = Array.from({ length: 41 }, () => {
  const row = Float32Array.from({ length: width }, (_, i) => (i + 1 === width ? 1 : random() - 0.5));
  return { row, target: 3 * row[0]! - row[2]! + 0.5 + 0.1 * random(), weight: 0.5 + random() };
});

/** The gradient of what ridge regression makes least, which is nothing at its solution. */
function slope(all: readonly Equation[], coefficients: Float64Array, pull: number): number[] {
  return [...coefficients].map((coefficient, i) => {
    const pulled = i + 1 === width ? 0 : pull * coefficient;
    return all.reduce((sum, { row, target, weight }) => {
      const miss = row.reduce((own, value, j) => own + value * coefficients[j]!, -target);
      return sum + weight * miss * row[i]!;
    }, pulled);
  });
}

test('no other coefficients fit better', () => {
  for (const pull of [0.01, 1, 50]) {
    const coefficients = fitted(squaresOf(equations, width), pull);
    for (const value of slope(equations, coefficients, pull)) expect(value).toBeCloseTo(0, 6);
  }
});

test('people are left out as if they had never been there', () => {
  const [some, others] = [equations.slice(0, 11), equations.slice(11)];
  const left = squaresOf(some, width);
  const all = summed([left, squaresOf(others, width)]);
  const without = fitted(all, 0.5, left);
  for (const [i, value] of fitted(squaresOf(others, width), 0.5).entries()) expect(without[i]).toBeCloseTo(value, 6);
});
