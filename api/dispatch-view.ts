import { z } from 'zod';
import type { Directory } from '../model/directory.ts';
import type { Approach, Dispatch, OnTheWay } from '../model/dispatch.ts';
import { nameOfUser } from '../model/people.ts';
import { instant } from './range.ts';

export const ApproachView = z.object({
  /** As the crow flies, with the error of the position. */
  distanceM: z.int().optional(),
  /** A rough guess from the distance. */
  arrivalMin: z.int().optional(),
  positionAgeS: z.int().optional(),
});
const OnTheWayView = ApproachView.extend({ userId: z.string(), name: z.string().optional() });

/** Who is asked, and who has it in hand; distances are as of now and kept nowhere. */
export const DispatchView = z.object({
  offer: z.object({ until: z.iso.datetime(), to: z.array(OnTheWayView) }).optional(),
  assignee: OnTheWayView.optional(),
  /** Whoever has it in hand loses it then, unless they set out. */
  leaseEndsAt: z.iso.datetime().optional(),
});

export function viewOfApproach({ distanceM, arrivalMin, sightedAtMs }: Approach, nowMs: number) {
  return { distanceM, arrivalMin, positionAgeS: Math.max(0, Math.round((nowMs - sightedAtMs) / 1000)) };
}

/** Families see who comes to them; whom else was asked, and until when, is for those who work. */
export function viewOfDispatch(
  { offer, assignee, leaseEndsAtMs }: Dispatch,
  {
    seesOffer,
    directory,
    nowMs,
  }: { readonly seesOffer: boolean; readonly directory: Directory; readonly nowMs: number },
): z.infer<typeof DispatchView> {
  const view = ({ userId, approach }: OnTheWay) => {
    const user = directory.users.get(userId);
    return { userId, ...(user && { name: nameOfUser(user) }), ...(approach && viewOfApproach(approach, nowMs)) };
  };
  return {
    ...(offer && seesOffer && { offer: { until: instant(offer.untilMs), to: offer.to.map(view) } }),
    ...(assignee && { assignee: view(assignee) }),
    ...(leaseEndsAtMs !== undefined && seesOffer && { leaseEndsAt: instant(leaseEndsAtMs) }),
  };
}
