import type { Directory } from '../../model/directory.ts';
import type { LatLon } from '../../model/geo.ts';
import { type Bounds, middleOf, widened } from './bounds.ts';
import { homeIn } from './homes.ts';
import { inText, type PositionsOf, type PositionsText, type Row, worstByResident } from './rows.ts';

/** Where fewer live, a place on a map says who. */
export const homesAtLeast = 5;
/** About 100 m. */
const decimals = 3;

type Homes = { readonly count: number; readonly bounds: Bounds };

/**
 * For who may know numbers and nobody: a row for each resident, in the middle of the smallest area around the home in
 * which at least five live; it is nobody's home and nobody's position. Where there is none such, there is no row. Rows
 * are in order of area and severity and numbered, so that nobody can be followed from one look to the next.
 */
export function gatheredPositionsOf(areaId: string, facts: PositionsOf): PositionsText {
  const { directory, open } = facts;
  const within = withinOf(directory, areaId);
  const homes = homesIn(within, facts);
  const worst = worstByResident(open);
  const found = [...directory.residents.values()].flatMap(({ id, areaId: lowest }) => {
    const area = within(lowest).findLast((one) => (homes.get(one)?.count ?? 0) >= homesAtLeast);
    return area === undefined ? [] : [{ area, severity: worst.get(id) ?? null }];
  });
  const order = ({ area, severity }: (typeof found)[number]): string => `${area} ${severity ?? 'none'}`;
  found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const rows = found.flatMap(({ area, severity }, index): Row[] => {
    const bounds = homes.get(area)?.bounds;
    if (bounds === undefined) return [];
    const { lat, lon } = roughly(middleOf(bounds));
    return [[String(index), directory.areas.get(area)?.name ?? area, area, lat, lon, null, null, severity]];
  });
  return inText(rows, facts);
}

export function roughly({ lat, lon }: LatLon): LatLon {
  return { lat: Number(lat.toFixed(decimals)), lon: Number(lon.toFixed(decimals)) };
}

type Within = (lowest: string) => readonly string[];

/** The areas around one, from the area down; none when it is outside. Each is looked up once. */
function withinOf(directory: Directory, areaId: string): Within {
  const known = new Map<string, readonly string[]>();
  return (lowest) => {
    const found = known.get(lowest);
    if (found !== undefined) return found;
    const path = directory.areaPath(lowest);
    const at = path.indexOf(areaId);
    const areas = at < 0 ? [] : path.slice(at);
    known.set(lowest, areas);
    return areas;
  };
}

function homesIn(within: Within, { directory, datum }: PositionsOf): ReadonlyMap<string, Homes> {
  const homes = new Map<string, Homes>();
  for (const { areaId, home } of directory.residents.values()) {
    for (const id of within(areaId)) {
      const before = homes.get(id);
      homes.set(id, { count: (before?.count ?? 0) + 1, bounds: widened(before?.bounds, homeIn(home, datum)) });
    }
  }
  return homes;
}
