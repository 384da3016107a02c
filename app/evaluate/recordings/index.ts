import type { Recording } from './recording.ts';

/** Every data set that can be scored. */
export const recordings: readonly Recording[] = [];
