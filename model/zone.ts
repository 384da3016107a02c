import { z } from 'zod';
import { Datum, Shape } from './geo.ts';
import { Id } from './ids.ts';

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

/** When the zone counts, in the community's time zone; always when absent. `from` after `to` spans midnight. */
export const Schedule = z.strictObject({
  /** 1 Monday to 7 Sunday; every day when absent. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
  from: LocalTime,
  to: LocalTime,
});
export type Schedule = Readonly<z.infer<typeof Schedule>>;

export const Zone = z
  .strictObject({
    id: Id,
    residentId: Id.optional(),
    areaId: Id.optional(),
    name: z.string().min(1).max(200),
    kind: z.enum(['safe', 'forbidden']),
    shape: Shape,
    /** Never defaulted: a zone drawn on a Chinese map and read as GPS is wrong by more than itself. */
    datum: Datum,
    schedule: Schedule.optional(),
  })
  .refine((zone) => (zone.residentId === undefined) !== (zone.areaId === undefined), {
    message: 'must belong to one of residentId or areaId',
    path: ['residentId'],
  });
/** A safe or forbidden place of one resident, or of everybody in an area. */
export type Zone = Readonly<z.infer<typeof Zone>>;
