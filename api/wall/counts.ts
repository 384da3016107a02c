import type { Alert, AlertType, Severity } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { Datum } from '../../model/geo.ts';
import type { LiveBoard } from '../live-board.ts';
import { type Bounds, widened } from './bounds.ts';
import { homeIn } from './homes.ts';

/** What is counted of an area and everything below it. */
export type AreaCounts = {
  residents: number;
  /** `silent`: an alert says so; `unknown`: not heard of since the service began, and no alert says that it is silent. */
  readonly devices: { all: number; heard: number; silent: number; unknown: number };
  /** Open alerts; drills and tests are none. */
  readonly open: Record<Severity, number>;
  readonly openByType: Partial<Record<AlertType, number>>;
  /** Emergencies nobody has taken. */
  unclaimedP1: number;
  /** Of the homes. */
  bounds: Bounds | undefined;
};

export type CountsOf = {
  readonly directory: Directory;
  readonly open: readonly Alert[];
  readonly board: Pick<LiveBoard, 'known'>;
  readonly datum: Datum;
};

const newCounts = (): AreaCounts => ({
  residents: 0,
  devices: { all: 0, heard: 0, silent: 0, unknown: 0 },
  open: { P1: 0, P2: 0, P3: 0, P4: 0, P5: 0 },
  openByType: {},
  unclaimedP1: 0,
  bounds: undefined,
});

/** Counts of an area (under its own id) and of each area right below it, in one pass over the community. */
export function countsOf(areaId: string, facts: CountsOf): ReadonlyMap<string, AreaCounts> {
  const { directory, open } = facts;
  const below = [...directory.areas.values()].filter(({ parentId }) => parentId === areaId);
  const counts = new Map([areaId, ...below.map(({ id }) => id)].map((id) => [id, newCounts()]));
  const places = placesIn(directory, areaId, counts);
  const silent = new Set(open.filter(({ type }) => type === 'deviceOffline').flatMap(({ deviceIds }) => deviceIds));
  for (const { id, areaId: home } of directory.residents.values()) {
    for (const one of places(home)) countResident(one, id, facts, silent);
  }
  for (const alert of open) for (const one of places(alert.areaId)) countAlert(one, alert);
  return counts;
}

/** The counts a place belongs to: those of the area and of the child it lies in; none outside. Each place is looked up once. */
function placesIn(directory: Directory, areaId: string, counts: ReadonlyMap<string, AreaCounts>) {
  const known = new Map<string, readonly AreaCounts[]>();
  return (place: string): readonly AreaCounts[] => {
    const found = known.get(place);
    if (found !== undefined) return found;
    const path = directory.areaPath(place);
    const at = path.indexOf(areaId);
    const ids = at < 0 ? [] : path.slice(at, at + 2);
    const all = ids.flatMap((id) => counts.get(id) ?? []);
    known.set(place, all);
    return all;
  };
}

function countResident(
  counts: AreaCounts,
  id: string,
  { directory, board, datum }: CountsOf,
  silent: ReadonlySet<string>,
): void {
  counts.residents += 1;
  const home = directory.residents.get(id)?.home;
  if (home !== undefined) counts.bounds = widened(counts.bounds, homeIn(home, datum));
  const heard = board.known(id)?.heardAtMs;
  for (const device of directory.devicesOf(id)) {
    counts.devices.all += 1;
    if (silent.has(device.id)) counts.devices.silent += 1;
    else if (heard?.has(device.id)) counts.devices.heard += 1;
    else counts.devices.unknown += 1;
  }
}

function countAlert(counts: AreaCounts, { severity, type, state, exercise }: Alert): void {
  if (exercise === true) return;
  counts.open[severity] += 1;
  counts.openByType[type] = (counts.openByType[type] ?? 0) + 1;
  // Whoever was only sent has not answered: nobody has claimed it.
  if (severity === 'P1' && state === 'open') counts.unclaimedP1 += 1;
}
