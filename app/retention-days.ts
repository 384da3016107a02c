import type { Purpose } from '../store/contracts.ts';

/** Days each kind of record is kept, whole numbers. */
export type RetentionDays = Readonly<Record<Purpose | 'alerts' | 'audit', number>>;

/**
 * Why so long:
 * - positions: enough to look for somebody who is lost and to settle what happened last week; a record of a person's
 *   whereabouts is worth nothing to them after that.
 * - vitals: a doctor compares with the same season a year ago.
 * - motion, device: a season of habits to judge silence by, of batteries to plan their change.
 * - alerts, audit: who was told and who came has to be answerable for three years (limitation of claims, Civil Code of
 *   the PRC, article 188; records of handling personal information, PIPL, article 56).
 */
export const defaultRetentionDays: RetentionDays = {
  positions: 30,
  vitals: 365,
  motion: 90,
  device: 90,
  alerts: 1095,
  audit: 1095,
};

const daysAtMost = 36_500;
/** A device may empty a long buffer, and rules look back over days. */
const fewestDays = 2;
/** The proof of what was done outlives what it was done with. */
const fewestAuditDays = 180;

/** The setting, or in words what is wrong with it. */
export type ParsedDays = { readonly days: RetentionDays } | { readonly wrong: string };

/** `90` for everything but the audit log, or `positions=30,vitals=365,…`; what is not named keeps its default. */
export function parseRetentionDays(text: string): ParsedDays {
  if (/^\d+$/.test(text.trim())) return checked(forAll(Number(text)));
  const days: Record<string, number> = { ...defaultRetentionDays };
  for (const part of text.split(',')) {
    const [, name = '', number = ''] = /^\s*([a-z]+)\s*=\s*(\d+)\s*$/i.exec(part) ?? [];
    if (!Object.hasOwn(defaultRetentionDays, name)) return { wrong: notUnderstood(part.trim()) };
    days[name] = Number(number);
  }
  return checked(days as RetentionDays); // every name was checked
}

function forAll(days: number): RetentionDays {
  return { positions: days, vitals: days, motion: days, device: days, alerts: days, audit: defaultRetentionDays.audit };
}

function checked(days: RetentionDays): ParsedDays {
  for (const [name, number] of Object.entries(days)) {
    const fewest = name === 'audit' ? fewestAuditDays : fewestDays;
    if (number < fewest || number > daysAtMost) {
      return { wrong: `must keep ${name} for ${fewest} to ${daysAtMost} days, got ${number}` };
    }
  }
  return { days };
}

function notUnderstood(part: string): string {
  const names = Object.keys(defaultRetentionDays).join(', ');
  return `must be a number of days, or name=days parted by commas with the names ${names}; '${part}' is neither`;
}
