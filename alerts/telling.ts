import type { Alert, TimelineEntry } from '../model/alert.ts';
import type { Notification } from '../model/notification.ts';
import type { PolicyStep, PolicyTarget } from '../model/policy.ts';
import { type Decision, handlingOf, noLongerWaiting, type TellReason } from './decision.ts';
import {
  begun,
  type EscalationCause,
  hurried,
  hurriedToTheCentre,
  inStep,
  stepDueAtMs,
  stepSkipped,
  stepTaken,
} from './escalation.ts';
import { notificationsTo } from './notifications.ts';
import { offered } from './offer.ts';
import type { Steps } from './policy/defaults.ts';
import { type Recipient, recipientsById, recipientsOf, type Surroundings } from './policy/recipients.ts';
import { policyOf } from './policy/select.ts';
import { digestRecipients } from './storm/digest.ts';

/** A decision with everybody who is to hear of it. */
export type Telling = Decision & { readonly notifications: readonly Notification[] };

/** What is being told, to whom so far, and what the time line says of it. */
type Draft = {
  readonly alert: Alert;
  readonly entries: readonly TimelineEntry[];
  readonly notifications: readonly Notification[];
};

/** A policy of steps at one moment, repeated at once or not: more than these at a time is a mistake of ours. */
const stepsAtOnce = 200;

/**
 * Who is told, over which channels: every step of the policy that is due. A repetition or a worse severity is told to
 * everybody told so far. When no step is left the time line says that it is with the centre, which sees every open alert.
 */
export function planTelling(decision: Decision, around: Surroundings): Telling {
  const { alert, entries, tell } = decision;
  const draft: Draft = { alert, entries, notifications: [] };
  // A summary is for those who are told of nothing else: no policy stands behind it.
  if (tell === 'digest') return { ...withRecipients(draft, digestRecipients(alert, around), around, tell), tell };
  const policy = policyOf(around.directory, alert, around.draft);
  if (tell === undefined || tell === 'report' || policy === undefined) return { ...decision, notifications: [] };
  const placed = { ...draft, alert: inStep(alert, policy) };
  const { alert: after, ...more } = starts[tell](placed, policy, around, tell);
  const done = takeDueSteps({ alert: after, ...more }, policy, around, tell);
  return { ...done, tell };
}

type Start = (draft: Draft, policy: Steps, around: Surroundings, tell: TellReason) => Draft;
const fromTheStart: Start = (draft, _policy, { nowMs }) => ({ ...draft, alert: begun(draft.alert, nowMs) });
const asItStands: Start = (draft) => draft;
const nextAtOnce: Start = (draft, policy, { nowMs }) => ({ ...draft, alert: hurried(draft.alert, policy, nowMs) });

/** Where the run of the policy goes on for each reason to tell. */
const starts: Readonly<Record<Exclude<TellReason, 'digest' | 'report'>, Start>> = {
  opened: fromTheStart,
  reopened: fromTheStart,
  escalated: asItStands,
  passed: nextAtOnce,
  undelivered: nextAtOnce,
  noProgress(draft, policy, around) {
    const alert = hurriedToTheCentre(draft.alert, policy, around.nowMs);
    return { ...draft, alert };
  },
  repeated: (draft, _policy, around, tell) => toldAgain(draft, around, tell),
  /** Those told so far hear it is worse; from there the policy of the new severity runs, past its first word to family. */
  raised(draft, _policy, around, tell) {
    const told = handlingOf(draft.alert).steps.length;
    if (told === 0) return { ...draft, alert: begun(draft.alert, around.nowMs) };
    return toldAgain({ ...draft, alert: begun(draft.alert, around.nowMs, 1) }, around, tell);
  },
  /** The one who is sent is told by name; everybody else's steps go on. */
  sent(draft, _policy, around, tell) {
    const { assignee } = draft.alert;
    return withRecipients(draft, recipientsById(draft.alert, assignee ? [assignee] : [], around), around, tell);
  },
};

function toldAgain(draft: Draft, around: Surroundings, tell: TellReason): Draft {
  const told = [...new Set(handlingOf(draft.alert).steps.flat())];
  return withRecipients(draft, recipientsById(draft.alert, told, around), around, tell);
}

function takeDueSteps(draft: Draft, policy: Steps, around: Surroundings, tell: TellReason): Draft {
  let current = draft;
  for (let taken = 0; taken < stepsAtOnce; taken += 1) {
    current = { ...current, alert: pastEmptySteps(current.alert, policy, around) };
    const dueAtMs = stepDueAtMs(current.alert, policy, around.timeZone);
    if (dueAtMs === undefined) return ended(current);
    if (dueAtMs > around.nowMs) return current;
    current = takeStep(current, policy, around, tell);
  }
  return current;
}

