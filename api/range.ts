import { z } from 'zod';
import { AppError } from '../model/errors.ts';
import type { TimeRange } from '../store/contracts.ts';

/** A moment in a query: RFC 3339 with offset, or epoch milliseconds. Becomes epoch ms. */
export const Moment = z
  .union([z.iso.datetime({ offset: true }), z.string().regex(/^\d{1,15}$/, 'must be RFC 3339 or epoch milliseconds')])
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text)));

/** `from` and `to` of a query; half open. */
export const rangeQuery = { from: Moment.optional(), to: Moment.optional() };

/** The range asked for; the last `defaultMs` when not said. */
export function rangeOf(
  query: { from?: number | undefined; to?: number | undefined },
  nowMs: number,
  defaultMs: number,
): TimeRange {
  const toMs = query.to ?? nowMs;
  const fromMs = query.from ?? toMs - defaultMs;
  if (fromMs < toMs) return { fromMs, toMs };
  throw new AppError('badRequest', 'The range is empty.', [{ path: 'query.from', reason: 'must be before `to`' }]);
}

/** Several values in one parameter: `a,b`. */
export function listOf<const T extends readonly string[]>(names: T) {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(names)).min(1).max(50));
}

/** RFC 3339 in UTC. */
export function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
