import type { RecordStore } from '../../store/contracts.ts';
import type { OpenAlerts } from '../open-alerts.ts';
import { flappingMs } from './flapping.ts';

const alertsAtATime = 500;
/** An alert carries the ends before it, so that the latest ones are enough. */
const alertsAtMost = 5_000;

/** After a restart: what ended within the last hour, so that what comes and goes is still known for it. */
export async function rememberEnds(
  records: Pick<RecordStore, 'alerts'>,
  open: OpenAlerts,
  nowMs: number,
): Promise<void> {
  const fromMs = nowMs - flappingMs;
  const found = [];
  for (let cursor: string | undefined; found.length < alertsAtMost; ) {
    const filter = { states: ['resolved' as const], fromMs, limit: alertsAtATime, ...(cursor && { cursor }) };
    const page = await records.alerts(filter);
    found.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  const ended = (atMs: number | undefined): number => atMs ?? 0;
  for (const alert of found.sort((a, b) => ended(a.resolvedAtMs) - ended(b.resolvedAtMs))) open.ended(alert);
}
