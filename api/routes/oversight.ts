import { z } from 'zod';
import type { AuditAnchor } from '../../store/contracts.ts';
import { administrators, type Context, type Http, userOf } from '../access.ts';
import { atWork } from '../at-work.ts';
import { instant, rangeQuery } from '../range.ts';
import { pageOf, QuarantinedView } from '../views.ts';

const limit = z.coerce.number().int().min(1).max(1000).default(100);
const QuarantineQuery = z.strictObject({ device: z.string().max(64).optional(), limit });
const Anchor = z.string().regex(/^\d{1,15}:[\w-]{43}$/, 'must be <entry>:<hash>, several with commas between');
const Anchors = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(Anchor).min(1).max(50))
  .transform((texts) => texts.map(anchorIn));
const AuditQuery = z.strictObject({
  ...rangeQuery,
  about: z.string().max(200).optional(),
  who: z.string().max(200).optional(),
  what: z.string().max(100).optional(),
  limit,
  cursor: z.string().max(20).optional(),
  verify: z.enum(['true', 'false']).default('false').describe('also reads the whole log and says what was changed'),
  anchors: Anchors.optional().describe('heads from before, kept elsewhere'),
});
const AuditView = z.object({
  at: z.iso.datetime(),
  who: z.string(),
  what: z.string(),
  about: z.string(),
  detail: z.record(z.string(), z.unknown()).optional(),
});
const Head = z.object({ id: z.int(), hash: z.string() });
const AuditPage = pageOf(AuditView).extend({
  /** The last entry; kept elsewhere it proves later that nothing before it was changed. */
  head: Head,
  check: z
    .object({ entries: z.int(), head: Head, damage: z.array(z.object({ what: z.string(), where: z.string() })) })
    .optional(),
});
const Retention = z.object({
  /** How long each kind is kept, in days; set with ANJU_RETENTION_DAYS. */
  days: z.object({
    positions: z.int(),
    vitals: z.int(),
    motion: z.int(),
    device: z.int(),
    alerts: z.int(),
    audit: z.int(),
  }),
});

function anchorIn(text: string): AuditAnchor {
  const [id, hash = ''] = text.split(':');
  return { id: Number(id), hash };
}

/** What went wrong, and what was looked at. */
export function oversightRoutes(http: Http, { parts }: Context): void {
  http.get('/quarantine', {
    config: { access: administrators },
    schema: {
      tags: ['oversight'],
      summary: 'Messages that could not be understood',
      querystring: QuarantineQuery,
      response: { 200: pageOf(QuarantinedView) },
    },
    handler: async (request) => {
      const { query } = request;
      // What could not be read may hold anything about anybody.
      const about = query.device ?? 'everybody';
      await parts.records.auditLooks([{ atMs: parts.clock(), who: userOf(request).id, what: 'quarantineRead', about }]);
      const filter = { limit: query.limit, ...(query.device !== undefined && { deviceId: query.device }) };
      const found = await parts.telemetry.quarantined(filter);
      const items = found.map(({ receivedAtMs, ...rest }) => ({ receivedAt: instant(receivedAtMs), ...rest }));
      return { items, nextCursor: null };
    },
  });
  http.get('/audit', {
    config: { access: administrators },
    schema: {
      tags: ['oversight'],
      summary: 'Who looked at or changed what, latest first',
      description:
        'With `who` or `what` a page may hold fewer than `limit` and still have a `nextCursor`: go on with it.',
      querystring: AuditQuery,
      response: { 200: AuditPage },
    },
    handler: async (request) => {
      const { from, to, about, who, what, limit: atMost, cursor, verify, anchors } = request.query;
      const found = await parts.records.auditPage({
        limit: atMost,
        ...(from !== undefined && { fromMs: from }),
        ...(to !== undefined && { toMs: to }),
        ...(about !== undefined && { about }),
        ...(who !== undefined && { who }),
        ...(what !== undefined && { what }),
        ...(cursor !== undefined && { cursor }),
      });
      const items = found.items.map(({ atMs, detail, ...rest }) => ({
        at: instant(atMs),
        ...rest,
        ...(detail && { detail: { ...detail } }),
      }));
      const head = await parts.records.auditHead();
      const checked = verify === 'true' ? await atWork(request, () => parts.records.checkAudit(anchors)) : undefined;
      const check = checked && { ...checked, damage: [...checked.damage] };
      return { items, nextCursor: found.nextCursor ?? null, head, ...(check && { check }) };
    },
  });
  http.get('/retention', {
    config: { access: administrators },
    schema: { tags: ['oversight'], summary: 'How long what is kept', response: { 200: Retention } },
    handler: async () => ({ days: parts.retentionDays }),
  });
}
