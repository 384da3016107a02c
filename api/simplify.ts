import type { TrackPoint } from '../store/contracts.ts';

/** Points held back at most while looking for the longest straight piece. */
const windowAtMost = 500;
const metresPerDegree = 111_195;

/**
 * A track with fewer points, none of the dropped ones farther than `toleranceM` from the line that is left.
 *
 * The opening window of Imai and Iri: from a kept point the line is stretched as far as every point under it allows.
 * Unlike Douglas-Peucker it needs a window of points, not all of them, so that a year can be streamed.
 */
export async function* simplified(points: AsyncIterable<TrackPoint>, toleranceM: number): AsyncGenerator<TrackPoint> {
  let anchor: TrackPoint | undefined;
  let held: TrackPoint[] = [];
  for await (const point of points) {
    if (anchor === undefined) {
      anchor = point;
      yield point;
      continue;
    }
    const last = held.at(-1);
    if (last !== undefined && !isNear(anchor, point, held, toleranceM)) {
      yield last;
      anchor = last;
      held = [];
    }
    held.push(point);
  }
  const last = held.at(-1);
  if (last !== undefined) yield last;
}

function isNear(from: TrackPoint, to: TrackPoint, held: readonly TrackPoint[], toleranceM: number): boolean {
  return held.length < windowAtMost && held.every((point) => distanceM(from, to, point) <= toleranceM);
}

/** From a point to the segment, on the plane that touches the earth at `from`: good to a percent over tens of kilometres. */
function distanceM(from: TrackPoint, to: TrackPoint, point: TrackPoint): number {
  const shrink = Math.cos((from.lat * Math.PI) / 180);
  const eastM = (p: TrackPoint) => (p.lon - from.lon) * metresPerDegree * shrink;
  const northM = (p: TrackPoint) => (p.lat - from.lat) * metresPerDegree;
  const lengthSquared = eastM(to) ** 2 + northM(to) ** 2;
  const along = lengthSquared === 0 ? 0 : (eastM(point) * eastM(to) + northM(point) * northM(to)) / lengthSquared;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(eastM(point) - share * eastM(to), northM(point) - share * northM(to));
}
