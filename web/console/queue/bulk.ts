import { shallowRef } from 'vue';
import { say } from '../../parts/toasts.ts';
import { act } from '../../service/alerts.ts';
import { Refused } from '../../service/client.ts';
import type { Alert } from '../../service/types.ts';
import { t } from '../../words/index.ts';
import { isAnswered } from './order.ts';

/** How far a bulk acknowledgement is; undefined when none runs. */
export const progress = shallowRef<{ readonly done: number; readonly of: number }>();

/** Emergencies and what is urgent are looked at one by one: somebody may lie there. */
export function canWait({ severity }: Pick<Alert, 'severity'>): boolean {
  return severity !== 'P1' && severity !== 'P2';
}

/** Acknowledges all of them that wait and can wait, one after the other, and says how many were. */
export async function acknowledgeAll(alerts: readonly Alert[]): Promise<void> {
  const waiting = alerts.filter((alert) => canWait(alert) && !isAnswered(alert));
  if (progress.value !== undefined || waiting.length === 0) return;
  let refused = 0;
  for (const [done, { id }] of waiting.entries()) {
    progress.value = { done, of: waiting.length };
    await act(id, { action: 'acknowledge' }).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      refused += 1; // it stays in the queue, where its state says why
    });
  }
  progress.value = undefined;
  const n = waiting.length - refused;
  say(refused === 0 ? t('console.storm.done', { n }) : t('console.storm.doneBut', { n, refused }));
}
