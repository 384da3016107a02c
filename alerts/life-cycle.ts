import { createHash } from 'node:crypto';
import {
  type Alert,
  type AlertHandling,
  type AlertType,
  familyOfType,
  type Severity,
  type Signal,
  type TimelineEntry,
} from '../model/alert.ts';
import { type Decision, handlingOf, noLongerWaiting, revised } from './decision.ts';
import { flaps, heldOpen } from './storm/flapping.ts';

/** A press this long after an acknowledgement is a new call: whoever answered may have been mistaken, or not come. */
const quietAfterAnswerMs = 120_000;
/** A stuck button must not fill the disk: later repeats are counted, and their readings kept, without a line each. */
export const maxRepeatLines = 1000;

/** What a signal meets: our clock, and where the resident lives (empty for a device that belongs to nobody). */
export type SignalContext = {
  readonly nowMs: number;
  readonly areaId: string;
  /** It is part of a drill or a test. */
  readonly exercise?: boolean;
  /** When alerts of the same cause ended lately. */
  readonly closedBeforeMs?: readonly number[];
};

/**
 * What a committed signal does to the open alert of its resident and family.
 *
 * None open: a raise opens one, a clear means nothing. One open: a raise joins it (severity only rises), a clear takes
 * away one condition; when the last is gone the alert is over, unless it is P1, or P2 and somebody has it in hand: then it
 * waits for a person to close it.
 *
 * @returns undefined when nothing changes
 */
export function applySignal(current: Alert | undefined, signal: Signal, context: SignalContext): Decision | undefined {
  if (signal.effect === 'clear') return current && cleared(current, signal, context.nowMs);
  return current ? joined(current, signal, context.nowMs) : opened(signal, context);
}

/** From the facts alone, so that a replay after a crash opens the same alert and not another one. */
export function alertIdOf(openingSignalId: string): string {
  return `a${createHash('sha256').update(openingSignalId).digest('base64url').slice(0, 21)}`;
}

function opened(signal: Signal, { nowMs, areaId, exercise, closedBeforeMs = [] }: SignalContext): Decision {
  const alert: Alert = {
    id: alertIdOf(signal.id),
    family: familyOfType[signal.type],
    type: signal.type,
    types: [signal.type],
    severity: signal.severity,
    state: 'open',
    residentId: signal.subjectId,
    areaId,
    deviceIds: signal.deviceId === '' ? [] : [signal.deviceId],
    openedAtMs: signal.receivedAtMs,
    updatedAtMs: Math.max(nowMs, signal.receivedAtMs),
    late: signal.late,
    suspected: signal.suspected,
    count: 1,
    summary: signal.summary,
    evidence: signal.evidence,
    ...(signal.position && { position: signal.position }),
    ...(exercise === true && { exercise }),
    revision: 1,
    handling: {
      active: [conditionOf(signal)],
      steps: [],
      ...saidAfter({}, signal),
      ...(closedBeforeMs.length > 0 && { closedBeforeMs }),
    },
  };
  return { alert, entries: [factLine(alert, signal, 'raised', nowMs)], tell: 'opened' };
}

function joined(current: Alert, signal: Signal, nowMs: number): Decision {
  const raised = signal.severity < current.severity;
  const isNews = isNewCall(current, signal, nowMs) || isNewExcursion(current) || isFirstWord(current, signal);
  const again = !raised && isNews;
  const alert = revised(current, nowMs, {
    ...(isGraver(current, signal) && { type: signal.type, summary: signal.summary }),
    ...(raised && { severity: signal.severity }),
    ...placeAfter(current, signal),
    types: united(current.types, signal.type),
    deviceIds: signal.deviceId === '' ? current.deviceIds : united(current.deviceIds, signal.deviceId),
    late: current.late && signal.late,
    suspected: current.suspected && signal.suspected,
    count: current.count + 1,
    evidence: evidenceOf(current, signal),
    handling: stillOn(handlingOf(current), signal, again ? nowMs : undefined),
  });
  const line = factLine(alert, signal, 'repeated', nowMs, raised ? current.severity : undefined);
  const entries = raised || again || alert.count <= maxRepeatLines ? [line] : [];
  return { alert, entries, ...(raised ? { tell: 'raised' } : again ? { tell: 'repeated' } : {}) };
}

function cleared(current: Alert, signal: Signal, nowMs: number): Decision | undefined {
  const handling = handlingOf(current);
  const active = handling.active.filter((condition) => condition !== conditionOf(signal));
  if (active.length === handling.active.length) return undefined;
  const alert = revised(current, nowMs, { handling: { ...handling, active } });
  const line = factLine(alert, signal, 'cleared', nowMs);
  if (active.length > 0 || closedByPeopleOnly(alert)) return { alert, entries: [line] };
  if (flaps(alert, nowMs)) return heldOpen(alert, line, nowMs);
  return recovered(alert, line, nowMs);
}

function recovered(alert: Alert, line: TimelineEntry, nowMs: number): Decision {
  const outcome = 'recovered';
  return {
    alert: {
      ...alert,
      state: 'resolved',
      resolvedAtMs: nowMs,
      outcome,
      handling: noLongerWaiting(handlingOf(alert)),
    },
    entries: [line, { alertId: alert.id, atMs: nowMs, what: 'resolve', who: 'service', detail: { outcome } }],
  };
}

