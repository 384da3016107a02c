import { Directory } from '../../../../model/directory.ts';
import type { LatLon } from '../../../../model/geo.ts';
import type { Reading } from '../../../../model/reading.ts';
import { distanceM } from '../../../../rules/geometry.ts';
import { buildHousehold } from '../../../../rules/household.ts';
import type { Household } from '../../../../rules/rule.ts';
import { zoneExit } from '../../../../rules/zone-exit.ts';
import type { Located, Moved, PhoneTrack } from './track.ts';
import { zoneRadiusM } from './truth.ts';

/** When somebody would have been told of each exit. */
export type Judge = { readonly rule: string; exitsOf(track: PhoneTrack, place: LatLon): readonly number[] };

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
function naive({ fixes }: PhoneTrack, place: LatLon, allowanceM: (fix: Located) => number): number[] {
  let wasOutside: boolean | undefined;
  return fixes.flatMap((fix) => {
    const isOutside = distanceM(place, fix) - allowanceM(fix) > zoneRadiusM;
    const isExit = isOutside && wasOutside === false;
    wasOutside = isOutside;
    return isExit ? [fix.receivedAtMs] : [];
  });
}

/** The first word of each excursion; what is said again every ten minutes is not another exit. */
function ours(readings: readonly Reading[], place: LatLon): number[] {
  const home = homeAt(place);
  const seen = new Set<unknown>();
  const exits: number[] = [];
  let state = zoneExit.initial;
  for (const reading of readings) {
    const outcome = zoneExit.step(home, state, { kind: 'reading', reading, nowMs: reading.receivedAtMs });
    state = outcome.state;
    for (const { effect, evidence, receivedAtMs } of outcome.signals ?? []) {
      if (effect !== 'raise' || seen.has(evidence.leftAtMs)) continue;
      seen.add(evidence.leftAtMs);
      exits.push(receivedAtMs);
    }
  }
  return exits;
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
