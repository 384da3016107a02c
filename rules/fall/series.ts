/** A piece of a series: from the first index up to, not including, the second. Never empty. */
export type Span = readonly [from: number, to: number];
export type Vector = readonly [x: number, y: number, z: number];
export type Axes = { readonly x: Float64Array; readonly y: Float64Array; readonly z: Float64Array };

const fewest = 5;

/** The span cut to what there is; too little of it gives way to the end of the window it lies at. */
export function spanIn(length: number, from: number, to: number): Span {
  const first = Math.min(length, Math.max(0, Math.round(from)));
  const last = Math.min(length, Math.max(0, Math.round(to)));
  if (last - first >= fewest) return [first, last];
  const isAtEnd = first > length / 2;
  return isAtEnd ? [Math.max(0, length - fewest), length] : [0, Math.min(length, fewest)];
}

export function mean(values: Float64Array, [from, to]: Span): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] ?? 0;
  return sum / (to - from);
}

/** Standard deviation. */
export function deviation(values: Float64Array, span: Span): number {
  const middle = mean(values, span);
  let sum = 0;
  for (let i = span[0]; i < span[1]; i++) sum += ((values[i] ?? 0) - middle) ** 2;
  return Math.sqrt(sum / (span[1] - span[0]));
}

/** Standard deviation of the vector, all axes together: also a slow turn counts, which leaves the strength at 1 g. */
export function vectorDeviation({ x, y, z }: Axes, span: Span): number {
  return Math.hypot(deviation(x, span), deviation(y, span), deviation(z, span));
}

/** The mean vector: while the body is calm, which way is up. */
export function meanVector({ x, y, z }: Axes, span: Span): Vector {
  return [mean(x, span), mean(y, span), mean(z, span)];
}

export function vectorAt({ x, y, z }: Axes, i: number): Vector {
  return [x[i] ?? 0, y[i] ?? 0, z[i] ?? 0];
}

/** Degrees between two vectors; 0 when one of them has no direction. */
export function angleDeg(a: Vector, b: Vector): number {
  const lengths = Math.hypot(...a) * Math.hypot(...b);
  if (lengths < 1e-9) return 0;
  const cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / lengths;
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

/** How far the tip of the vector wanders, in g. */
export function path(axes: Axes, [from, to]: Span): number {
  let sum = 0;
  for (let i = from + 1; i < to; i++) sum += step(axes, i);
  return sum;
}

/** The longest step of the vector from one value to the next, in g. */
export function longestStep(axes: Axes, [from, to]: Span): number {
  let longest = 0;
  for (let i = Math.max(1, from); i < to; i++) longest = Math.max(longest, step(axes, i));
  return longest;
}

/** The step of the vector from the value before to this one, in g. */
export function step({ x, y, z }: Axes, i: number): number {
  return Math.hypot((x[i] ?? 0) - (x[i - 1] ?? 0), (y[i] ?? 0) - (y[i - 1] ?? 0), (z[i] ?? 0) - (z[i - 1] ?? 0));
}

/** The largest sum of neighbouring values of `part` within the span (Kadane): the strongest single push. */
export function strongestPush(g: Float64Array, [from, to]: Span, part: (g: number) => number): number {
  let run = 0;
  let most = 0;
  for (let i = from; i < to; i++) {
    run = Math.max(0, run + part(g[i] ?? 0));
    most = Math.max(most, run);
  }
  return most;
}

/** Shares of the vector's variance along its strongest and its weakest direction: 1 and 0 for a movement to and fro. */
export function axisShares({ x, y, z }: Axes, span: Span): { readonly most: number; readonly least: number } {
  const [xx, yy, zz] = [spread(x, x, span), spread(y, y, span), spread(z, z, span)];
  const [xy, xz, yz] = [spread(x, y, span), spread(x, z, span), spread(y, z, span)];
  const trace = xx + yy + zz;
  if (trace < 1e-9) return { most: 1, least: 0 };
  // Eigenvalues of a symmetric matrix in closed form (Smith 1961).
  const q = trace / 3;
  const p = Math.sqrt(((xx - q) ** 2 + (yy - q) ** 2 + (zz - q) ** 2 + 2 * (xy ** 2 + xz ** 2 + yz ** 2)) / 6) + 1e-12;
  const [a, b, c, d, e, f] = [(xx - q) / p, (yy - q) / p, (zz - q) / p, xy / p, xz / p, yz / p];
  const determinant = a * (b * c - f * f) - d * (d * c - f * e) + e * (d * f - b * e);
  const turn = Math.acos(Math.min(1, Math.max(-1, determinant / 2))) / 3;
  const most = q + 2 * p * Math.cos(turn);
  const least = q + 2 * p * Math.cos(turn + (2 * Math.PI) / 3);
  return { most: most / trace, least: least / trace };
}

/** Covariance, times the number of values. */
function spread(a: Float64Array, b: Float64Array, span: Span): number {
  const meanA = mean(a, span);
  const meanB = mean(b, span);
  let sum = 0;
  for (let i = span[0]; i < span[1]; i++) sum += ((a[i] ?? 0) - meanA) * ((b[i] ?? 0) - meanB);
  return sum;
}
