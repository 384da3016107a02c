import type { Directory } from '../../model/directory.ts';
import { isWatched } from '../silence/limits.ts';
import type { Region } from './area-rule.ts';

/**
 * Regions from the records. How many devices an area has is counted when it is first asked for, which is when several fell
 * silent at once, and again after devices, residents or areas changed.
 */
export class Regions {
  readonly #directory: Directory;
  readonly #timeZone: string;
  #counts: ReadonlyMap<string, number> | undefined;

  /** `timeZone`: IANA name of the community's. */
  constructor(directory: Directory, timeZone: string) {
    this.#directory = directory;
    this.#timeZone = timeZone;
    directory.onChange(({ kind }) => {
      if (kind === 'devices' || kind === 'residents' || kind === 'areas') this.#counts = undefined;
    });
  }

  of(areaId: string): Region {
    const directory = this.#directory;
    return {
      areaId,
      timeZone: this.#timeZone,
      pathOf: (id) => directory.areaPath(id),
      nameOf: (id) => directory.areas.get(id)?.name ?? id,
      watchedDevices: (id) => this.#watched().get(id) ?? 0,
      resident: (id) => directory.residents.get(id),
    };
  }

  #watched(): ReadonlyMap<string, number> {
    this.#counts ??= countWatched(this.#directory);
    return this.#counts;
  }
}

function countWatched(directory: Directory): Map<string, number> {
  const byArea = new Map<string, number>();
  for (const { kind, residentId } of directory.devices.values()) {
    const areaId = residentId === undefined ? undefined : directory.residents.get(residentId)?.areaId;
    if (areaId !== undefined && isWatched(kind)) byArea.set(areaId, (byArea.get(areaId) ?? 0) + 1);
  }
  const sums = new Map<string, number>();
  for (const [areaId, count] of byArea) {
    for (const id of directory.areaPath(areaId)) sums.set(id, (sums.get(id) ?? 0) + count);
  }
  return sums;
}
