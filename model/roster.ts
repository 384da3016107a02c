import { z } from 'zod';
import { Id } from './ids.ts';

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const Weekdays = z.array(z.int().min(1).max(7)).min(1).max(7);

/** Somebody on duty each week at the same times. `to` not after `from` ends the next day. */
export const Shift = z.strictObject({
  userId: Id,
  /** 1 Monday to 7 Sunday: the day it begins on. */
  days: Weekdays,
  from: LocalTime,
  to: LocalTime,
});
export type Shift = Readonly<z.infer<typeof Shift>>;

/** People who take turns, each for `everyDays` days, from `startsOn` on and before it. */
export const Rotation = z.strictObject({
  userIds: z.array(Id).min(1).max(100),
  startsOn: z.iso.date(),
  everyDays: z.int().min(1).max(366),
  /** When one hands over to the next. */
  handOverAt: LocalTime,
  /** Only between these times of the day; all day when absent. */
  hours: z.strictObject({ from: LocalTime, to: LocalTime }).optional(),
});
export type Rotation = Readonly<z.infer<typeof Rotation>>;

/** For once: `userId` is on duty, `insteadOf` is not. */
export const Override = z
  .strictObject({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    userId: Id.optional(),
    insteadOf: Id.optional(),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { message: 'must be after from', path: ['to'] })
  .refine(({ userId, insteadOf }) => userId !== undefined || insteadOf !== undefined, {
    message: 'names nobody: give userId, insteadOf or both',
    path: ['userId'],
  });
export type Override = Readonly<z.infer<typeof Override>>;

/** A date on which the weekly shifts of another weekday hold: a holiday is a Sunday, a working Saturday a Friday. */
export const SpecialDay = z.strictObject({ date: z.iso.date(), as: z.int().min(1).max(7) });

export const Roster = z.strictObject({
  id: Id,
  name: z.string().min(1).max(200),
  areaId: Id,
  /** IANA name; the community's when absent. */
  timeZone: z
    .string()
    .max(64)
    .refine((name) => isTimeZone(name), 'must be a time zone such as Asia/Shanghai')
    .optional(),
  shifts: z.array(Shift).max(1000).default([]),
  rotations: z.array(Rotation).max(50).default([]),
  overrides: z.array(Override).max(1000).default([]),
  specialDays: z.array(SpecialDay).max(400).default([]),
});
/** Who of an area is on duty when. */
export type Roster = Readonly<z.infer<typeof Roster>>;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** A stretch of time with the same people on duty; half open. With nobody it is a gap. */
export type Duty = { readonly fromMs: number; readonly toMs: number; readonly userIds: readonly string[] };
