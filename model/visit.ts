import { z } from 'zod';
import { Id } from './ids.ts';
import { VisitTier } from './people.ts';

export const VisitKind = z.enum(['visit', 'phone', 'video']);
export type VisitKind = z.infer<typeof VisitKind>;

/** How she was found; `notReached` is kept, and is no contact. */
export const VisitOutcome = z.enum(['well', 'needsHelp', 'notReached']);
export type VisitOutcome = z.infer<typeof VisitOutcome>;

/** What somebody reports who went to see her, or called. */
export const VisitRequest = z.strictObject({
  /** Made by whoever sends it, so that sending it twice records it once. */
  id: Id.optional(),
  kind: VisitKind,
  /** Absent: now. */
  at: z.iso.datetime({ offset: true }).optional(),
  outcome: VisitOutcome,
  note: z.string().trim().min(1).max(4000).optional(),
});
export type VisitRequest = Readonly<z.infer<typeof VisitRequest>>;

/** How often she is to be contacted, and from when that counts. */
export const VisitPlan = z.strictObject({
  tier: VisitTier,
  /** When this was decided. */
  sinceMs: z.int(),
  /** The last time anybody spoke to her. */
  lastContactMs: z.int().optional(),
  /** The family said that she is away until then. */
  awayUntilMs: z.int().optional(),
});
export type VisitPlan = Readonly<z.infer<typeof VisitPlan>>;

/** Somebody went to see her, or called. */
export type Visit = {
  readonly id: string;
  readonly residentId: string;
  readonly kind: VisitKind;
  readonly atMs: number;
  readonly outcome: VisitOutcome;
  readonly note?: string;
  /** User id. */
  readonly by: string;
  readonly recordedAtMs: number;
  /** Her plan as it stood until then: how punctual it was is judged by it, whatever is planned later. */
  readonly plan?: VisitPlan;
};

/** Did anybody speak to her? */
export function isContact({ outcome }: Pick<Visit, 'outcome'>): boolean {
  return outcome !== 'notReached';
}
