import type { Alert } from '../../service/types.ts';

/** Within so many seconds an emergency is to be answered: nearly all within the first, the rest within the second. */
export const answerTargetsS = [60, 180] as const;

/** Gravest first; of one severity those nobody has answered, the one with the least time left first. `alerts` come by severity and age. */
export function inQueueOrder(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted((a, b) => compare(a.severity, b.severity) || Number(isAnswered(a)) - Number(isAnswered(b)));
}

export function isAnswered({ state }: Pick<Alert, 'state'>): boolean {
  return state !== 'open';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
