import { z } from 'zod';

const hourMs = 3_600_000;
/** A week: whoever needs to know where somebody is for longer gets an account. */
export const shareHoursAtMost = 7 * 24;

/** What the family says when it shares where somebody is. */
export const ShareRequest = z.strictObject({
  hours: z.number().positive().max(shareHoursAtMost).default(4),
  /** What the page calls her ("Mother"); her recorded name when absent. */
  name: z.string().trim().min(1).max(100).optional(),
  /** For whom or why; for the list of shares only. */
  note: z.string().max(500).optional(),
});
export type ShareRequest = Readonly<z.infer<typeof ShareRequest>>;

/** A link that shows where one resident is, to whoever has it, until it ends. */
export type Share = {
  readonly id: string;
  readonly residentId: string;
  /** User id. */
  readonly by: string;
  readonly name: string;
  readonly note?: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly revokedAtMs?: number;
  /** How often the page was opened, and when last. */
  readonly openings: number;
  readonly openedAtMs?: number;
};

type New = Pick<Share, 'id' | 'residentId' | 'by'> & { readonly residentName: string; readonly nowMs: number };

/** The share as it begins. Pure. */
export function newShare({ hours, name, note }: ShareRequest, { residentName, nowMs, ...facts }: New): Share {
  return {
    ...facts,
    name: name ?? residentName,
    ...(note !== undefined && { note }),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + Math.round(hours * hourMs),
    openings: 0,
  };
}

/** Does it still show anything? */
export function isShareOpen({ expiresAtMs, revokedAtMs }: Share, nowMs: number): boolean {
  return revokedAtMs === undefined && nowMs < expiresAtMs;
}
