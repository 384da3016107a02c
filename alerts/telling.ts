import { createHash } from 'node:crypto';
import type { Alert, TimelineEntry } from '../model/alert.ts';
import type { Notification } from '../model/notification.ts';
import type { Contact, ContactChannel } from '../model/people.ts';
import { type Decision, handlingOf, noLongerWaiting, type TellReason } from './decision.ts';
import { answerWithinMs } from './escalation.ts';

/** A decision with everybody who is to hear of it. */
export type Telling = Decision & { readonly notifications: readonly Notification[] };

/**
 * Who is told, over which channels. The first ones at opening, everybody told so far when it repeats or gets worse, the
 * next in order when it escalates; when nobody is left the time line says that it is with the centre. P4 and P5 disturb
 * nobody: they are seen by those who look.
 */
export function planTelling(
  decision: Decision,
  contacts: readonly Contact[],
  nowMs: number,
  residentName?: string,
): Telling {
  const { alert, tell } = decision;
  if (tell === undefined || alert.severity > 'P3') return { ...decision, notifications: [] };
  const told = handlingOf(alert).steps.flat();
  const again = (tell === 'repeated' || tell === 'raised') && told.length > 0;
  const recipients = again ? contacts.filter((contact) => told.includes(contact.id)) : nextStep(contacts, told);
  if (!again && recipients.length === 0) return withTheCentre(decision, nowMs);
  return {
    alert: awaiting(again ? alert : withStep(alert, recipients), tell, nowMs),
    entries: [...decision.entries, ...recipients.map((contact) => notifiedLine(alert, contact, tell, nowMs))],
    tell,
    notifications: recipients.flatMap((contact) => notificationsTo(contact, { alert, tell, nowMs, residentName })),
  };
}

/** The contacts with the lowest order among those who can be reached and were not told yet. */
function nextStep(contacts: readonly Contact[], told: readonly string[]): readonly Contact[] {
  const left = contacts.filter((contact) => contact.channels.length > 0 && !told.includes(contact.id));
  const order = Math.min(...left.map((contact) => contact.order));
  return left.filter((contact) => contact.order === order);
}

function withStep(alert: Alert, recipients: readonly Contact[]): Alert {
  const handling = handlingOf(alert);
  return { ...alert, handling: { ...handling, steps: [...handling.steps, recipients.map(({ id }) => id)] } };
}

function awaiting(alert: Alert, tell: TellReason, nowMs: number): Alert {
  // A repeated press is told to those who know; an escalation has set its own start, when it was due.
  if (tell === 'repeated' || tell === 'escalated' || answerWithinMs[alert.severity] === undefined) return alert;
  return { ...alert, handling: { ...handlingOf(alert), waitingSinceMs: nowMs } };
}

/** Nobody is left (or there never was anybody): from here on it is the centre's, which sees every open alert. */
function withTheCentre(decision: Decision, nowMs: number): Telling {
  const { alert, entries, tell } = decision;
  if (answerWithinMs[alert.severity] === undefined && tell === 'opened') return { ...decision, notifications: [] };
  const noted = entries.map((entry) =>
    entry.what === 'escalated' ? { ...entry, detail: { ...entry.detail, to: 'centre' } } : entry,
  );
  const line = { alertId: alert.id, atMs: nowMs, what: 'escalated', who: 'service', detail: { to: 'centre' } };
  return {
    alert: { ...alert, handling: noLongerWaiting(handlingOf(alert)) },
    entries: tell === 'escalated' ? noted : [...entries, line],
    notifications: [],
  };
}

function notifiedLine(alert: Alert, contact: Contact, reason: TellReason, nowMs: number): TimelineEntry {
  const used = alert.severity > 'P2' ? contact.channels.slice(0, 1) : contact.channels;
  const detail = { reason, channels: used.map(({ kind }) => kind) };
  return { alertId: alert.id, atMs: nowMs, what: 'notified', who: contact.id, detail };
}

type Occasion = {
  readonly alert: Alert;
  readonly tell: TellReason;
  readonly nowMs: number;
  readonly residentName: string | undefined;
};

/** In earnest, everything at once; for what can wait, one channel, and the others only when that one fails. */
function notificationsTo(contact: Contact, occasion: Occasion): Notification[] {
  const [first, ...others] = contact.channels;
  if (first === undefined) return [];
  if (occasion.alert.severity > 'P2') return [notificationTo(contact, first, others, occasion)];
  return contact.channels.map((channel) => notificationTo(contact, channel, [], occasion));
}

function notificationTo(
  contact: Contact,
  channel: ContactChannel,
  fallbacks: readonly ContactChannel[],
  { alert, tell, nowMs, residentName }: Occasion,
): Notification {
  // The revision tells one telling from the next; the same decision after a crash has the same one.
  const facts = [alert.id, tell, alert.revision, contact.id, channel.kind, channel.address];
  return {
    id: `n${createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 25)}`,
    alertId: alert.id,
    recipientId: contact.id,
    recipientName: contact.name,
    ...(contact.language !== undefined && { language: contact.language }),
    ...(residentName !== undefined && { residentName }),
    channel: channel.kind,
    address: channel.address,
    ...(channel.secret !== undefined && { secret: channel.secret }),
    ...(fallbacks.length > 0 && { fallbacks }),
    severity: alert.severity,
    reason: tell,
    queuedAtMs: nowMs,
    state: 'queued',
    attempts: 0,
    nextAttemptAtMs: nowMs,
  };
}
