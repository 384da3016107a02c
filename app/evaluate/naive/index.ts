import type { AnyRule } from '../../../rules/index.ts';
import { smoke } from '../../../rules/smoke.ts';
import { sos } from '../../../rules/sos.ts';
import { fixedTwelveHours } from './fixed-twelve-hours.ts';
import { impact } from './impact.ts';
import { offlineAtTenMinutes } from './offline-at-ten-minutes.ts';
import { pointOutside } from './point-outside.ts';
import { singleVital } from './single-vital.ts';

/**
 * What simple systems do, as rules of the same engine: no filter, no persistence, no check with the resident. A pressed
 * button and a smoke detector leave nothing to be done better, so those two are ours on both sides.
 */
export const naiveRules: readonly AnyRule[] = [
  sos,
  smoke,
  impact,
  pointOutside,
  fixedTwelveHours,
  singleVital,
  offlineAtTenMinutes,
];
