import type { Bilingual, Signal } from '../../model/alert.ts';
import type { Device } from '../../model/device.ts';
import { stamp } from '../../model/local-time.ts';
import type { Household } from '../rule.ts';
import { hasSafeZone, isClearlyOutside, metresOutside } from '../safe-zones.ts';
import { clear, fromDeadline, raise } from '../signals.ts';
import { silenceWords as words } from '../words/silence.ts';
import { aboutDevice } from '../words.ts';
import { eventsSilenceMs } from './by-events.ts';
import { allowedMs, type Hearing, kindMs, type State } from './hearing.ts';
import { carriesLifeSafety, isWatched } from './limits.ts';
import { recurringUntilMs } from './usual-gaps.ts';

const minuteMs = 60_000;
/** Devices that fell silent within so long fell silent together. */
const togetherMs = 10 * minuteMs;
/** Of a fix whose accuracy is not remembered. */
const fixAccuracyM = 50;

/** What is known about a silence when it is told. */
type Circumstances = {
  /** The usual nightly gap is over, and it is not back. */
  readonly usualUntilMs: number | undefined;
  readonly isOutside: boolean;
  /** Other devices of the home that are usually heard, and how many of them fell silent with it. */
  readonly others: number;
  readonly silentToo: number;
  readonly behind: number;
};

/** P4; P3 for a resident at high risk when a life hangs on the device or the whole home is silent, and nothing harmless explains it. */
export function isOffline(home: Household, state: State, device: Device, hearing: Hearing, nowMs: number): Signal {
  const found = circumstancesOf(home, state, device, hearing);
  const minutes = minutesOf(nowMs - hearing.heardMs);
  return raise(home, fromDeadline(device.id, nowMs, nowMs), {
    type: 'deviceOffline',
    key: `${device.id}:${nowMs}`,
    severity: isGrave(home, device, hearing, found) ? 'P3' : 'P4',
    suspected: true,
    summary: aboutDevice(home, device.id, (what) => words.offline(what, minutes)),
    evidence: evidenceOf(home, device, hearing, found, nowMs),
    because: becauseOf(home, hearing, found, minutes),
    unless: unlessOf(home, device, hearing, nowMs),
  });
}

/** It is heard again, or (`folded`) its silence is told as part of an outage. `toldAtMs` is that of the alert. */
export function isOver(
  home: Household,
  device: Device,
  toldAtMs: number,
  atMs: number,
  how: 'online' | 'folded',
): Signal {
  return clear(home, fromDeadline(device.id, atMs, atMs), {
    type: 'deviceOffline',
    key: `${device.id}:${toldAtMs}`,
    severity: 'P4',
    suspected: true,
    summary: aboutDevice(home, device.id, words[how]),
  });
}

/** An empty battery, a charger, a usual gap: nothing to hurry for. Outside, the rules of places follow the person. */
function isGrave(home: Household, { kind }: Device, hearing: Hearing, found: Circumstances): boolean {
  if (home.resident?.riskTier !== 'red') return false;
  const isExplained = hearing.batteryPct !== undefined || hearing.charging === true;
  if (isExplained || found.isOutside || found.usualUntilMs !== undefined) return false;
  return carriesLifeSafety.has(kind) || isTogether(found);
}

function isTogether({ others, silentToo }: Circumstances): boolean {
  return others > 0 && silentToo === others;
}

function circumstancesOf(home: Household, state: State, device: Device, hearing: Hearing): Circumstances {
  const others = [...home.devices.values()].flatMap(({ id, kind }) =>
    id !== device.id && isWatched(kind) ? (state[id] ?? []) : [],
  );
  return {
    usualUntilMs: recurringUntilMs(hearing.usual, hearing.fromMs, home.timeZone),
    isOutside: isOutside(home, hearing),
    others: others.length,
    silentToo: others.filter(({ heardMs }) => heardMs <= hearing.heardMs + togetherMs).length,
    behind: devicesBehind(home, device.id),
  };
}

function isOutside(home: Household, { lat, lon, heardMs }: Hearing): boolean {
  if (lat === undefined || lon === undefined || !hasSafeZone(home)) return false;
  const fix = { lat, lon, atMs: heardMs, accuracyM: fixAccuracyM };
  return isClearlyOutside(metresOutside(home, fix), fixAccuracyM);
}

/** Devices a hub speaks for, in this home and elsewhere. */
export function devicesBehind(home: Household, hubId: string): number {
  let count = 0;
  for (const { hubId: behind } of home.devices.values()) if (behind === hubId) count += 1;
  for (const elsewhere of home.behindHubs?.get(hubId)?.values() ?? []) count += elsewhere;
  return count;
}

function evidenceOf(home: Household, device: Device, hearing: Hearing, found: Circumstances, nowMs: number) {
  const { heardMs, lostAtMs, batteryPct, charging, tellings = 0 } = hearing;
  return {
    lastHeardAtMs: heardMs,
    silentMin: minutesOf(nowMs - heardMs),
    allowedMin: minutesOf(allowedMs(home, device, hearing)),
    ...(lostAtMs !== undefined && { connectionLostAtMs: lostAtMs }),
    ...(batteryPct !== undefined && { batteryPct }),
    ...(charging && { charging }),
    ...(found.usualUntilMs !== undefined && { usuallyBackByMs: found.usualUntilMs }),
    ...(found.isOutside && { outside: true }),
    ...(found.others > 0 && { otherDevices: found.others, otherDevicesSilent: found.silentToo }),
    ...(found.behind > 0 && { devicesBehind: found.behind }),
    ...(tellings > 0 && { toldBefore: tellings }),
  };
}

function becauseOf(home: Household, hearing: Hearing, found: Circumstances, minutes: number): Bilingual[] {
  const { heardMs, lostAtMs, batteryPct, charging } = hearing;
  const when = (atMs: number) => stamp(home.timeZone, atMs);
  return [
    words.lastHeard(when(heardMs), minutes),
    ...(lostAtMs !== undefined ? [words.connectionLost(when(lostAtMs))] : []),
    ...(found.usualUntilMs !== undefined ? [words.usualGapOver(when(found.usualUntilMs))] : []),
    ...(batteryPct !== undefined ? [words.battery(batteryPct)] : []),
    ...(charging ? [words.charging] : []),
    ...(found.isOutside ? [words.outside] : []),
    ...(isTogether(found) ? [words.together(found.others)] : []),
    ...(found.others > found.silentToo ? [words.othersAlive(found.others - found.silentToo)] : []),
    ...(found.behind > 0 ? [words.behind(found.behind)] : []),
  ];
}

function unlessOf(home: Household, device: Device, hearing: Hearing, nowMs: number): Bilingual[] {
  const allowed = allowedMs(home, device, hearing);
  const byHabit = allowed > kindMs(device, hearing);
  return [
    words.anyWordBefore(stamp(home.timeZone, nowMs)),
    (byHabit ? words.allowedByHabit : words.allowed)(minutesOf(allowed)),
    eventsSilenceMs(device, hearing.usual) === undefined ? words.areaInstead : words.nobodyMoved,
  ];
}

function minutesOf(ms: number): number {
  return Math.round(ms / minuteMs);
}
