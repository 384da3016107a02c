/**
 * The sums of weighted least squares: products of the columns (row by row, the half above the diagonal stays empty) and
 * their products with the targets. Sums of some people add up to those of all, so people are left out by subtracting.
 */
export type Squares = { readonly width: number; readonly products: Float64Array; readonly targets: Float64Array };

export type Equation = { readonly row: Float32Array; readonly target: number; readonly weight: number };

export function squaresOf(equations: readonly Equation[], width: number): Squares {
  const squares = { width, products: new Float64Array(width * width), targets: new Float64Array(width) };
  const none: Equation = { row: new Float32Array(width), target: 0, weight: 0 };
  const one = (at: number) => equations[at] ?? none;
  // Four at a time, because the sums are larger than the processor's cache.
  for (let at = 0; at < equations.length; at += 4) addFour(squares, one(at), one(at + 1), one(at + 2), one(at + 3));
  return squares;
}

function addFour({ width, products, targets }: Squares, a: Equation, b: Equation, c: Equation, d: Equation): void {
  for (let i = 0; i < width; i++) {
    const [p, q, r, s] = [a, b, c, d].map(({ row, weight }) => weight * row[i]!) as [number, number, number, number];
    const from = i * width;
    for (let j = 0; j <= i; j++) {
      products[from + j]! += p * a.row[j]! + q * b.row[j]! + r * c.row[j]! + s * d.row[j]!;
    }
    targets[i]! += p * a.target + q * b.target + r * c.target + s * d.target;
  }
}

export function summed(all: readonly Squares[]): Squares {
  const width = all[0]?.width ?? 0;
  const products = new Float64Array(width * width);
  const targets = new Float64Array(width);
  for (const one of all) {
    for (let i = 0; i < products.length; i++) products[i]! += one.products[i]!;
    for (let i = 0; i < width; i++) targets[i]! += one.targets[i]!;
  }
  return { width, products, targets };
}

const mostSteps = 2000;
const exactEnough = 1e-9;

/**
 * The coefficients that fit best when each but the last (the constant) is pulled towards nothing: ridge regression (Hoerl
 * and Kennard 1970), solved by conjugate gradients (Hestenes and Stiefel 1952).
 *
 * @param without sums that are left out
 */
export function fitted(all: Squares, pull: number, without?: Squares): Float64Array {
  const products = without ? all.products.map((value, i) => value - without.products[i]!) : all.products.slice();
  for (let i = 0; i + 1 < all.width; i++) products[i * all.width + i]! += pull;
  const residual = without ? all.targets.map((value, i) => value - without.targets[i]!) : all.targets.slice();
  const coefficients = new Float64Array(all.width);
  const direction = residual.slice();
  const goal = exactEnough ** 2 * dot(residual, residual);
  let length = dot(residual, residual);
  for (let turn = 0; turn < mostSteps && length > goal; turn++) {
    const image = times(products, direction);
    const step = length / dot(direction, image);
    for (let i = 0; i < all.width; i++) coefficients[i]! += step * direction[i]!;
    for (let i = 0; i < all.width; i++) residual[i]! -= step * image[i]!;
    const shorter = dot(residual, residual);
    for (let i = 0; i < all.width; i++) direction[i] = residual[i]! + (shorter / length) * direction[i]!;
    length = shorter;
  }
  return coefficients;
}

/** A symmetric matrix, of which the lower half is kept, times a vector. */
function times(lower: Float64Array, vector: Float64Array): Float64Array {
  const width = vector.length;
  const image = new Float64Array(width);
  for (let i = 0; i < width; i++) {
    const from = i * width;
    const own = vector[i]!;
    let sum = lower[from + i]! * own;
    for (let j = 0; j < i; j++) {
      sum += lower[from + j]! * vector[j]!;
      image[j]! += lower[from + j]! * own;
    }
    image[i]! += sum;
  }
  return image;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
