import type { Alert, AlertType, Signal, TimelineEntry } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import type { Silence } from '../model/silence.ts';
import { type Decision, handlingOf, noLongerOffered, noLongerWaiting, revised } from './decision.ts';

/** What a silence is held against: an alert, or what is about to become one. */
export type About = Pick<Alert, 'residentId' | 'areaId' | 'deviceIds' | 'types' | 'severity' | 'exercise'>;
type Timed = { readonly silence: Silence; readonly fromMs: number; readonly toMs: number };

/** Nobody silences these by announcing works (P1). */
const alwaysTold: ReadonlySet<AlertType> = new Set<AlertType>(['sos', 'smoke', 'gas', 'fall', 'missing']);

/** Planned works, drills and tests, ready to be asked at every alert. */
export class Silences {
  readonly #directory: Directory;
  #all: readonly Timed[] | undefined;

  constructor(directory: Directory) {
    this.#directory = directory;
    directory.onChange(({ kind }) => {
      if (kind === 'silences') this.#all = undefined;
    });
  }

  /** The silence because of which nobody is told of this now. */
  over(about: About, nowMs: number): Silence | undefined {
    return this.#covering(about, nowMs).find((silence) => isSilent(silence, about));
  }

  /** Is this a drill or a test? What a device kept back was not part of it. */
  isExercise(signal: Signal, areaId: string): boolean {
    const { subjectId: residentId, deviceId, type, severity, late, atMs, receivedAtMs } = signal;
    const about = { residentId, areaId, deviceIds: deviceId === '' ? [] : [deviceId], types: [type], severity };
    return this.#covering(about, late ? atMs : receivedAtMs).some(({ exercise }) => exercise === true);
  }

  #covering(about: About, atMs: number): Silence[] {
    this.#all ??= [...this.#directory.silences.values()].map(timed);
    const now = this.#all.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
    return now.map(({ silence }) => silence).filter((silence) => covers(silence, about, this.#directory));
  }
}

function timed(silence: Silence): Timed {
  return { silence, fromMs: Date.parse(silence.from), toMs: Date.parse(silence.to) };
}

/** Everything the alert is made of lies within: one other type or device, and it is told. */
function covers(silence: Silence, { residentId, areaId, deviceIds, types }: About, directory: Directory): boolean {
  if (silence.types !== undefined && !types.every((type) => silence.types?.includes(type))) return false;
  if (silence.deviceId !== undefined) return deviceIds.length > 0 && deviceIds.every((id) => id === silence.deviceId);
  if (silence.residentId !== undefined) return silence.residentId === residentId;
  return silence.areaId !== undefined && directory.areaPath(areaId).includes(silence.areaId);
}

/** A drill holds back a call for help only when that is part of it. */
function isSilent({ exercise, tells }: Silence, { severity, types, exercise: isPart }: About): boolean {
  if (tells === true) return false;
  return (exercise === true && isPart === true) || severity !== 'P1' || !types.some((type) => alwaysTold.has(type));
}

/**
 * The decision as it is carried out under a silence: recorded and marked, and nobody is told. Where none holds any more
 * (it ended, or this is graver than it covers) the telling begins from the start.
 */
export function hushed(decision: Decision, silence: Silence | undefined, nowMs: number): Decision {
  const { alert, entries, tell } = decision;
  if (tell === undefined || alert.state === 'resolved') return decision;
  if (silence === undefined) return alert.silenced === undefined ? decision : heardAgain(decision, nowMs);
  const handling = noLongerOffered(noLongerWaiting(handlingOf(alert)));
  const detail = { silenceId: silence.id, reason: silence.reason, until: silence.to };
  const isNew = alert.silenced !== silence.id;
  return {
    alert: { ...alert, silenced: silence.id, handling },
    entries: isNew ? [...entries, line(alert, 'silenced', nowMs, detail)] : entries,
  };
}

function heardAgain({ alert, entries }: Decision, nowMs: number): Decision {
  const { silenced, ...heard } = alert;
  const over = line(alert, 'silenceOver', nowMs, { silenceId: silenced });
  return { alert: heard, entries: [...entries, over], tell: 'opened' };
}

/** The works are over and the alert is not; undefined while they last, or when it was never silenced. */
export function silenceOver(alert: Alert, silence: Silence | undefined, nowMs: number): Decision | undefined {
  if (alert.silenced === undefined || silence !== undefined) return undefined;
  const decision = heardAgain({ alert: revised(alert, nowMs, {}), entries: [] }, nowMs);
  if (alert.state === 'open') return decision;
  return { alert: decision.alert, entries: decision.entries }; // somebody has it in hand already
}

function line(alert: Alert, what: string, nowMs: number, detail: TimelineEntry['detail']): TimelineEntry {
  return { alertId: alert.id, atMs: nowMs, what, who: 'service', ...(detail && { detail }) };
}
