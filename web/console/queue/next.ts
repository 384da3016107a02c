import type { Alert } from '../../service/types.ts';
import type { ActionName } from '../alert/possible.ts';
import { shownQueue } from './filters.ts';
import { isAnswered } from './order.ts';

const leaves: readonly ActionName[] = ['resolve', 'pass', 'assign'];

/**
 * Where the console goes by itself after an action: to the first alert that waits and is as grave. When there is none it
 * stays with what was done, unless that is over or in other hands: then to the first of what is left. On a phone whoever
 * goes somewhere keeps reading where, and comes back to the queue. Undefined: nothing is left.
 */
export function nextAfter(done: Alert, action: ActionName, isWide: boolean): string | 'stay' | undefined {
  const isLeft = leaves.includes(action);
  if (!isWide) return isLeft ? undefined : 'stay';
  const others = shownQueue.value.filter(({ id }) => id !== done.id);
  const waiting = others.find((alert) => !isAnswered(alert) && (isLeft || alert.severity <= done.severity));
  return waiting?.id ?? (isLeft ? others[0]?.id : 'stay');
}
