import type { Recording } from './recording.ts';
import { tihmVitals } from './tihm-vitals.ts';

/** Every data set that can be scored. */
export const recordings: readonly Recording[] = [tihmVitals];
