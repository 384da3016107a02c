import { z } from 'zod';
import { AlertType, Severity } from './alert.ts';
import { Id } from './ids.ts';
import { ChannelKind } from './people.ts';

/**
 * Whom a step tells. `contacts`: family and friends, the next in order that were not told yet; `sameContacts`: those told
 * last, once more (by another channel); `allContacts`; `responders`: on duty in the smallest area around the home that has
 * somebody on duty; `centre`: operators on duty, or all when no roster names one; `users` and `roster`: as listed.
 */
export const PolicyTarget = z.enum([
  'contacts',
  'sameContacts',
  'allContacts',
  'responders',
  'centre',
  'users',
  'roster',
]);
export type PolicyTarget = z.infer<typeof PolicyTarget>;

export const PolicyStep = z
  .strictObject({
    /** After the alert opened, or after the run began again. */
    afterS: z.int().min(0).max(86_400),
    target: PolicyTarget,
    userIds: z.array(Id).min(1).max(100).optional(),
    rosterId: Id.optional(),
    /** Only over these; over every channel of the recipient when absent. */
    channels: z.array(ChannelKind).min(1).max(20).optional(),
  })
  .refine(({ target, userIds }) => (target === 'users') === (userIds !== undefined), {
    message: 'belongs to the target users, and to it only',
    path: ['userIds'],
  })
  .refine(({ target, rosterId }) => (target === 'roster') === (rosterId !== undefined), {
    message: 'belongs to the target roster, and to it only',
    path: ['rosterId'],
  });
export type PolicyStep = Readonly<z.infer<typeof PolicyStep>>;

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

/** Who is told when. The one nearest the resident counts: hers, then her grid's, ..., then one for everybody. */
export const Policy = z
  .strictObject({
    id: Id,
    name: z.string().min(1).max(200),
    areaId: Id.optional(),
    residentId: Id.optional(),
    /** Only for alerts of these types and severities; for all when absent. */
    types: z.array(AlertType).min(1).max(50).optional(),
    severities: z.array(Severity).min(1).max(5).optional(),
    /** In order of time; the run stops when somebody answers. */
    steps: z.array(PolicyStep).min(1).max(50),
    /** After the last step the run begins again, so many seconds later, so many times. */
    again: z.strictObject({ afterS: z.int().min(30).max(86_400), times: z.int().min(1).max(50) }).optional(),
    /** P3 and lesser wait until these hours are over. P1 and P2 never do. */
    quietHours: z.strictObject({ from: LocalTime, to: LocalTime }).optional(),
  })
  .refine(({ steps }) => steps.every(({ afterS }, i) => i === 0 || afterS >= (steps[i - 1]?.afterS ?? 0)), {
    message: 'must be in order of afterS',
    path: ['steps'],
  });
export type Policy = Readonly<z.infer<typeof Policy>>;
