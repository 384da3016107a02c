import { setImmediate } from 'node:timers/promises';
import type { Alert } from '../model/alert.ts';
import { AppError } from '../model/errors.ts';
import type { AlertFilter, RecordStore } from '../store/contracts.ts';

/** Alerts one set of figures may be made of. */
const alertsAtMost = 200_000;

/** Every alert of a filter, page by page. Throws AppError when they are too many to be held at once. */
export async function everyAlert(records: RecordStore, filter: Omit<AlertFilter, 'limit'>): Promise<Alert[]> {
  const alerts: Alert[] = [];
  let cursor: string | undefined;
  do {
    const page = await records.alerts({ ...filter, limit: 1000, ...(cursor !== undefined && { cursor }) });
    alerts.push(...page.items);
    cursor = page.nextCursor;
    await setImmediate(); // SQLite works on this thread: an SOS has its turn between two pages
    if (alerts.length > alertsAtMost)
      throw new AppError('badRequest', `More than ${alertsAtMost} alerts: ask for a shorter range.`);
  } while (cursor !== undefined);
  return alerts;
}
