import { distanceM } from '../../map/handles.ts';
import type { LatLon } from '../../service/types.ts';

/** A position of a day. */
export type DayPoint = LatLon & { readonly t: string; readonly accuracyM?: number };
/** A stretch of a day: she stayed around one place, or went somewhere. Times are RFC 3339. */
export type Stretch =
  | { readonly kind: 'stay'; readonly from: string; readonly to: string; readonly at: LatLon }
  | { readonly kind: 'way'; readonly from: string; readonly to: string; readonly lengthM: number };

/** As far as a fix of a band strays while she sits. */
const aroundM = 80;
const staysAtLeastMs = 10 * 60_000;
/** A fix worse than that is no place. */
const goodWithinM = 150;

/** The day as stays and the ways between them, oldest first. Pure. */
export function stretchesOf(track: readonly DayPoint[]): readonly Stretch[] {
  const points = track.filter(({ accuracyM = 0 }) => accuracyM <= goodWithinM);
  const stretches: Stretch[] = [];
  let way: DayPoint[] = [];
  for (let i = 0; i < points.length; ) {
    const group = around(points, i);
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) break; // there is one at least
    const stays = Date.parse(last.t) - Date.parse(first.t) >= staysAtLeastMs;
    if (stays) {
      stretches.push(...wayOf([...way, first]), { kind: 'stay', from: first.t, to: last.t, at: middleOf(group) });
      way = [last];
      i += group.length;
    } else {
      way.push(first);
      i += 1;
    }
  }
  return [...stretches, ...wayOf(way)];
}

/** The points from `start` on that lie around the first of them. */
function around(points: readonly DayPoint[], start: number): readonly DayPoint[] {
  const anchor = points[start];
  if (anchor === undefined) return [];
  const end = points.findIndex((point, i) => i > start && distanceM(anchor, point) > aroundM);
  return points.slice(start, end < 0 ? undefined : end);
}

function wayOf(points: readonly DayPoint[]): Stretch[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return [];
  const lengthM = points.slice(1).reduce((sum, point, i) => sum + distanceM(points[i] ?? point, point), 0);
  return lengthM < aroundM ? [] : [{ kind: 'way', from: first.t, to: last.t, lengthM }];
}

function middleOf(points: readonly LatLon[]): LatLon {
  const mean = (of: (point: LatLon) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) };
}