function takeStep(draft: Draft, policy: Steps, around: Surroundings, tell: TellReason): Draft {
  const { stage = 0 } = handlingOf(draft.alert);
  const step = policy.steps[stage];
  const moved = { ...draft, alert: stepTaken(draft.alert, policy, around.nowMs) };
  if (step === undefined) return moved;
  const recipients = recipientsOf(draft.alert, step, around);
  if (recipients.length === 0) return nobodyFound(moved, policy, step, around);
  const isFirst = stage === 0 && (tell === 'opened' || tell === 'reopened');
  const entries = isFirst ? moved.entries : [...moved.entries, escalatedLine(moved.alert, step, tell, around.nowMs)];
  const told = withRecipients({ ...moved, entries }, recipients, around, tell);
  const ids = recipients.map(({ id }) => id);
  const alert = withStep(told.alert, ids);
  return { ...told, alert: step.target === 'responders' ? offered(alert, recipients, around.nowMs) : alert };
}

const ofTheFamily: readonly PolicyTarget[] = ['contacts', 'sameContacts', 'allContacts'];

/** What a family does not have (a telephone number, another contact) needs no moment of its own. */
function pastEmptySteps(alert: Alert, policy: Steps, around: Surroundings): Alert {
  const { steps, stage = 0 } = handlingOf(alert);
  const step = policy.steps[stage];
  if (steps.length === 0 || step === undefined || !ofTheFamily.includes(step.target)) return alert;
  if (recipientsOf(alert, step, around).length > 0) return alert;
  return pastEmptySteps(stepSkipped(alert), policy, around);
}

/** While nobody is awaited at all there is no reason to let time pass: the next step is due now. */
function nobodyFound(draft: Draft, policy: Steps, step: PolicyStep, around: Surroundings): Draft {
  if (step.target === 'centre') return withTheCentre(draft, around.nowMs);
  const isAwaited = handlingOf(draft.alert).steps.length > 0 || step.target === 'sameContacts';
  return isAwaited ? draft : { ...draft, alert: hurried(draft.alert, policy, around.nowMs) };
}

/** There is nobody to be told by name: whoever looks at the open alerts has to see it. */
function withTheCentre(draft: Draft, nowMs: number): Draft {
  const line = { alertId: draft.alert.id, atMs: nowMs, what: 'escalated', who: 'service', detail: { to: 'centre' } };
  return { ...draft, entries: [...draft.entries, line] };
}

/** No step is left, and the policy does not begin again. */
function ended(draft: Draft): Draft {
  return { ...draft, alert: { ...draft.alert, handling: noLongerWaiting(handlingOf(draft.alert)) } };
}

function withStep(alert: Alert, ids: readonly string[]): Alert {
  const handling = handlingOf(alert);
  return { ...alert, handling: { ...handling, steps: [...handling.steps, ids] } };
}

function withRecipients(draft: Draft, recipients: readonly Recipient[], around: Surroundings, tell: TellReason): Draft {
  const { alert } = draft;
  const { nowMs, timeZone } = around;
  const residentName = around.directory.residents.get(alert.residentId)?.name;
  const told = recipients.map((recipient) =>
    notificationsTo(recipient, { alert, tell, nowMs, timeZone, residentName }),
  );
  const lines = recipients.map(({ id }, index) => notifiedLine(alert, id, told[index] ?? [], tell, nowMs));
  return {
    alert,
    entries: [...draft.entries, ...lines],
    notifications: [...draft.notifications, ...told.flat()],
  };
}

const causes: Readonly<Partial<Record<TellReason, EscalationCause>>> = {
  undelivered: 'undelivered',
  noProgress: 'noProgress',
};

function escalatedLine(alert: Alert, { target }: PolicyStep, tell: TellReason, nowMs: number): TimelineEntry {
  const detail = { cause: causes[tell] ?? 'silence', to: target };
  return { alertId: alert.id, atMs: nowMs, what: 'escalated', who: 'service', detail };
}

function notifiedLine(
  alert: Alert,
  who: string,
  sent: readonly Notification[],
  reason: TellReason,
  nowMs: number,
): TimelineEntry {
  const detail = { reason, channels: sent.map(({ channel }) => channel) };
  return { alertId: alert.id, atMs: nowMs, what: 'notified', who, detail };
}
