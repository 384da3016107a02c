import type { ActionName, ActionRequest, Alert, AlertHandling, AlertState, TimelineEntry } from '../model/alert.ts';
import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import { type Decision, handlingOf, noLongerOffered, noLongerWaiting, revised, type TellReason } from './decision.ts';

/** How long after closing an alert may still be opened again. */
const reopenWithinMs = 24 * 60 * 60_000;

type Acting = {
  readonly alert: Alert;
  readonly request: ActionRequest;
  readonly user: User;
  readonly nowMs: number;
};
/** What an action changes; undefined when everything is so already (a retransmission, a double click). */
type Change = { readonly alert: Partial<Alert>; readonly drop?: readonly (keyof Alert)[]; readonly tell?: TellReason };

const order: readonly AlertState[] = ['open', 'acknowledged', 'enRoute', 'arrived', 'resolved'];

/**
 * What a person's action does to an alert they may see.
 *
 * open -> acknowledged -> enRoute -> arrived -> resolved; steps may be skipped, never taken back, except by `pass` and
 * `reopen`, which make it open again.
 *
 * @returns undefined when it is so already
 * @throws AppError `conflict` (not from this state, or in another's hands), `forbidden`, `badRequest`
 */
export function applyAction(alert: Alert, request: ActionRequest, user: User, nowMs: number): Decision | undefined {
  const acting: Acting = { alert, request, user, nowMs };
  if (alert.state === 'resolved' && request.action !== 'reopen') throw refused(acting, 'reopen it first');
  const change = actions[request.action](acting);
  if (change === undefined) return undefined;
  const kept = { ...alert };
  for (const name of change.drop ?? []) delete kept[name];
  return {
    alert: revised(kept, nowMs, change.alert),
    entries: [lineOf(acting)],
    ...(change.tell && { tell: change.tell }),
  };
}

const actions: Readonly<Record<ActionName, (acting: Acting) => Change | undefined>> = {
  claim(acting) {
    const { alert, user } = acting;
    const isTheirs = alert.assignee === user.id && alert.state !== 'open'; // who was only sent has not answered yet
    if (isTheirs && !isAwaited(alert)) return undefined;
    if (isAnothers(alert, user)) throw heldByAnother(alert);
    return { alert: { ...answered(acting, 'acknowledged'), assignee: user.id } };
  },

  acknowledge(acting) {
    return { alert: answered(acting, 'acknowledged') };
  },

  enRoute(acting) {
    return moved(acting, 'enRoute');
  },

  arrive(acting) {
    return moved(acting, 'arrived');
  },

  resolve(acting) {
    requireHold(acting);
    const { request, nowMs } = acting;
    const alert = { ...answered(acting, 'resolved'), resolvedAtMs: nowMs };
    return { alert: request.outcome === undefined ? alert : { ...alert, outcome: request.outcome } };
  },

  pass(acting) {
    requireHold(acting);
    const { alert, user } = acting;
    const { quietSinceMs: _quietSinceMs, progressAtMs: _progressAtMs, ...rest } = handlingOf(alert);
    if (alert.state === 'open' && rest.passedBy === user.id) return undefined;
    const handling = { ...rest, passedBy: user.id };
    return { alert: { state: 'open', handling }, drop: ['assignee', 'acknowledgedAtMs'], tell: 'passed' };
  },

  assign(acting) {
    const { alert, user, request } = acting;
    const { assignee } = request;
    if (!mayOversee(user)) throw new AppError('forbidden', 'only operators and administrators may assign alerts');
    if (assignee === undefined) throw new AppError('badRequest', 'assign needs an assignee: a user id');
    if (alert.assignee === assignee && alert.state !== 'open') return undefined;
    return { alert: { ...answered(acting, 'acknowledged'), assignee } };
  },

  reopen(acting) {
    const { alert, nowMs } = acting;
    if (alert.state === 'open') return undefined;
    if (alert.state !== 'resolved') requireHold(acting);
    if (nowMs - (alert.resolvedAtMs ?? nowMs) > reopenWithinMs)
      throw refused(acting, 'it was closed over 24 hours ago');
    const { active } = handlingOf(alert);
    const drop = ['assignee', 'acknowledgedAtMs', 'resolvedAtMs', 'outcome'] as const;
    return { alert: { state: 'open', handling: { active, steps: [] } }, drop, tell: 'reopened' };
  },
};

function moved(acting: Acting, to: 'enRoute' | 'arrived'): Change | undefined {
  requireHold(acting);
  const { alert, user, nowMs } = acting;
  if (alert.state === to && !isAwaited(alert)) return undefined;
  if (order.indexOf(alert.state) > order.indexOf(to)) throw refused(acting, 'that is behind us');
  const changes = answered(acting, to);
  const handling = to === 'arrived' ? { arrivedAtMs: nowMs, ...changes.handling } : changes.handling;
  const keeps = alert.assignee !== undefined && (isAnothers(alert, user) || mayOversee(user));
  return { alert: { ...changes, assignee: keeps ? alert.assignee : user.id, handling } };
}

/** Somebody answered: nobody else is waited for, and the state is at least `atLeast`. */
function answered({ alert, nowMs }: Acting, atLeast: AlertState): Partial<Alert> & { handling: AlertHandling } {
  const first = alert.acknowledgedAtMs === undefined;
  const speaksNow = first || atLeast === 'acknowledged';
  const handling = { ...noLongerOffered(noLongerWaiting(handlingOf(alert))), progressAtMs: nowMs };
  return {
    state: order.indexOf(alert.state) > order.indexOf(atLeast) ? alert.state : atLeast,
    ...(first && { acknowledgedAtMs: nowMs }),
    handling: speaksNow ? { ...handling, quietSinceMs: nowMs } : handling,
  };
}

function isAwaited(alert: Alert): boolean {
  return handlingOf(alert).waitingSinceMs !== undefined;
}

/** Centre staff write down what they hear by telephone; anybody else acts on what nobody else has in hand. */
function mayOversee(user: User): boolean {
  return user.role === 'admin' || user.role === 'operator';
}

function requireHold({ alert, user }: Acting): void {
  if (isAnothers(alert, user) && !mayOversee(user)) throw heldByAnother(alert);
}

/** Somebody who was sent and has not answered does not keep away whoever is there. */
function isAnothers({ state, assignee }: Alert, user: User): boolean {
  return state !== 'open' && assignee !== undefined && assignee !== user.id;
}

function heldByAnother(alert: Alert): AppError {
  return new AppError('conflict', `alert ${alert.id} is already claimed by ${alert.assignee}`);
}

function refused({ alert, request }: Acting, why: string): AppError {
  return new AppError('conflict', `cannot ${request.action} alert ${alert.id}, which is ${alert.state}: ${why}`);
}

function lineOf({ alert, request, user, nowMs }: Acting): TimelineEntry {
  const { action: what, note, outcome, assignee } = request;
  const told = {
    ...(note !== undefined && { note }),
    ...(outcome !== undefined && { outcome }),
    ...(assignee !== undefined && { assignee }),
  };
  const line = { alertId: alert.id, atMs: nowMs, what, who: user.id };
  return Object.keys(told).length === 0 ? line : { ...line, detail: told };
}
