import { Directory } from '../../../../model/directory.ts';
import type { LatLon } from '../../../../model/geo.ts';
import type { Reading } from '../../../../model/reading.ts';
import { distanceM } from '../../../../rules/geometry.ts';
import { buildHousehold } from '../../../../rules/household.ts';
import type { Household, Input } from '../../../../rules/rule.ts';
import { zoneExit } from '../../../../rules/zone-exit.ts';
import type { Located, Moved, PhoneTrack } from './track.ts';
import { type Span, zoneRadiusM } from './truth.ts';

/** From when somebody would have been told of each exit until it would have been taken back. */
export type Judge = { readonly rule: string; exitsOf(track: PhoneTrack, place: LatLon): readonly Span[] };

const deviceId = 'phone';
const subjectId = 'walker';
const lateAfterMs = 10 * 60_000;

export const judges: readonly Judge[] = [
  { rule: 'anju', exitsOf: (track, place) => ours(track.fixes.map(positionReading), place) },
  {
    rule: 'anju + motion',
    exitsOf: (track, place) =>
      ours([...track.fixes.map(positionReading), ...track.motion.map(motionReading)].sort(byArrival), place),
  },
  { rule: 'raw point outside', exitsOf: (track, place) => naive(track, place, () => 0) },
  { rule: 'distance minus accuracy', exitsOf: (track, place) => naive(track, place, ({ accuracyM }) => accuracyM) },
];

/** Each step from inside to outside is an exit. */
function naive({ fixes }: PhoneTrack, place: LatLon, allowanceM: (fix: Located) => number): Span[] {
  const steps: Step[] = [];
  let wasOutside: boolean | undefined;
  for (const fix of fixes) {
    const isOutside = distanceM(place, fix) - allowanceM(fix) > zoneRadiusM;
    if (isOutside !== wasOutside) steps.push({ atMs: fix.receivedAtMs, isOutside });
    wasOutside = isOutside;
  }
  return spansOf(steps);
}

/**
 * What is said again every ten minutes is not another exit. Deadlines come at their own time between the readings, none
 * after the last: nobody knows what the phone would have said then.
 */
function ours(readings: readonly Reading[], place: LatLon): Span[] {
  const home = homeAt(place);
  const steps: Step[] = [];
  let state = zoneExit.initial;
  const take = (input: Input) => {
    const outcome = zoneExit.step(home, state, input);
    state = outcome.state;
    for (const { effect } of outcome.signals ?? []) steps.push({ atMs: input.nowMs, isOutside: effect === 'raise' });
  };
  const dueBy = (atMs: number) => {
    const dueMs = zoneExit.deadlineAtMs?.(home, state);
    return dueMs !== undefined && dueMs <= atMs ? dueMs : undefined;
  };
  for (const reading of readings) {
    const nowMs = reading.receivedAtMs;
    for (let dueMs = dueBy(nowMs); dueMs !== undefined; dueMs = dueBy(nowMs)) {
      take({ kind: 'deadline', nowMs: dueMs, listeningSinceMs: 0 });
    }
    take({ kind: 'reading', reading, nowMs });
  }
  return spansOf(steps);
}

type Step = { readonly atMs: number; readonly isOutside: boolean };

function spansOf(steps: readonly Step[]): Span[] {
  const spans: Span[] = [];
  let fromMs: number | undefined;
  for (const { atMs, isOutside } of steps) {
    if (isOutside) fromMs ??= atMs;
    else if (fromMs !== undefined) {
      spans.push({ fromMs, toMs: atMs });
      fromMs = undefined;
    }
  }
  return fromMs === undefined ? spans : [...spans, { fromMs, toMs: Number.POSITIVE_INFINITY }];
}

function homeAt(at: LatLon): Household {
  const directory = new Directory();
  const shape = { type: 'circle' as const, center: { lat: at.lat, lon: at.lon }, radiusM: zoneRadiusM };
  const home = { lat: at.lat, lon: at.lon, datum: 'WGS84' as const };
  const walker = { id: subjectId, name: 'Walker', areaId: 'area', home, contacts: [] };
  directory.apply({ kind: 'areas', id: 'area', entity: { id: 'area', name: 'Area', kind: 'community' } });
  directory.apply({ kind: 'residents', id: subjectId, entity: walker });
  directory.apply({
    kind: 'devices',
    id: deviceId,
    entity: { id: deviceId, kind: 'wristband', residentId: subjectId },
  });
  const zone = { id: 'home', residentId: subjectId, name: 'Home', kind: 'safe', shape, datum: 'WGS84' } as const;
  directory.apply({ kind: 'zones', id: 'home', entity: zone });
  return buildHousehold(directory, subjectId, 'UTC');
}

function positionReading({ atMs, receivedAtMs, lat, lon, accuracyM }: Located): Reading {
  return readingOf(atMs, receivedAtMs, { position: { lat, lon, accuracyM } });
}

function motionReading({ atMs, isMoving }: Moved): Reading {
  return readingOf(atMs, atMs, { motion: isMoving });
}

function readingOf(takenAtMs: number, receivedAtMs: number, facts: Reading['facts']): Reading {
  const late = receivedAtMs - takenAtMs > lateAfterMs;
  const base = { deviceId, kind: 'wristband', subjectId, lane: 'telemetry' } as const;
  return { id: `${deviceId}:${takenAtMs}:${receivedAtMs}`, ...base, takenAtMs, receivedAtMs, late, facts };
}

function byArrival(a: Reading, b: Reading): number {
  return a.receivedAtMs - b.receivedAtMs;
}
