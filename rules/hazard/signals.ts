import type { Bilingual, Signal } from '../../model/alert.ts';
import type { Command } from '../../model/device.ts';
import { stamp } from '../../model/local-time.ts';
import type { EventName, Reading } from '../../model/reading.ts';
import { askIfOk } from '../check-in.ts';
import type { Household } from '../rule.ts';
import { clear, fromDeadline, fromReading, raise } from '../signals.ts';
import { type HazardWords, hazardWords } from '../words/hazard.ts';
import { aboutDevice, nameOf, roomOf, whoOf } from '../words.ts';
import { presenceAt, type Sighting } from './presence.ts';

/** What a detector watches for, and the words for it. */
export type Hazard = {
  readonly type: 'smoke' | 'gas';
  /** What else may burn: where both are reported it is no toast. */
  readonly other: 'smoke' | 'gas';
  readonly clearedEvent?: EventName;
  readonly words: HazardWords;
};

/** Why an alarm counts as confirmed. */
export type Confirmation = 'secondDetector' | 'otherHazard' | 'heat' | 'stillOn';

/** What is known about an alarm beside the report itself. */
export type Circumstances = {
  readonly seen: Sighting | undefined;
  readonly confirmedBy?: Confirmation | undefined;
  readonly reason?: Bilingual | undefined;
};

const sirenS = 60;
const answerWithinS = 60;

export function alarm({ type, words }: Hazard, home: Household, reading: Reading, around: Circumstances): Signal {
  const { deviceId, takenAtMs } = reading;
  return raise(home, fromReading(reading), {
    type,
    key: reading.id,
    severity: 'P1',
    summary: words.raised(whoOf(home, deviceId), roomOf(home, deviceId)),
    ...explained(words, home, deviceId, takenAtMs, around),
  });
}

/** The same alarm, now with a second reason. Its own device stays the source: nothing new has to end. */
export function confirmed(
  { type, words }: Hazard,
  home: Household,
  deviceId: string,
  when: { readonly sinceMs: number; readonly atMs: number; readonly knownAtMs: number },
  around: Circumstances,
): Signal {
  return raise(home, fromDeadline(deviceId, when.atMs, when.knownAtMs), {
    type,
    key: `${deviceId}:${when.sinceMs}:confirmed`,
    severity: 'P1',
    summary: words.raised(whoOf(home, deviceId), roomOf(home, deviceId)),
    ...explained(words, home, deviceId, when.atMs, around),
  });
}

function explained(words: HazardWords, home: Household, deviceId: string, atMs: number, around: Circumstances) {
  const { confirmedBy, reason } = around;
  const presence = presenceAt(home, around.seen, atMs);
  const room = roomOf(home, deviceId);
  const name = nameOf(home, deviceId);
  return {
    evidence: {
      record: false,
      confirmed: confirmedBy !== undefined,
      ...(confirmedBy && { confirmedBy }),
      ...(room !== '' && { room }),
      ...presence.evidence,
    },
    because: [
      { zh: words.reported(name.zh).zh, en: words.reported(name.en).en },
      ...(reason ? [reason] : []),
      presence.words,
    ],
    unless: [words.unless, ...(confirmedBy === undefined ? [hazardWords.unlessConfirmed] : [])],
  };
}

/** A report that was over a day ago: written down, and nobody is woken for it. */
export function record({ type, words }: Hazard, home: Household, reading: Reading): Signal {
  const { id: key, deviceId, takenAtMs } = reading;
  const name = nameOf(home, deviceId);
  const when = stamp(home.timeZone, takenAtMs);
  return raise(home, fromReading(reading), {
    type,
    key,
    severity: 'P4',
    summary: words.record(whoOf(home, deviceId), roomOf(home, deviceId), when),
    evidence: { record: true, ageH: Math.round((reading.receivedAtMs - takenAtMs) / 3_600_000) },
    because: [{ zh: words.reported(name.zh).zh, en: words.reported(name.en).en }],
    unless: [words.unless],
  });
}

export function allClear(
  { type, words }: Hazard,
  home: Household,
  reading: Reading,
  { sinceMs, okAtMs }: { readonly sinceMs: number; readonly okAtMs?: number },
): Signal {
  const { deviceId, takenAtMs } = reading;
  const who = whoOf(home, deviceId);
  const lastedS = Math.round((takenAtMs - sinceMs) / 1000);
  const isAnswered = okAtMs !== undefined && lastedS <= answerWithinS;
  return clear(home, fromReading(reading), {
    type,
    key: `${deviceId}:${sinceMs}`,
    severity: 'P1',
    summary: words.cleared(who, roomOf(home, deviceId)),
    evidence: { lastedS, ...(okAtMs !== undefined && { answeredOkAtMs: okAtMs }) },
    ...(isAnswered && { because: [hazardWords.shortAndAnswered(who)] }),
  });
}

/**
 * A detector that cries wolf is taken off the ceiling one day. Told under `tamper`, of the types there are the one that
 * says "somebody has to go to this device and put it right", for each device by itself and closed by whoever did:
 * `deviceOffline` and `batteryLow` would be taken back by the detector's next heartbeat, and a second `smoke` would put
 * maintenance into the alert of a fire.
 */
export function nuisance(home: Household, reading: Reading, times: number): Signal {
  const { deviceId, takenAtMs } = reading;
  return raise(home, fromReading(reading), {
    type: 'tamper',
    key: `${deviceId}:${takenAtMs}:nuisance`,
    severity: 'P4',
    suspected: true,
    summary: aboutDevice(home, deviceId, (what) => hazardWords.nuisance(what, times)),
    evidence: { shortAlarms: times, withinDays: 7 },
    because: [hazardWords.nuisanceBecause(times)],
    unless: [hazardWords.nuisanceUnless],
  });
}

/** Beside the alarm, never before it: the call device makes itself heard, and asks. A fire of an hour ago needs no siren. */
export function callsInside(
  hazard: Hazard,
  home: Household,
  { deviceId, takenAtMs, late }: Reading,
): readonly Command[] {
  const key = `${hazard.type}:${deviceId}:${takenAtMs}`;
  const ask = askIfOk(home, key, answerWithinS);
  const [first] = ask;
  if (late || first === undefined || home.devices.get(first.deviceId)?.kind !== 'callButton') return ask;
  return [{ id: `siren:${key}`, deviceId: first.deviceId, name: 'siren', args: { durationS: sirenS } }, ...ask];
}
