import { shallowRef } from 'vue';
import { dismiss, say, toasts } from '../parts/toasts.ts';
import { act, openAlert } from '../service/alerts.ts';
import { Refused } from '../service/client.ts';
import { nameOfSubject } from '../service/names.ts';
import { session } from '../service/session.ts';
import type { Alert } from '../service/types.ts';
import { t } from '../words/index.ts';
import { saidInWords, sentenceFor } from '../words/troubles.ts';
import { markSeen } from './alarm/unseen.ts';
import { type ActionName, isPossible } from './alert/possible.ts';
import { undoOf } from './alert/undo.ts';

type Request = Parameters<typeof act>[1];
/** What went wrong, of which alert: it is shown there and nowhere else. */
const troubles = shallowRef<ReadonlyMap<string, unknown>>(new Map());
/** Actions on their way, so that a second press does nothing. */
const running = shallowRef<ReadonlySet<string>>(new Set());

/** What is offered to be taken back, of each alert. */
const said = new Map<string, number>();

export const isRunning = (id: string): boolean => running.value.has(id);
/** Why the last wish about an alert was refused, in words; empty when it was not. */
export const troubleOf = (id: string): string => sentenceOf(troubles.value.get(id));

/** Does it, says so, and offers the way back where that is safe. Resolves with the alert as it is now; undefined when it was refused. */
export async function perform(
  alert: Alert,
  request: Request & { readonly action: ActionName },
): Promise<Alert | undefined> {
  const user = session.user.value;
  const { id } = alert;
  const current = openAlert(id) ?? alert;
  if (user === undefined || isRunning(id) || !isPossible(request.action, current, user)) return undefined;
  running.value = new Set([...running.value, id]);
  markSeen(id);
  try {
    const after = await act(id, request);
    setTrouble(id, undefined);
    tell(request.action, current);
    return after;
  } catch (error) {
    setTrouble(id, error);
    return undefined;
  } finally {
    running.value = new Set([...running.value].filter((other) => other !== id));
  }
}

/** The last that was done is taken back, while that is offered. */
export function undoLast(): boolean {
  const last = toasts.value.findLast(({ undo }) => undo !== undefined);
  if (last === undefined) return false;
  last.undo?.();
  dismiss(last.id);
  return true;
}

function tell(action: ActionName, before: Alert): void {
  const { id, residentId } = before;
  const undo = undoOf(action, before);
  const done = t(`console.done.${action}`, { name: nameOfSubject(residentId) });
  // What was done before is no longer the last thing: it is not taken back any more.
  dismiss(said.get(id) ?? 0);
  said.set(id, say(done, undo && (() => void takeBack(id, undo))));
}

async function takeBack(id: string, undo: () => Promise<unknown>): Promise<void> {
  try {
    await undo();
    say(t('common.undone'));
  } catch (error) {
    setTrouble(id, error);
    say(sentenceOf(error));
  }
}

function setTrouble(id: string, error: unknown): void {
  const next = new Map(troubles.value);
  if (error === undefined) next.delete(id);
  else next.set(id, error);
  troubles.value = next;
}

/** The service says in words why an action is no longer possible. */
function sentenceOf(error: unknown): string {
  if (error === undefined) return '';
  return error instanceof Refused && error.status === 409
    ? t('console.tooLate', { why: saidInWords(error.message) })
    : sentenceFor(error);
}
