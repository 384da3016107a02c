import type { Alert, AlertType, TimelineEntry } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import { nameOfUser } from '../../model/people.ts';
import type { Duty } from '../../model/roster.ts';
import type { HandedAlert, ShiftHandOver } from '../../model/shift.ts';
import type { Shifts } from '../duty/plan.ts';
import { owedCall } from './call-backs.ts';
import { silentIn } from './silent.ts';

/** What a hand-over is made of: the community, the plan, and what happened. */
export type HandOverFacts = {
  readonly areaId: string;
  readonly atMs: number;
  readonly directory: Directory;
  readonly shifts: Shifts;
  readonly gaps: readonly Duty[];
  /** Of the area and below, opened before then. Those that are over ended during the shift or later. */
  readonly alerts: readonly Alert[];
  readonly timelines: ReadonlyMap<string, readonly TimelineEntry[]>;
};

/** Something is wrong with what should call for help. */
const faults: ReadonlySet<AlertType> = new Set<AlertType>([
  'deviceOffline',
  'batteryLow',
  'tamper',
  'notWorn',
  'contactLost',
]);
const highRisk: ReadonlySet<string | undefined> = new Set(['red', 'orange']);

/** What the shift that ends at a moment tells the next; pure. */
export function summaryOf(facts: HandOverFacts): ShiftHandOver {
  const { areaId, atMs, directory, shifts } = facts;
  const worked = facts.alerts.filter(({ type }) => type !== 'shiftHandOver').sort(gravestFirst);
  const isOver = ({ resolvedAtMs, state }: Alert) => state === 'resolved' && (resolvedAtMs ?? atMs) <= atMs;
  const { next } = shifts;
  return {
    areaId,
    areaName: directory.areas.get(areaId)?.name ?? areaId,
    at: instant(atMs),
    shift: dutyIn(directory, shifts.ended),
    ...(next && { next: dutyIn(directory, next) }),
    gaps: facts.gaps.map(({ fromMs, toMs }) => ({ from: instant(fromMs), to: instant(toMs) })),
    open: worked.filter((alert) => !isOver(alert)).map((alert) => handed(directory, alert)),
    done: worked.filter((alert) => isOver(alert) && isWithin(alert, shifts.ended)).map((one) => handed(directory, one)),
    callBacks: worked.flatMap((alert) => callBackOf(facts, alert)),
    away: awayIn(facts),
    silences: silentIn(directory, areaId, atMs),
    doubtful: doubtfulIn(
      facts,
      worked.filter((alert) => !isOver(alert)),
    ),
  };
}

function gravestFirst(a: Alert, b: Alert): number {
  return a.severity.localeCompare(b.severity) || a.openedAtMs - b.openedAtMs;
}

function isWithin({ openedAtMs, resolvedAtMs = openedAtMs }: Alert, { fromMs }: Duty): boolean {
  return openedAtMs >= fromMs || resolvedAtMs >= fromMs;
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}

function whoIs({ users }: Directory, id: string) {
  const user = users.get(id);
  return { id, name: user === undefined ? id : nameOfUser(user) };
}

function dutyIn(directory: Directory, { fromMs, toMs, userIds }: Duty) {
  return { from: instant(fromMs), to: instant(toMs), people: userIds.map((id) => whoIs(directory, id)) };
}

function aboutIn({ residents }: Directory, id: string): HandedAlert['about'] {
  const name = residents.get(id)?.name;
  return { id, ...(name !== undefined && { name }) };
}

function handed(directory: Directory, alert: Alert): HandedAlert {
  const { id, type, severity, state, residentId, openedAtMs, resolvedAtMs, outcome, assignee, summary } = alert;
  return {
    ...{ id, type, severity, state, summary },
    about: aboutIn(directory, residentId),
    openedAt: instant(openedAtMs),
    ...(resolvedAtMs !== undefined && { resolvedAt: instant(resolvedAtMs) }),
    ...(outcome !== undefined && { outcome }),
    ...(assignee !== undefined && { assignee: whoIs(directory, assignee) }),
  };
}

function callBackOf({ directory, timelines }: HandOverFacts, { id, residentId }: Alert): ShiftHandOver['callBacks'] {
  const owed = owedCall(timelines.get(id) ?? []);
  if (owed === undefined) return [];
  const { by, forMs, note } = owed;
  return [
    {
      alertId: id,
      about: aboutIn(directory, residentId),
      by: whoIs(directory, by),
      ...(forMs !== undefined && { for: instant(forMs) }),
      ...(note !== undefined && { note }),
    },
  ];
}

function isInArea({ directory, areaId }: HandOverFacts, of: string | undefined): boolean {
  return of !== undefined && directory.areaPath(of).includes(areaId);
}

function awayIn(facts: HandOverFacts): ShiftHandOver['away'] {
  return [...facts.directory.residents.values()].flatMap(({ id, name, areaId, awayUntil }) =>
    awayUntil !== undefined && Date.parse(awayUntil) > facts.atMs && isInArea(facts, areaId)
      ? [{ resident: { id, name }, until: awayUntil }]
      : [],
  );
}

function doubtfulIn({ directory }: HandOverFacts, open: readonly Alert[]): ShiftHandOver['doubtful'] {
  const byResident = Map.groupBy(
    open.filter(({ type }) => faults.has(type)),
    ({ residentId }) => residentId,
  );
  return [...byResident].flatMap(([residentId, some]) => {
    const resident = directory.residents.get(residentId);
    const { riskTier, name = residentId } = resident ?? {};
    if (riskTier === undefined || !highRisk.has(riskTier)) return [];
    const found = some.map(({ type, deviceIds, openedAtMs }) => ({
      type,
      deviceIds: [...deviceIds],
      since: instant(openedAtMs),
    }));
    return [{ resident: { id: residentId, name }, riskTier, faults: found }];
  });
}
