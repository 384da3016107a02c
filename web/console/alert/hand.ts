import { nameOfUser } from '../../service/names.ts';
import { session } from '../../service/session.ts';
import type { Alert } from '../../service/types.ts';
import { t } from '../../words/index.ts';

type Hand = { readonly assignee?: string | undefined; readonly assigneeName?: string | undefined };

/** "李明 前往中", "Claimed by 李明": the state, with whoever has it in hand. */
export function handOf(alert: Hand & Pick<Alert, 'state'>): string {
  const name = whoOf(alert);
  if (name === undefined) return t(`alerts.state.${alert.state}`);
  return alert.state === 'open' ? t('console.sentTo', { name }) : t(`console.hand.${alert.state}`, { name });
}

/** By name; oneself as such; undefined when it is in nobody's hands. */
export function whoOf({ assignee, assigneeName }: Hand): string | undefined {
  if (assignee === undefined) return undefined;
  return assignee === session.user.value?.id ? t('common.you') : (assigneeName ?? nameOfUser(assignee));
}
