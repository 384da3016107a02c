import type { AlertType } from '../../model/alert.ts';

/** Something that really happened, whether or not anybody noticed. Written down before a single message is sent. */
export type Truth = {
  readonly id: string;
  /** In the simulator's own words: `exitOnFoot`, `collapseByNight`. */
  readonly what: string;
  /** The resident; for what befalls an area `@{areaId}`. */
  readonly residentId: string;
  /** Present when it is about one device: an alert about another one is about something else. */
  readonly deviceId?: string;
  readonly fromMs: number;
  /** Said so early it is already about this: somebody on the way to the edge is all but outside. `fromMs` when absent. */
  readonly earliestMs?: number;
  /** An alert of one of `detectedBy` about this resident between `fromMs` and here is about this. */
  readonly untilMs: number;
  /** Any of them counts as knowing. */
  readonly detectedBy: readonly AlertType[];
  /** Not asked for, but no false alarm either: the band of somebody brought home may well be reported as not worn. */
  readonly alsoTrue?: readonly AlertType[];
  /** True for what must be noticed; false for what may be, without shame either way. */
  readonly isRequired: boolean;
  /**
   * Somebody has to go and look. False for what is worth noticing and no more: a device to be mended, a band left off,
   * pacing to and fro in one's own garden. It has its line in the table all the same.
   */
  readonly isEmergency: boolean;
};
