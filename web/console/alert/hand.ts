import { nameOfUser } from '../../service/names.ts';
import { session } from '../../service/session.ts';
import type { Alert } from '../../service/types.ts';
import { t } from '../../words/index.ts';

/** "李明 前往中": the state, with whoever has it in hand. */
export function handOf(alert: Pick<Alert, 'state' | 'assignee' | 'assigneeName'>): string {
  const state = t(`alerts.state.${alert.state}`);
  const who = whoOf(alert);
  if (who === undefined) return state;
  return alert.state === 'open' ? t('console.sentTo', { name: who }) : `${who} ${state}`;
}

/** By name; oneself as such; undefined when it is in nobody's hands. */
export function whoOf({ assignee, assigneeName }: Pick<Alert, 'assignee' | 'assigneeName'>): string | undefined {
  if (assignee === undefined) return undefined;
  return assignee === session.user.value?.id ? t('common.you') : (assigneeName ?? nameOfUser(assignee));
}
