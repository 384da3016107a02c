import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Alert, Severity } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { Datum } from '../../model/geo.ts';
import type { Resident } from '../../model/people.ts';
import { placeIn } from '../in-datum.ts';
import type { LiveBoard } from '../live-board.ts';
import { instant } from '../range.ts';
import { homeIn } from './homes.ts';
import { masked } from './masked.ts';

/** What each place of a row means; rows are arrays, because there are ten thousand of them. */
export const positionColumns = ['id', 'name', 'areaId', 'lat', 'lon', 'accuracyM', 't', 'severity'] as const;

export type PositionsOf = {
  readonly directory: Directory;
  readonly open: readonly Alert[];
  readonly board: Pick<LiveBoard, 'known'>;
  readonly datum: Datum;
  /** For people who may know numbers and no names: names masked, ids made up, places to about 100 m. */
  readonly isMasked: boolean;
  readonly nowMs: number;
};

/** About 100 m of latitude. */
const maskedDecimals = 3;
const decimals = 5;
/** Made-up ids are the same while the service runs, and say nothing of the real ones. */
const key = randomBytes(32);

type Row = readonly [
  id: string,
  name: string,
  areaId: string,
  lat: number,
  lon: number,
  accuracyM: number | null,
  /** Epoch seconds; null: this is the home, no position is known since the service began. */
  t: number | null,
  severity: Severity | null,
];

/** The whole answer as text, and what it is recognised by when nothing has changed. */
export type PositionsText = { readonly text: string; readonly etag: string };

/** One row for each resident of an area: where they are or live, and the gravest thing that is open. */
export function positionsOf(areaId: string, facts: PositionsOf): PositionsText {
  const worst = worstByResident(facts.open);
  const isIn = insideOf(facts.directory, areaId);
  const rows: Row[] = [];
  for (const resident of facts.directory.residents.values()) {
    if (isIn(resident.areaId)) rows.push(rowOf(resident, worst.get(resident.id) ?? null, facts));
  }
  const body = JSON.stringify({ datum: facts.datum, columns: positionColumns, rows });
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { text: `{"now":"${instant(facts.nowMs)}",${body.slice(1)}`, etag };
}

function rowOf(resident: Resident, severity: Severity | null, facts: PositionsOf): Row {
  const { id, name, areaId, home } = resident;
  const { board, datum, isMasked } = facts;
  const known = board.known(id)?.position;
  const at = known ? placeIn(known.value, datum) : homeIn(home, datum);
  const round = (degrees: number) => Number(degrees.toFixed(isMasked ? maskedDecimals : decimals));
  return [
    isMasked ? madeUp(id) : id,
    isMasked ? masked(name) : name,
    areaId,
    round(at.lat),
    round(at.lon),
    known?.value.accuracyM === undefined ? null : Math.round(known.value.accuracyM),
    known === undefined ? null : Math.floor(known.atMs / 1000),
    severity,
  ];
}

function worstByResident(open: readonly Alert[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { residentId, severity, exercise } of open) {
    const known = worst.get(residentId);
    if (exercise !== true && (known === undefined || severity < known)) worst.set(residentId, severity);
  }
  return worst;
}

/** Is a place in the area? Each place is looked up once. */
function insideOf(directory: Directory, areaId: string): (place: string) => boolean {
  const known = new Map<string, boolean>();
  return (place) => {
    const found = known.get(place) ?? directory.areaPath(place).includes(areaId);
    known.set(place, found);
    return found;
  };
}

const madeUpIds = new Map<string, string>();
const madeUpAtMost = 200_000;

function madeUp(id: string): string {
  const known = madeUpIds.get(id);
  if (known !== undefined) return known;
  if (madeUpIds.size >= madeUpAtMost) madeUpIds.clear();
  const made = createHmac('sha256', key).update(id).digest('base64url').slice(0, 10);
  madeUpIds.set(id, made);
  return made;
}
