import type { LatLon } from './geo.ts';
import type { User } from './people.ts';

/** Where somebody on duty was at a moment; WGS-84. */
export type Sighting = LatLon & { readonly accuracyM?: number; readonly atMs: number };

/** How far somebody is from where they are needed, as the crow flies, and roughly how long they take. */
export type Approach = { readonly distanceM: number; readonly arrivalMin: number; readonly sightedAtMs: number };

/** Somebody on duty, and where, as far as they say. */
export type OnDuty = { readonly user: User; readonly sighting?: Sighting; readonly approach?: Approach };

/** Who is asked or has it in hand, and how far they are. */
export type OnTheWay = { readonly userId: string; readonly approach?: Approach };

/** An alert as the dispatcher sees it: who is asked to go, and who goes. */
export type Dispatch = {
  readonly offer?: { readonly untilMs: number; readonly to: readonly OnTheWay[] };
  readonly assignee?: OnTheWay;
  /** When whoever has it in hand loses it unless they set out. */
  readonly leaseEndsAtMs?: number;
};
