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
function byArea(alerts: readonly Alert[], grouping: Grouping): KpiGroup[] {
  const { directory, areaId, range, residentIds, visits } = grouping;
  const below = [...directory.areas.values()].filter(({ parentId }) => parentId === areaId);
  const isIn = (place: string, id: string): boolean => directory.areaPath(place).includes(id);
  const homeOf = (id: string): string | undefined => directory.residents.get(id)?.areaId;
  const homes = [...residentIds].flatMap((id) => homeOf(id) ?? []);
  return below.map(({ id }) => ({
    key: id,
    alerts: alerts.filter((alert) => isIn(alert.areaId, id)),
    visits: visits.filter(({ residentId }) => isIn(homeOf(residentId) ?? '', id)),
    of: { ...range, residents: homes.filter((home) => isIn(home, id)).length },
  }));
}

function byPeriod(alerts: readonly Alert[], by: 'day' | 'month', grouping: Grouping): KpiGroup[] {
  const { timeZone, range, residentIds, visits } = grouping;
  const groups = new Map<string, { fromMs: number; toMs: number }>();
  for (let day = localDay(timeZone, range.fromMs); day <= localDay(timeZone, range.toMs - 1); day += 1) {
    const key = dateOf(day).slice(0, by === 'day' ? 10 : 7);
    const fromMs = Math.max(range.fromMs, groups.get(key)?.fromMs ?? instantOfDay(timeZone, day, 0));
    groups.set(key, { fromMs, toMs: Math.min(range.toMs, instantOfDay(timeZone, day + 1, 0)) });
  }
  return [...groups].map(([key, part]) => ({
    key,
    alerts: alerts.filter(({ openedAtMs }) => openedAtMs >= part.fromMs && openedAtMs < part.toMs),
    visits: visits.filter(({ atMs }) => atMs >= part.fromMs && atMs < part.toMs),
    of: { ...part, residents: residentIds.size },
  }));
}

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
