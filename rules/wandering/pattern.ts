/** Seconds and metres since the way began, and the error of the fix. */
export type Step = readonly [s: number, eastM: number, northM: number, accuracyM: number];
export type Pattern = 'pacing' | 'lapping' | 'random';
/** `headingDeg` is the sum of all turns, left against right, and `turnsDeg` of their sizes; `entropy` of the headings in eight winds, 0 to 1. */
export type PathFigures = {
  readonly pathM: number;
  readonly netM: number;
  /** The greatest distance between two of its points. */
  readonly extentM: number;
  readonly minutes: number;
  readonly reversals: number;
  readonly headingDeg: number;
  readonly turnsDeg: number;
  readonly entropy: number;
};

const leastPathM = 300;
const leastRatio = 4;
/** Narrower than this, or than four times the error of its fixes, is somebody on a bench. */
const leastExtentM = 60;
const extentErrors = 4;
const leastMinutes = 10;
const reversalDeg = 135;
const leastReversals = 3;
const lapsDeg = 720;
const leastEntropy = 0.8;
/** Fewer legs say little about their directions. */
const leastLegsForEntropy = 10;
const winds = 8;

/**
 * The pattern of a way, after Martino-Saltzman: at least 300 m and ten minutes, four times as long as it leads anywhere and
 * as it is wide, and 3 reversals beyond 135 degrees (pacing), two full turns (lapping), or headings spread over the winds
 * (random). Without the width every walk there and back through a town is random: 4 of 18 recorded days of a phone, and
 * none with it.
 */
export function patternOf(
  steps: readonly Step[],
): { readonly pattern: Pattern; readonly figures: PathFigures } | undefined {
  if (steps.length < 5) return undefined;
  const figures = figuresOf(steps);
  const { pathM, netM, extentM, minutes, reversals, headingDeg, turnsDeg, entropy } = figures;
  if (pathM < leastPathM || minutes < leastMinutes || pathM < leastRatio * Math.max(netM, extentM)) return undefined;
  if (extentM < Math.max(leastExtentM, extentErrors * meanErrorM(steps))) return undefined;
  if (reversals >= leastReversals) return { pattern: 'pacing', figures };
  if (Math.abs(headingDeg) >= lapsDeg) return { pattern: 'lapping', figures };
  // Whoever keeps turning the same way goes round something, and has not gone round it twice yet.
  const isAimless =
    Math.abs(headingDeg) < turnsDeg / 2 && entropy >= leastEntropy && steps.length > leastLegsForEntropy;
  return isAimless ? { pattern: 'random', figures } : undefined;
}

type Leg = { readonly x: number; readonly y: number };

function figuresOf(steps: readonly Step[]): PathFigures {
  const legs = steps.slice(1).map((step, i) => legBetween(steps[i]!, step)); // `i` is one behind
  const turns = legs.slice(1).map((leg, i) => turnDeg(legs[i]!, leg));
  const net = legs.reduce((sum, { x, y }) => ({ x: sum.x + x, y: sum.y + y }), { x: 0, y: 0 });
  return {
    pathM: Math.round(legs.reduce((sum, leg) => sum + lengthM(leg), 0)),
    netM: Math.round(lengthM(net)),
    extentM: Math.round(extentOf(steps)),
    minutes: Math.round(((steps.at(-1)?.[0] ?? 0) - (steps[0]?.[0] ?? 0)) / 60),
    reversals: turns.filter((turn) => Math.abs(turn) > reversalDeg).length,
    headingDeg: Math.round(turns.filter((turn) => Math.abs(turn) <= reversalDeg).reduce((sum, turn) => sum + turn, 0)),
    turnsDeg: Math.round(turns.reduce((sum, turn) => sum + Math.abs(turn), 0)),
    entropy: Math.round(entropyOf(legs) * 100) / 100,
  };
}

function meanErrorM(steps: readonly Step[]): number {
  return steps.reduce((sum, [, , , accuracyM]) => sum + accuracyM, 0) / steps.length;
}

function extentOf(steps: readonly Step[]): number {
  let most = 0;
  for (const [i, from] of steps.entries()) {
    for (const to of steps.slice(i + 1)) most = Math.max(most, lengthM(legBetween(from, to)));
  }
  return most;
}

function legBetween([, fromX, fromY]: Step, [, x, y]: Step): Leg {
  return { x: x - fromX, y: y - fromY };
}

function lengthM({ x, y }: Leg): number {
  return Math.hypot(x, y);
}

/** -180 to 180, to the left above 0. */
function turnDeg(a: Leg, b: Leg): number {
  return (Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y) * 180) / Math.PI;
}

/** Shannon entropy of the headings, each leg weighted by its length, over that of eight equal winds. */
function entropyOf(legs: readonly Leg[]): number {
  const inWind = new Array<number>(winds).fill(0);
  for (const leg of legs) {
    const wind = Math.floor(((Math.atan2(leg.y, leg.x) / (2 * Math.PI) + 1) * winds) % winds);
    inWind[wind] = (inWind[wind] ?? 0) + lengthM(leg);
  }
  const total = inWind.reduce((sum, metres) => sum + metres, 0);
  const bits = inWind.filter((metres) => metres > 0).map((metres) => -(metres / total) * Math.log2(metres / total));
  return bits.reduce((sum, some) => sum + some, 0) / Math.log2(winds);
}
