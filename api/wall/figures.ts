import type { Directory } from '../../model/directory.ts';
import { instantOfDay, localDay } from '../../model/local-time.ts';
import type { Area } from '../../model/people.ts';
import type { Context } from '../access.ts';
import { everyAlert } from '../every-alert.ts';
import { groupsOf, total } from '../kpi-groups.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { KpiFigures } from '../parts.ts';
import { TickCache } from '../tick-cache.ts';

/** How emergencies of today were answered, in shares of 0..1; undefined before there was one. */
export type Answered = {
  readonly of: number;
  readonly within60s: number | undefined;
  readonly within180s: number | undefined;
  readonly targets: KpiFigures['p1']['targets'];
};

/** Time lines are read from the disk, so not at every look. */
const everyMs = 15_000;
const areasAtMost = 200;
const waitingAtMost = 50;
/** So long an emergency that nobody has answered has not been missed yet. */
const answerWithinMs = 60_000;

export type AnsweredByArea = (area: Area, nowMs: number) => Promise<ReadonlyMap<string, Answered>>;

/** Answers of today, by area id: of the area and of each right below it. At most 15 s old. */
export function answeredToday({ parts }: Pick<Context, 'parts'>): AnsweredByArea {
  const cache = new TickCache<Promise<ReadonlyMap<string, Answered>>>(everyMs, areasAtMost);
  const inTurn = oneAtATime(waitingAtMost);
  return ({ id }, nowMs) =>
    cache.get(id, nowMs, () => {
      const made = inTurn(() => readAnswers(parts, id, nowMs));
      made.catch(() => cache.drop(id)); // whoever waits for it is told; the next one tries again
      return made;
    });
}

async function readAnswers(parts: Context['parts'], areaId: string, nowMs: number) {
  const { directory, timeZone, records } = parts;
  const range = { fromMs: instantOfDay(timeZone, localDay(timeZone, nowMs), 0), toMs: nowMs + 1 };
  const all = await everyAlert(records, { areaId, severities: ['P1'], ...range });
  const alerts = all.filter(({ state, openedAtMs }) => state !== 'open' || nowMs - openedAtMs > answerWithinMs);
  const residentIds = residentsIn(directory, areaId);
  const groups = groupsOf(alerts, 'area', { directory, timeZone, areaId, range, residentIds, visits: [] });
  const figures = await parts.kpi(groups);
  return new Map(figures.map(({ key, p1 }) => [key === total ? areaId : key, answeredOf(p1)]));
}

function answeredOf({ count, acknowledgedWithin60s, acknowledgedWithin180s, targets }: KpiFigures['p1']): Answered {
  return { of: count, within60s: acknowledgedWithin60s, within180s: acknowledgedWithin180s, targets };
}

function residentsIn(directory: Directory, areaId: string): ReadonlySet<string> {
  const all = [...directory.residents.values()];
  return new Set(all.filter((one) => directory.areaPath(one.areaId).includes(areaId)).map(({ id }) => id));
}
