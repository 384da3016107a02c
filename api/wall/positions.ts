import { createHmac, randomBytes } from 'node:crypto';
import type { Severity } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { Resident } from '../../model/people.ts';
import { placeIn } from '../in-datum.ts';
import { homeIn } from './homes.ts';
import { masked } from './masked.ts';
import { inText, type PositionsOf, type PositionsText, type Row, worstByResident } from './rows.ts';

/** Masked: for a wall that is read by whoever is in the room. Names masked, ids made up, places to about 100 m. */
type Facts = PositionsOf & { readonly isMasked: boolean };

/** About 100 m of latitude. */
const maskedDecimals = 3;
const decimals = 5;
/** Made-up ids are the same while the service runs, and say nothing of the real ones. */
const key = randomBytes(32);

/** One row for each resident of an area: where they are or live, and the gravest thing that is open. */
export function positionsOf(areaId: string, facts: Facts): PositionsText {
  const worst = worstByResident(facts.open);
  const isIn = insideOf(facts.directory, areaId);
  const rows: Row[] = [];
  for (const resident of facts.directory.residents.values()) {
    if (isIn(resident.areaId)) rows.push(rowOf(resident, worst.get(resident.id) ?? null, facts));
  }
  return inText(rows, facts);
}

function rowOf(resident: Resident, severity: Severity | null, facts: Facts): Row {
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
