import { emissionGps } from './emission-gps.ts';
import { geotecWatch } from './geotec-watch-adl.ts';
import type { Recording } from './recording.ts';
import { sisFall } from './sisfall.ts';
import { smartFallWatch } from './smartfallmm-watch.ts';
import { tihm } from './tihm.ts';
import { tihmVitals } from './tihm-vitals.ts';
import { umaFall } from './umafall.ts';
import { wedaFall } from './weda-fall.ts';

/** Every data set that can be scored. */
export const recordings: readonly Recording[] = [
  wedaFall,
  umaFall,
  smartFallWatch,
  geotecWatch,
  sisFall,
  emissionGps,
  tihm,
  tihmVitals,
];
