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

const dayMs = 86_400_000;
/** The last one a date can hold. */
const lastMomentMs = 8.64e15;
const [twoDigits, threeDigits] = [numerals(2), numerals(3)];
let dayWritten = Number.NaN;
let dayText = '';

/** RFC 3339 in UTC, as `toISOString` has it. What is asked for together is of a few days: each is written out once. */
export function instant(atMs: number): string {
  if (!Number.isInteger(atMs) || Math.abs(atMs) > lastMomentMs) return new Date(atMs).toISOString();
  const day = Math.floor(atMs / dayMs);
  if (day !== dayWritten) {
    dayText = new Date(day * dayMs).toISOString().slice(0, -'00:00:00.000Z'.length);
    dayWritten = day;
  }
  const ms = atMs - day * dayMs;
  const s = Math.floor(ms / 1000);
  const minutes = Math.floor(s / 60);
  // In range: each a remainder.
  return `${dayText}${twoDigits[Math.floor(minutes / 60)]!}:${twoDigits[minutes % 60]!}:${twoDigits[s % 60]!}.${threeDigits[ms % 1000]!}Z`;
}

/** All numbers of so many digits. */
function numerals(digits: number): readonly string[] {
  return Array.from({ length: 10 ** digits }, (_, n) => String(n).padStart(digits, '0'));
}
