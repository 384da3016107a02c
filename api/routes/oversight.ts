import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Alert } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import type { AlertFilter } from '../../store/contracts.ts';
import { administrators, type Context, everybody, type Http, userOf } from '../access.ts';
import { alertScope } from '../alert-scope.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { instant, rangeOf, rangeQuery } from '../range.ts';

const monthMs = 30 * 86_400_000;
/** Alerts one set of figures may be made of. */
const alertsAtMost = 200_000;
/** People who wait for figures. */
const kpiWaitingAtMost = 20;
const limit = z.coerce.number().int().min(1).max(1000).default(100);
const KpiQuery = z.strictObject({ ...rangeQuery, area: z.string().max(64).optional() });
const QuarantineQuery = z.strictObject({ device: z.string().max(64).optional(), limit });
const AuditQuery = z.strictObject({ about: z.string().max(200).optional(), limit });

/** Figures, and what went wrong or was looked at. */
export function oversightRoutes(http: Http, { parts }: Context): void {
  const inTurn = oneAtATime(kpiWaitingAtMost);
  http.get('/kpi', {
    config: { access: everybody },
    schema: { tags: ['oversight'], summary: 'Figures on how alerts were handled', querystring: KpiQuery },
    handler: async (request) => {
      const range = rangeOf(request.query, parts.clock(), monthMs);
      const scope = alertScope(parts.directory, userOf(request), request.query);
      const alerts = scope === undefined ? [] : await inTurn(() => everyAlert(parts.records, { ...scope, ...range }));
      return { from: instant(range.fromMs), to: instant(range.toMs), ...(parts.kpi(alerts, range) as object) };
    },
  });
  http.get('/quarantine', {
    config: { access: administrators },
    schema: { tags: ['oversight'], summary: 'Messages that could not be understood', querystring: QuarantineQuery },
    handler: async (request) => {
      const { query } = request;
      // What could not be read may hold anything about anybody.
      const about = query.device ?? 'everybody';
      await parts.records.audit([{ atMs: parts.clock(), who: userOf(request).id, what: 'quarantineRead', about }]);
      const filter = { limit: query.limit, ...(query.device !== undefined && { deviceId: query.device }) };
      const found = await parts.telemetry.quarantined(filter);
      const items = found.map(({ receivedAtMs, ...rest }) => ({ receivedAt: instant(receivedAtMs), ...rest }));
      return { items, nextCursor: null };
    },
  });
  http.get('/audit', {
    config: { access: administrators },
    schema: { tags: ['oversight'], summary: 'Who looked at or changed what', querystring: AuditQuery },
    handler: async ({ query }) => {
      const filter = { limit: query.limit, ...(query.about !== undefined && { about: query.about }) };
      const found = await parts.records.auditLog(filter);
      return { items: found.map(({ atMs, ...rest }) => ({ at: instant(atMs), ...rest })), nextCursor: null };
    },
  });
}

async function everyAlert(records: Context['parts']['records'], filter: Omit<AlertFilter, 'limit'>): Promise<Alert[]> {
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
