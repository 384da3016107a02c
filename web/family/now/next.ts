import { session } from '../../service/session.ts';
import type { Alert } from '../../service/types.ts';

const nextActions = { open: 'claim', acknowledged: 'enRoute', enRoute: 'arrive' } as const;

export const isMine = ({ assignee }: Alert): boolean => assignee !== undefined && assignee === session.user.value?.id;

/** What there is to do next; who took it says how far they are, anybody may take over what nobody has. */
export function nextOf(alert: Alert): 'claim' | 'enRoute' | 'arrive' | undefined {
  const { state } = alert;
  if (state === 'open') return nextActions.open;
  return isMine(alert) && (state === 'acknowledged' || state === 'enRoute') ? nextActions[state] : undefined;
}
