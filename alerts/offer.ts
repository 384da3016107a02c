import type { Alert, Severity } from '../model/alert.ts';
import { type Decision, handlingOf, revised } from './decision.ts';
import type { Recipient } from './policy/recipients.ts';

/** How long the first to claim may have it before the nearest is sent. */
const offerMs: Readonly<Partial<Record<Severity, number>>> = { P1: 60_000, P2: 180_000 };
/** So many are asked at once: more would make everybody think that somebody else goes. */
const offeredToAtMost = 5;

/** Offers the alert to responders, nearest first (抢单); an offer that stands already stays as it is. */
export function offered(alert: Alert, responders: readonly Recipient[], nowMs: number): Alert {
  const withinMs = offerMs[alert.severity];
  const handling = handlingOf(alert);
  if (withinMs === undefined || handling.offer !== undefined || alert.assignee !== undefined) return alert;
  const userIds = responders.slice(0, offeredToAtMost).map(({ id }) => id);
  if (userIds.length === 0) return alert;
  return { ...alert, handling: { ...handling, offer: { userIds, untilMs: nowMs + withinMs } } };
}

/** When the nearest is sent because nobody claimed it; undefined when nothing is offered. */
export function offerEndsAtMs({ handling }: Alert): number | undefined {
  return handling?.offer?.untilMs;
}

/** The same alert, unless the clock was set back since it was offered: then the offer begins anew. */
export function offeredNoLaterThan(alert: Alert, nowMs: number): Alert {
  const handling = handlingOf(alert);
  const { offer } = handling;
  const latestMs = nowMs + (offerMs[alert.severity] ?? 0);
  if (offer === undefined || offer.untilMs <= latestMs) return alert;
  return { ...alert, handling: { ...handling, offer: { ...offer, untilMs: latestMs } } };
}

/**
 * Nobody claimed it: the nearest who is still there is sent (派单). It stays open, and others are told on, until they
 * answer: a name in a field helps nobody.
 */
export function sent(alert: Alert, isThere: (userId: string) => boolean, nowMs: number): Decision {
  const { offer, ...handling } = handlingOf(alert);
  const assignee = offer?.userIds.find(isThere);
  const detail = { cause: 'nobodyClaimed', ...(assignee !== undefined && { assignee }) };
  return {
    alert: revised(alert, nowMs, { handling, ...(assignee !== undefined && { assignee }) }),
    entries: [{ alertId: alert.id, atMs: nowMs, what: 'sent', who: 'service', detail }],
    tell: 'sent',
  };
}
