import { createHash } from 'node:crypto';
import type { Alert, Severity } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { Datum } from '../../model/geo.ts';
import type { LiveBoard } from '../live-board.ts';
import { instant } from '../range.ts';

/** What each place of a row means; rows are arrays, because there are ten thousand of them. */
export const positionColumns = ['id', 'name', 'areaId', 'lat', 'lon', 'accuracyM', 't', 'severity'] as const;

export type PositionsOf = {
  readonly directory: Directory;
  readonly open: readonly Alert[];
  readonly board: Pick<LiveBoard, 'known'>;
  readonly datum: Datum;
  readonly nowMs: number;
};

export type Row = readonly [
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

/** The answer of these rows. */
export function inText(rows: readonly Row[], { datum, nowMs }: Pick<PositionsOf, 'datum' | 'nowMs'>): PositionsText {
  const body = JSON.stringify({ datum, columns: positionColumns, rows });
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { text: `{"now":"${instant(nowMs)}",${body.slice(1)}`, etag };
}

/** The gravest thing that is open, by resident; drills and tests are none. */
export function worstByResident(open: readonly Alert[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { residentId, severity, exercise } of open) {
    const known = worst.get(residentId);
    if (exercise !== true && (known === undefined || severity < known)) worst.set(residentId, severity);
  }
  return worst;
}