/** An emergency is never over because a sensor says so; something urgent only while nobody has it in hand. */
function closedByPeopleOnly({ severity, state }: Alert): boolean {
  return severity === 'P1' || (severity === 'P2' && state !== 'open');
}

/** She had come back and has left again: that is news to whoever is on the way, and to those who were told. */
function isNewExcursion(current: Alert): boolean {
  const { active, heldOpenUntilMs } = handlingOf(current);
  return current.family === familyOfType.zoneExit && active.length === 0 && heldOpenUntilMs === undefined;
}

/** A person says what nobody has said so far, of an alert that sensors raised: whoever works it has to know. */
function isFirstWord(current: Alert, signal: Signal): boolean {
  return signal.by !== undefined && !current.types.includes(signal.type);
}

/** Is this press a new call for help, well after somebody said they had it in hand? */
export function isNewCall(alert: Alert, signal: Signal, nowMs: number): boolean {
  if (signal.type !== 'sos' || alert.state === 'open') return false;
  const quietSinceMs = handlingOf(alert).quietSinceMs ?? alert.acknowledgedAtMs ?? alert.updatedAtMs;
  // The clock was set back since: nobody knows how long ago that was.
  if (quietSinceMs > nowMs) return true;
  // A device's clock may run minutes slow, so the time of receipt counts unless a buffer was being emptied.
  const pressedAtMs = signal.late ? signal.atMs : signal.receivedAtMs;
  return pressedAtMs - quietSinceMs >= quietAfterAnswerMs;
}

/** Graver, or as grave and no longer a guess: then it names the alert. That she cannot be found says more than any fence. */
function isGraver(current: Alert, signal: Signal): boolean {
  if (signal.severity !== current.severity) return signal.severity < current.severity;
  if (signal.type === 'missing') return true;
  return current.suspected && !signal.suspected;
}

/**
 * The newest reasons speak for an alert, unless they are of something less grave: then they only add to it. What somebody
 * else confirmed once stays confirmed, and no sensor's reasons take the place of a person's.
 */
function evidenceOf(current: Alert, signal: Signal): Alert['evidence'] {
  const isLess = signal.severity > current.severity;
  const evidence = isLess ? { ...signal.evidence, ...current.evidence } : { ...current.evidence, ...signal.evidence };
  return { ...evidence, ...keptOf(current, signal) };
}

function keptOf({ evidence, handling }: Alert, { by }: Signal): Alert['evidence'] {
  const { confirmed, because, unless } = evidence;
  const isSaid = handling?.saidByPeople !== undefined && by === undefined;
  return { ...(confirmed === true && { confirmed }), ...(isSaid && { because, unless }) };
}

/** A position out of a buffer is older than the one we have. */
function placeAfter(current: Alert, signal: Signal): Pick<Alert, 'position'> {
  if (signal.position === undefined || (signal.late && current.position !== undefined)) return {};
  return { position: signal.position };
}

function stillOn(handling: AlertHandling, signal: Signal, toldAgainAtMs: number | undefined): AlertHandling {
  const active = united(handling.active, conditionOf(signal));
  const again = toldAgainAtMs === undefined ? {} : { quietSinceMs: toldAgainAtMs };
  return { ...handling, active, ...again, ...saidAfter(handling, signal) };
}

function saidAfter(
  { saidByPeople = [] }: Pick<AlertHandling, 'saidByPeople'>,
  { by, type }: Signal,
): Pick<AlertHandling, 'saidByPeople'> {
  return by === undefined ? {} : { saidByPeople: united(saidByPeople, type) };
}

/** Conditions of the resident rather than of a device: one sensor may raise them and another may end them. */
const ofTheResident: ReadonlySet<AlertType> = new Set<AlertType>([
  'inactivity',
  'awayTooLong',
  'vitals',
  'wandering',
  'contactLost',
  'missing',
  'visitOverdue',
  'areaOutage',
  'dutyGap',
]);

/** What holds until it is cleared: the type, with the device and the zone it is about. */
function conditionOf(signal: Signal): string {
  if (ofTheResident.has(signal.type)) return signal.type;
  const { zoneId } = signal.evidence;
  return [signal.type, signal.deviceId, ...(typeof zoneId === 'string' ? [zoneId] : [])].join('@');
}

/**
 * No news: the signal says only that nobody answered, and a person closed what the unanswered one opened. Only people
 * end an alert while its condition holds.
 */
export function isAnsweredBy(opened: Alert | undefined, signal: Signal): boolean {
  if (opened?.state !== 'resolved' || signal.unanswered === undefined) return false;
  const wasOn = handlingOf(opened).active.includes(conditionOf(signal));
  return wasOn && (opened.resolvedAtMs ?? 0) > signal.unanswered.saidAtMs;
}

function united<T>(known: readonly T[], one: T): readonly T[] {
  return known.includes(one) ? known : [...known, one];
}

function factLine(alert: Alert, signal: Signal, what: string, nowMs: number, raisedFrom?: Severity): TimelineEntry {
  const { id: signalId, type, severity, deviceId, atMs: happenedAtMs, late, suspected, evidence } = signal;
  const detail = { signalId, type, severity, deviceId, happenedAtMs, late, suspected, evidence };
  return {
    alertId: alert.id,
    atMs: nowMs,
    what,
    who: signal.by ?? 'service',
    detail: raisedFrom ? { ...detail, raisedFrom } : detail,
  };
}
