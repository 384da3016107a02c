import { createHash } from 'node:crypto';
import type { TimelineEntry } from '../model/alert.ts';
import type { Notification } from '../model/notification.ts';

/**
 * Is it time for the recipient's next channel? P1 and P2 wait for nothing: one failed attempt, a limit or an endpoint out
 * of order is enough. Others give the channel a second chance, and keep to its limits.
 */
export function fallsOver({ severity, state, attempts, failure, fallbacks = [] }: Notification): boolean {
  if (fallbacks.length === 0 || (state !== 'queued' && state !== 'failed')) return false;
  if (state === 'failed') return true;
  return severity <= 'P2' ? failure !== undefined : attempts >= 2;
}

/** What was hindered together goes over the next channel together. */
const gatherMs = 5_000;

/** The same message over the next channel, with what the time line says. Its id comes from the one that was hindered. */
export function overNextChannel(
  hindered: Notification,
  nowMs: number,
): { readonly notification: Notification; readonly entry: TimelineEntry } | undefined {
  const [next, ...fallbacks] = hindered.fallbacks ?? [];
  if (next === undefined) return undefined;
  const waitMs = hindered.severity <= 'P2' ? 0 : gatherMs;
  const facts = JSON.stringify([hindered.id, next.kind, next.address]);
  const { secret: _secret, failure, heldForMs: _heldForMs, also: _also, ...same } = hindered;
  const notification: Notification = {
    ...same,
    id: `n${createHash('sha256').update(facts).digest('base64url').slice(0, 25)}`,
    channel: next.kind,
    address: next.address,
    ...(next.secret !== undefined && { secret: next.secret }),
    fallbacks,
    queuedAtMs: nowMs,
    state: 'queued',
    attempts: 0,
    nextAttemptAtMs: nowMs + waitMs,
    ...(waitMs > 0 && { heldForMs: waitMs }),
  };
  const detail = { reason: 'fallOver', channels: [next.kind], instead: hindered.channel, because: failure };
  const entry = { alertId: hindered.alertId, atMs: nowMs, what: 'notified', who: hindered.recipientId, detail };
  return { notification, entry };
}
