import { z } from 'zod';
import { AlertType } from './alert.ts';
import { Id } from './ids.ts';

const hourMs = 3_600_000;
/** Works that last longer are announced anew: a silence nobody remembers is a person nobody hears. */
export const silenceAtMostMs = 31 * 24 * hourMs;
/** A drill holds back even calls for help. */
export const exerciseAtMostMs = 4 * hourMs;

const Instant = z.iso.datetime({ offset: true });

/**
 * Planned works, a drill or a test: alerts of one area, resident or device are recorded and nobody is told. A call for
 * help, smoke, gas and a fall (P1) are told all the same, unless it is an `exercise`.
 */
export const Silence = z
  .strictObject({
    id: Id,
    areaId: Id.optional(),
    residentId: Id.optional(),
    deviceId: Id.optional(),
    /** Only alerts of these types; of all when absent. */
    types: z.array(AlertType).min(1).max(50).optional(),
    from: Instant,
    to: Instant,
    reason: z.string().min(1).max(500),
    /** User id; written down by the service. */
    by: Id.optional(),
    /** What happens meanwhile is a drill: alerts are marked as one, and left out of the figures. */
    exercise: z.boolean().optional(),
    /** People are told all the same, each message beginning with 演习 / EXERCISE. */
    tells: z.boolean().optional(),
  })
  .refine((one) => [one.areaId, one.residentId, one.deviceId].filter((id) => id !== undefined).length === 1, {
    message: 'needs one of areaId, residentId and deviceId',
    path: ['areaId'],
  })
  .refine(({ from, to }) => Date.parse(to) > Date.parse(from), { message: 'must be after from', path: ['to'] })
  .refine(({ from, to, exercise }) => lengthMs(from, to) <= (exercise ? exerciseAtMostMs : silenceAtMostMs), {
    message: 'is too long after from: 31 days, and 4 hours for an exercise, at most',
    path: ['to'],
  })
  .refine(({ exercise, tells }) => exercise === true || tells !== true, {
    message: 'belongs to an exercise',
    path: ['tells'],
  });
export type Silence = Readonly<z.infer<typeof Silence>>;

function lengthMs(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

/** The id of the silence that is the test mode of a device; never longer than an id may be. */
export function testModeIdOf(deviceId: string): string {
  return `test-${deviceId}`.slice(0, 64);
}
