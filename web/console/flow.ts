import { nextTick, shallowRef } from 'vue';
import { say } from '../parts/toasts.ts';
import { router } from '../routes.ts';
import { noteRead, openAlert } from '../service/alerts.ts';
import { session } from '../service/session.ts';
import type { Alert } from '../service/types.ts';
import { t } from '../words/index.ts';
import { addressOf } from './addresses.ts';
import { markSeen } from './alarm/unseen.ts';
import { sendPhoto } from './alert/photo.ts';
import { type ActionName, isPossible } from './alert/possible.ts';
import { isWide } from './layout.ts';
import { nextAfter } from './queue/next.ts';
import { perform } from './work.ts';

/** What asks for more before it is done: how it ended, or who is sent. */
export const asks = shallowRef<'resolve' | 'assign'>();

let lookedAt: string | undefined;

/** Somebody has an alert before their eyes: it is seen, and what they were sent of it is read. */
export function lookAt(id: string): void {
  markSeen(id);
  if (lookedAt !== id) noteRead(id);
  lookedAt = id;
}

/** Somebody asked for an alert: what they press next is meant for it. */
export function open(id: string): void {
  cancelAnimationFrame(drawing);
  shownSinceMs = Number.NEGATIVE_INFINITY;
  lookAt(id);
  show(id);
}

/** Shows an alert. */
export function show(id: string, how: 'push' | 'replace' = 'push'): void {
  asks.value = undefined;
  void router[how](addressOf({ view: 'alert', id }));
}

/** Does it, or asks what has to be known first. */
export async function press(action: ActionName, alert: Alert): Promise<void> {
  const user = session.user.value;
  if (user === undefined || !isPossible(action, openAlert(alert.id) ?? alert, user)) return;
  if (action === 'resolve' || action === 'assign') {
    asks.value = action;
    return;
  }
  const isDone = await perform(alert, { action });
  // Whoever has begun to write how it ended meanwhile is not led away from it.
  if (isDone && asks.value === undefined) await goOn(alert, action);
}

export type Ending = { readonly outcome: string; readonly note: string; readonly photo: File | undefined };

/** Closes it first: a photo that cannot be sent keeps nobody waiting. */
export async function resolve(alert: Alert, { outcome, note, photo }: Ending): Promise<void> {
  if (!(await perform(alert, { action: 'resolve', outcome, ...(note !== '' && { note }) }))) return;
  if (photo !== undefined) void addPhoto(alert.id, photo);
  await goOn(alert, 'resolve');
}

async function addPhoto(id: string, photo: File): Promise<void> {
  try {
    await sendPhoto(id, photo);
    say(t('console.photo.sent'));
  } catch {
    say(t('console.photo.failed'), () => void addPhoto(id, photo), t('common.tryAgain'));
  }
}

export async function assign(alert: Alert, assignee: string): Promise<void> {
  if (await perform(alert, { action: 'assign', assignee })) await goOn(alert, 'assign');
}

/** After each action the console goes on by itself. */
async function goOn(done: Alert, action: ActionName): Promise<void> {
  asks.value = undefined;
  await nextTick();
  const next = nextAfter(done, action, isWide.value);
  if (next === 'stay') return;
  noteMoved();
  if (next === undefined) void router.push(addressOf({ view: 'queue' }));
  else show(next);
}

/** A second press of a key was meant for what was shown before. */
const doublePressMs = 500;
let shownSinceMs = Number.NEGATIVE_INFINITY;
let drawing = 0;

/** @param pressedAtMs by the clock of events, which stands still for no page that is busy */
export function hasJustMoved(pressedAtMs: number): boolean {
  return pressedAtMs - shownSinceMs < doublePressMs;
}

/** Where the console has gone is before somebody's eyes once it is drawn: in the frame after the next. */
function noteMoved(): void {
  shownSinceMs = Number.POSITIVE_INFINITY;
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(() => {
    drawing = requestAnimationFrame(() => {
      shownSinceMs = performance.now();
    });
  });
}
