import type { Reading } from '../model/reading.ts';

/** May somebody's life hang on it? A window of acceleration may be a fall. */
export function isUrgent({ lane, facts }: Pick<Reading, 'lane' | 'facts'>): boolean {
  const { events, smoke, gas, burst } = facts;
  return lane !== 'telemetry' || events !== undefined || smoke === true || gas === true || burst !== undefined;
}
