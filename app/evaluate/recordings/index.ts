import { emissionGps } from './emission-gps.ts';
import type { Recording } from './recording.ts';
import { tihm } from './tihm.ts';
import { tihmVitals } from './tihm-vitals.ts';

/** Every data set that can be scored. */
export const recordings: readonly Recording[] = [emissionGps, tihm, tihmVitals];
