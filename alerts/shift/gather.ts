import type { Alert } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { ShiftHandOver } from '../../model/shift.ts';
import type { RecordStore } from '../../store/contracts.ts';
import type { AlertDesk } from '../contracts.ts';
import type { DutyPlan } from '../duty/plan.ts';
import { summaryOf } from './summary.ts';
import { textOf } from './words.ts';

const dayMs = 86_400_000;
/** Alerts that ended in a shift may be as old as this; a call-back that is owed longer has been forgotten. */
const lookBackMs = 7 * dayMs;
/** Beyond it a hand-over would be read by nobody: the newest count. */
const alertsAtMost = 500;

export type HandOverParts = {
  readonly directory: Directory;
  readonly plan: DutyPlan;
  readonly desk: Pick<AlertDesk, 'open'>;
  readonly records: Pick<RecordStore, 'alerts' | 'stories'>;
};

/** What the shift of an area that ends at a moment (or has lasted until then) tells the next. */
export async function shiftHandOver(parts: HandOverParts, areaId: string, atMs: number): Promise<ShiftHandOver> {
  const { directory, plan, records } = parts;
  const alerts = await alertsOf(parts, areaId, atMs);
  const stories = await records.stories(alerts.map(({ id }) => id));
  return summaryOf({
    areaId,
    atMs,
    directory,
    shifts: plan.shiftsAround(areaId, atMs),
    gaps: plan.gaps(areaId, atMs, atMs + dayMs),
    alerts,
    timelines: new Map([...stories].map(([id, { entries }]) => [id, entries])),
  });
}

/** The same, and to read. `timeZone`: IANA name. */
export async function handOverWithText(parts: HandOverParts, timeZone: string, areaId: string, atMs: number) {
  const handOver = await shiftHandOver(parts, areaId, atMs);
  return { handOver, text: textOf(handOver, timeZone) };
}

async function alertsOf({ directory, desk, records }: HandOverParts, areaId: string, atMs: number): Promise<Alert[]> {
  const recent = await records.alerts({ areaId, fromMs: atMs - lookBackMs, toMs: atMs, limit: alertsAtMost });
  const isHere = (alert: Alert) => directory.areaPath(alert.areaId).includes(areaId) && alert.openedAtMs < atMs;
  const open = desk.open().filter(isHere).slice(0, alertsAtMost);
  return [...new Map([...recent.items, ...open].map((alert) => [alert.id, alert])).values()];
}
