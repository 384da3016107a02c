import { act } from '../../service/alerts.ts';
import { session } from '../../service/session.ts';
import type { Alert } from '../../service/types.ts';
import type { ActionName } from './possible.ts';

/**
 * What takes an action back, when that harms nobody: the alert waits again and everybody is told on, or it is back in the
 * same hands. Undefined for what cannot be taken back: having set out, being there, somebody else's work.
 */
export function undoOf(action: ActionName, before: Alert): (() => Promise<unknown>) | undefined {
  const { id, assignee } = before;
  const isMine = assignee !== undefined && assignee === session.user.value?.id;
  switch (action) {
    case 'claim':
      return () => act(id, { action: 'pass' });
    case 'acknowledge':
      return () => act(id, { action: 'reopen' });
    case 'pass':
      return isMine ? () => act(id, { action: 'claim' }) : undefined;
    case 'resolve':
      return () => reopened(id, isMine);
    default:
      return undefined;
  }
}

async function reopened(id: string, isMine: boolean): Promise<void> {
  await act(id, { action: 'reopen' });
  if (isMine) await act(id, { action: 'claim' });
}
