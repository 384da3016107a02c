import type { Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { instantOfDay, localDay } from '../model/local-time.ts';
import type { VisitCase } from '../model/visit-cases.ts';
import type { TimeRange } from '../store/contracts.ts';
import type { KpiGroup } from './parts.ts';

/** The whole goes under this key. */
export const total = 'total';
export type GroupBy = 'area' | 'day' | 'month';

export type Grouping = {
  readonly directory: Directory;
  readonly timeZone: string;
  /** The area asked for; undefined for everything. */
  readonly areaId: string | undefined;
  readonly range: TimeRange;
  /** Residents in the caller's scope. */
  readonly residentIds: ReadonlySet<string>;
  /** What became of the contacts planned for them. */
  readonly visits: readonly VisitCase[];
};

/** The whole first, then its parts; a part without alerts is there too, so that a quiet day is seen to be quiet. */
export function groupsOf(alerts: readonly Alert[], by: GroupBy | undefined, grouping: Grouping): readonly KpiGroup[] {
  const { range, residentIds, visits } = grouping;
  const whole = { key: total, alerts, visits, of: { ...range, residents: residentIds.size } };
  if (by === undefined) return [whole];
  return [whole, ...(by === 'area' ? byArea(alerts, grouping) : byPeriod(alerts, by, grouping))];
}

/** The areas right below the one asked for. */
function byArea(alerts: readonly Alert[], { directory, areaId, range, residentIds, visits }: Grouping): KpiGroup[] {
  const keyOf = once((place: string) => keyBelow(directory.areaPath(place), areaId));
  const keyOfHome = (id: string): string | undefined => keyOf(directory.residents.get(id)?.areaId ?? '');
  const alertsOf = Map.groupBy(alerts, (alert) => keyOf(alert.areaId));
  const visitsOf = Map.groupBy(visits, ({ residentId }) => keyOfHome(residentId));
  const homesOf = Map.groupBy(residentIds, keyOfHome);
  const below = [...directory.areas.values()].filter(({ parentId }) => parentId === areaId);
  return below.map(({ id }) => ({
    key: id,
    alerts: alertsOf.get(id) ?? [],
    visits: visitsOf.get(id) ?? [],
    of: { ...range, residents: homesOf.get(id)?.length ?? 0 },
  }));
}

/** Which of the areas right below `areaId` (of the topmost ones, when undefined) a path from the root leads through. */
function keyBelow(path: readonly string[], areaId: string | undefined): string | undefined {
  if (areaId === undefined) return path[0];
  return path.includes(areaId) ? path[path.indexOf(areaId) + 1] : undefined;
}

function byPeriod(alerts: readonly Alert[], by: 'day' | 'month', grouping: Grouping): KpiGroup[] {
  const { timeZone, range, residentIds, visits } = grouping;
  const keyOf = once((day: number) => dateOf(day).slice(0, by === 'day' ? 10 : 7));
  const groups = new Map<string, { fromMs: number; toMs: number }>();
  for (let day = localDay(timeZone, range.fromMs); day <= localDay(timeZone, range.toMs - 1); day += 1) {
    const key = keyOf(day);
    const fromMs = Math.max(range.fromMs, groups.get(key)?.fromMs ?? instantOfDay(timeZone, day, 0));
    groups.set(key, { fromMs, toMs: Math.min(range.toMs, instantOfDay(timeZone, day + 1, 0)) });
  }
  const alertsOf = Map.groupBy(alerts, ({ openedAtMs }) => keyOf(localDay(timeZone, openedAtMs)));
  const visitsOf = Map.groupBy(visits, ({ atMs }) => keyOf(localDay(timeZone, atMs)));
  return [...groups].map(([key, part]) => ({
    key,
    alerts: alertsOf.get(key) ?? [],
    visits: visitsOf.get(key) ?? [],
    of: { ...part, residents: residentIds.size },
  }));
}

/** Asked for a city's worth of people, it is worked out once for each of few places or days. */
function once<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, of(key));
    return known.get(key) as V; // just put there
  };
}

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
