import type { Feature } from 'geojson';
import type { GeoJSONSource } from 'maplibre-gl';
import type { MapPoint } from './shapes.ts';

/** To hand over more at once would keep the page busy for longer than a picture lasts. */
const changesAtOnce = 2_000;

/** What has to change on the map: ids that go, points that come or are not what they were. */
export type Step = { readonly remove: readonly string[]; readonly add: readonly MapPoint[] };

/**
 * Thousands of points of one source. The map is told only of those that changed, so that a few who walk cost nothing
 * for all who sit; many at once are told a slice after the other.
 */
export class ManyPoints {
  readonly #source: () => GeoJSONSource | undefined;
  readonly #featureOf: (point: MapPoint) => Feature;
  readonly #shown = new Map<string, MapPoint>();
  #wanted: ReadonlyMap<string, MapPoint> = new Map();
  #telling: Promise<void> | undefined;

  constructor(source: () => GeoJSONSource | undefined, featureOf: (point: MapPoint) => Feature) {
    this.#source = source;
    this.#featureOf = featureOf;
  }

  /** Resolves when the map knows all of them, or those of a later call. */
  show(points: readonly MapPoint[]): Promise<void> {
    this.#wanted = new Map(points.map((point) => [point.id, point]));
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = undefined;
    });
    return this.#telling;
  }

  async #tell(): Promise<void> {
    for (;;) {
      const { remove, add } = stepTo(this.#wanted, this.#shown, changesAtOnce);
      if (remove.length + add.length === 0) return;
      for (const id of remove) this.#shown.delete(id);
      for (const point of add) this.#shown.set(point.id, point);
      await this.#source()?.updateData({ remove: [...remove], add: add.map(this.#featureOf) });
    }
  }
}

/** What leads from the points shown to those wanted: all that go, and so many of those that come. Pure. */
export function stepTo(
  wanted: ReadonlyMap<string, MapPoint>,
  shown: ReadonlyMap<string, MapPoint>,
  addAtMost: number,
): Step {
  const remove = [...shown.keys()].filter((id) => !wanted.has(id));
  const add: MapPoint[] = [];
  for (const point of wanted.values()) {
    if (add.length === addAtMost) break;
    if (!looksLike(point, shown.get(point.id))) add.push(point);
  }
  return { remove, add };
}

function looksLike({ at, look }: MapPoint, other: MapPoint | undefined): boolean {
  return other !== undefined && look === other.look && at.lat === other.at.lat && at.lon === other.at.lon;
}
