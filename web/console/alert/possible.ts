import type { Alert, AlertState, User } from '../../service/types.ts';

/** What is done to an alert with one key; `resolve` and `assign` ask for more first. */
export const actions = ['claim', 'acknowledge', 'enRoute', 'arrive', 'resolve', 'pass', 'assign'] as const;
export type ActionName = (typeof actions)[number];

/** As printed on the buttons: claim, acknowledge, go, here, resolve, pass, assign to. */
export const keyOf: Readonly<Record<ActionName, string>> = {
  claim: 'c',
  acknowledge: 'a',
  enRoute: 'g',
  arrive: 'h',
  resolve: 'r',
  pass: 'p',
  assign: 't',
};

const order: readonly AlertState[] = ['open', 'acknowledged', 'enRoute', 'arrived', 'resolved'];
const centre: readonly User['role'][] = ['admin', 'operator'];

export function isCentre({ role }: User): boolean {
  return centre.includes(role);
}

/** Would the service let them? It decides; this only spares people buttons that cannot work. */
export function isPossible(action: ActionName, alert: Alert, user: User): boolean {
  const { state, assignee } = alert;
  if (state === 'resolved') return false;
  const isTheirs = assignee === undefined || assignee === user.id || isCentre(user);
  switch (action) {
    case 'claim':
      return state === 'open' || assignee === undefined;
    case 'acknowledge':
      return state === 'open';
    case 'enRoute':
      return isTheirs && isBefore(state, 'enRoute');
    case 'arrive':
      return isTheirs && isBefore(state, 'arrived');
    case 'resolve':
      return isTheirs;
    case 'pass':
      return isTheirs && (state !== 'open' || assignee !== undefined);
    case 'assign':
      return isCentre(user);
  }
}

/** The one thing to do next; undefined when it is in another's hands. */
export function nextOf(alert: Alert, user: User): ActionName | undefined {
  const { state, assignee } = alert;
  if (state === 'open' || assignee === undefined) return isPossible('claim', alert, user) ? 'claim' : undefined;
  if (assignee !== user.id) return undefined;
  if (state === 'acknowledged') return 'enRoute';
  return state === 'enRoute' ? 'arrive' : 'resolve';
}

function isBefore(state: AlertState, step: AlertState): boolean {
  return order.indexOf(state) < order.indexOf(step);
}
