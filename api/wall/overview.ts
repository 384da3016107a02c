import { z } from 'zod';
import { type Alert, AlertState, AlertType, Severity } from '../../model/alert.ts';
import { Datum, LatLon } from '../../model/geo.ts';
import { type Area, AreaKind } from '../../model/people.ts';
import type { Context } from '../access.ts';
import { instant } from '../range.ts';
import { coarse, middleOf } from './bounds.ts';
import type { AreaCounts } from './counts.ts';
import type { Answered, AnsweredByArea } from './figures.ts';
import { homesAtLeast, roughly } from './gathered.ts';
import { masked, withoutNames } from './masked.ts';

const recentAtMost = 10;
const dayMs = 86_400_000;

const Counts = z.object({
  residents: z.int(),
  devices: z.object({ all: z.int(), heard: z.int(), silent: z.int(), unknown: z.int() }),
  open: z.object({ P1: z.int(), P2: z.int(), P3: z.int(), P4: z.int(), P5: z.int() }),
  openByType: z.partialRecord(AlertType, z.int()),
  unclaimedP1: z.int(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  centre: LatLon.optional(),
});
const Node = Counts.extend({
  id: z.string(),
  name: z.string(),
  kind: AreaKind,
  answeredToday: z.object({
    of: z.int(),
    within60s: z.number().optional(),
    within180s: z.number().optional(),
    targets: z.object({ within60s: z.number(), within180s: z.number() }),
  }),
  duty: z.object({
    now: z.int(),
    isGap: z.boolean(),
    nextGap: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
    userIds: z.array(z.string()).optional(),
  }),
});
type Node = z.infer<typeof Node>;
export const Overview = z.object({
  now: z.iso.datetime(),
  datum: Datum,
  path: z.array(z.object({ id: z.string(), name: z.string(), kind: AreaKind })),
  area: Node,
  children: z.array(Node),
  outages: z.array(
    z.object({ areaId: z.string(), name: z.string(), since: z.iso.datetime(), lost: z.int(), back: z.int() }),
  ),
  recent: z.array(
    z.object({
      id: z.string().optional(),
      type: AlertType,
      severity: Severity,
      state: AlertState,
      openedAt: z.iso.datetime(),
      areaId: z.string(),
      who: z.string().optional(),
      summary: z
        .object({ zh: z.string(), en: z.string() })
        .optional()
        .describe('Absent where a name in it could not be masked for certain: the type says what happened'),
    }),
  ),
});
export type Overview = z.infer<typeof Overview>;

type Made = {
  readonly area: Area;
  readonly counts: ReadonlyMap<string, AreaCounts>;
  readonly datum: Datum;
  readonly nowMs: number;
};

/** An area and those right below it, with what is out and what was alerted last. */
export async function overviewOf(
  { parts }: Pick<Context, 'parts'>,
  answers: AnsweredByArea,
  { area, counts, datum, nowMs }: Made,
): Promise<Overview> {
  const { directory } = parts;
  const answered = await answers(area, nowMs);
  const nodes = [...counts].map(([id, one]) => nodeOf(parts, { id, counts: one, answered: answered.get(id), nowMs }));
  const [whole, ...children] = nodes.filter((node) => node !== undefined);
  const open = parts.desk.open();
  const { items } = await parts.records.alerts({ areaId: area.id, limit: recentAtMost });
  return {
    now: instant(nowMs),
    datum,
    path: directory.areaPath(area.id).flatMap((id) => {
      const above = directory.areas.get(id);
      return above === undefined ? [] : [{ id, name: above.name, kind: above.kind }];
    }),
    area: whole!, // the area itself was just found
    children,
    outages: open.filter((alert) => isOutageIn(parts, alert, area.id)).map((alert) => outageOf(parts, alert)),
    recent: items.map((alert) => recentOf(parts, alert)),
  };
}

type NodeOf = {
  readonly id: string;
  readonly counts: AreaCounts;
  readonly answered: Answered | undefined;
  readonly nowMs: number;
};

function nodeOf({ directory, duty }: Context['parts'], { id, counts, answered, nowMs }: NodeOf) {
  const area = directory.areas.get(id);
  if (area === undefined || answered === undefined) return undefined;
  const userIds = [...duty.now(id, nowMs)];
  const [gap] = duty.gaps(id, nowMs, nowMs + dayMs);
  const { bounds, ...rest } = counts;
  return {
    ...{ id, name: area.name, kind: area.kind },
    ...rest,
    ...(bounds && { bounds: [...bounds] as [number, number, number, number], centre: middleOf(bounds) }),
    answeredToday: answered,
    duty: {
      now: userIds.length,
      isGap: gap !== undefined && gap.fromMs <= nowMs,
      ...(gap && { nextGap: { from: instant(gap.fromMs), to: instant(gap.toMs) } }),
      userIds,
    },
  };
}

function isOutageIn({ directory }: Context['parts'], { type, areaId }: Alert, within: string): boolean {
  return type === 'areaOutage' && directory.areaPath(areaId).includes(within);
}

function outageOf({ directory }: Context['parts'], { areaId, openedAtMs, evidence }: Alert) {
  const name = directory.areas.get(areaId)?.name ?? areaId;
  const [lost, back] = [Number(evidence.devicesLost ?? 0), Number(evidence.devicesBack ?? 0)];
  return { areaId, name, since: instant(openedAtMs), lost, back };
}

/** A wall is read by whoever is in the room, so names are masked for everybody. */
function recentOf({ directory }: Context['parts'], alert: Alert) {
  const { id, type, severity, state, openedAtMs, areaId, residentId } = alert;
  const resident = directory.residents.get(residentId);
  const isOfSomebody = !/^[@~]/.test(residentId); // else of an area or of a device that is nobody's
  const summary = isOfSomebody ? withoutNames(alert.summary, resident) : alert.summary;
  return {
    ...{ id, type, severity, state, areaId },
    openedAt: instant(openedAtMs),
    ...(resident !== undefined && { who: masked(resident.name) }),
    ...(summary !== undefined && { summary }),
  };
}

/**
 * A viewer knows how many are on duty, not who, and where an area is, not where its outermost homes are; an alert they may
 * not open has no id.
 */
export function withoutPeople(overview: Overview): Overview {
  const recent = overview.recent.map(({ id: _id, ...alert }) => alert);
  return { ...overview, area: hidden(overview.area), children: overview.children.map(hidden), recent };
}

function hidden({ duty: { userIds: _userIds, ...duty }, bounds, centre, ...node }: Node): Node {
  if (bounds === undefined || centre === undefined || node.residents < homesAtLeast) return { ...node, duty };
  return { ...node, duty, bounds: [...coarse(bounds)], centre: roughly(centre) };
}
