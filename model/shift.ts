import { z } from 'zod';
import { AlertState, AlertType, Severity } from './alert.ts';

const Instant = z.iso.datetime();
const Who = z.object({ id: z.string(), name: z.string() });
const Duty = z.object({ from: Instant, to: Instant, people: z.array(Who) });

const HandedAlert = z.object({
  id: z.string(),
  type: AlertType,
  severity: Severity,
  state: AlertState,
  /** Whom it is about; a resident has a name. */
  about: z.object({ id: z.string(), name: z.string().optional() }),
  openedAt: Instant,
  resolvedAt: Instant.optional(),
  outcome: z.string().optional(),
  /** Who has it in hand. */
  assignee: Who.optional(),
  summary: z.object({ zh: z.string(), en: z.string() }),
});
export type HandedAlert = z.infer<typeof HandedAlert>;

/** What one shift tells the next. Times are RFC 3339. */
export const ShiftHandOver = z.object({
  areaId: z.string(),
  areaName: z.string(),
  at: Instant,
  /** The shift that ends, or has lasted so far. */
  shift: Duty,
  /** Absent when the rosters have no change within two days. */
  next: Duty.optional(),
  /** When nobody is on duty within a day from then. */
  gaps: z.array(z.object({ from: Instant, to: Instant })),
  open: z.array(HandedAlert),
  /** Opened or closed during the shift, and over. */
  done: z.array(HandedAlert),
  callBacks: z.array(
    z.object({
      alertId: z.string(),
      about: z.object({ id: z.string(), name: z.string().optional() }),
      /** Promised for then; absent: tried and not reached. */
      for: Instant.optional(),
      by: Who,
      note: z.string().optional(),
    }),
  ),
  away: z.array(z.object({ resident: Who, until: z.iso.datetime({ offset: true }) })),
  silences: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['silence', 'exercise', 'testMode']),
      about: z.object({ kind: z.enum(['area', 'resident', 'device']), id: z.string(), name: z.string().optional() }),
      until: z.iso.datetime({ offset: true }),
      reason: z.string(),
    }),
  ),
  /** At high risk, and something is wrong with what should call for help. */
  doubtful: z.array(
    z.object({
      resident: Who,
      riskTier: z.string(),
      faults: z.array(z.object({ type: AlertType, deviceIds: z.array(z.string()), since: Instant })),
    }),
  ),
});
export type ShiftHandOver = z.infer<typeof ShiftHandOver>;
