import { z } from 'zod';
import { administrators, type Context, type Http, userOf } from '../access.ts';
import { instant } from '../range.ts';

const limit = z.coerce.number().int().min(1).max(1000).default(100);
const QuarantineQuery = z.strictObject({ device: z.string().max(64).optional(), limit });
const AuditQuery = z.strictObject({ about: z.string().max(200).optional(), limit });

/** What went wrong, and what was looked at. */
export function oversightRoutes(http: Http, { parts }: Context): void {
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
