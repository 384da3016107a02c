import type { Metric, Reading } from '../../model/reading.ts';
import type { MetricPoint, TrackPoint } from '../contracts.ts';

type Point = { readonly atMs: number };

/** The newest point there is, or that there is none since then. */
type Known<P> = { readonly newest: P | undefined; readonly sinceMs: number };
type Search<P> = (fromMs: number, toMs: number) => Promise<P | undefined>;
/** What a search may have missed because it came meanwhile. */
type Searching<P> = { newest: P | undefined; removed: boolean };

/** The newest point of one kind of each subject somebody has asked for; searched once, kept up by the commits. */
export class LatestOf<P extends Point> {
  readonly #pick: (reading: Reading) => P | undefined;
  readonly #known = new Map<string, Known<P>>();
  readonly #searching = new Map<string, Set<Searching<P>>>();

  constructor(pick: (reading: Reading) => P | undefined) {
    this.#pick = pick;
  }

  /** After the commit. */
  committed(reading: Reading): void {
    const known = this.#known.get(reading.subjectId);
    const searching = this.#searching.get(reading.subjectId);
    if (known === undefined && searching === undefined) return;
    const point = this.#pick(reading);
    if (point === undefined) return;
    // Late, and older than what was looked through: other points may lie in between.
    if (known !== undefined && point.atMs >= known.sinceMs)
      this.#known.set(reading.subjectId, { newest: newer(known.newest, point), sinceMs: known.sinceMs });
    for (const one of searching ?? []) one.newest = newer(one.newest, point);
  }

  /** Readings of the subject went. */
  removed(subjectId: string): void {
    this.#known.delete(subjectId);
    for (const one of this.#searching.get(subjectId) ?? []) one.removed = true;
  }

  /** The newest in the range, both ends included; from memory when it knows. */
  async find(subjectId: string, fromMs: number, toMs: number, search: Search<P>): Promise<P | undefined> {
    let known = this.#known.get(subjectId);
    if (known === undefined || (known.newest === undefined && known.sinceMs > fromMs))
      known = await this.#search(subjectId, fromMs, search);
    const { newest } = known;
    if (newest !== undefined && newest.atMs > toMs) return search(fromMs, toMs);
    return newest !== undefined && newest.atMs >= fromMs ? newest : undefined;
  }

  async #search(subjectId: string, sinceMs: number, search: Search<P>): Promise<Known<P>> {
    const searching: Searching<P> = { newest: undefined, removed: false };
    const all = this.#searching.get(subjectId) ?? new Set();
    this.#searching.set(subjectId, all.add(searching));
    try {
      const found = await search(sinceMs, Number.MAX_SAFE_INTEGER - 1);
      const known = { newest: newer(found, searching.newest), sinceMs };
      if (!searching.removed) this.#known.set(subjectId, known);
      return known;
    } finally {
      all.delete(searching);
      if (all.size === 0) this.#searching.delete(subjectId);
    }
  }
}

function newer<P extends Point>(a: P | undefined, b: P | undefined): P | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.atMs >= a.atMs ? b : a;
}

/** Positions, and each metric that somebody has asked for. */
export class Latest {
  readonly positions = new LatestOf<TrackPoint>(trackPointOf);
  readonly #metrics = new Map<Metric, LatestOf<MetricPoint>>();

  ofMetric(metric: Metric): LatestOf<MetricPoint> {
    const known = this.#metrics.get(metric);
    if (known !== undefined) return known;
    const fresh = new LatestOf((reading) => metricPointOf(reading, metric));
    this.#metrics.set(metric, fresh);
    return fresh;
  }

  committed(readings: readonly Reading[]): void {
    for (const reading of readings) {
      this.positions.committed(reading);
      for (const metric of this.#metrics.values()) metric.committed(reading);
    }
  }

  removed(subjectId: string): void {
    this.positions.removed(subjectId);
    for (const metric of this.#metrics.values()) metric.removed(subjectId);
  }
}

export function trackPointOf({ takenAtMs, deviceId, facts: { position } }: Reading): TrackPoint | undefined {
  if (position === undefined) return undefined;
  const { lat, lon, accuracyM } = position;
  return { atMs: takenAtMs, lat, lon, ...(accuracyM !== undefined && { accuracyM }), deviceId };
}

function metricPointOf({ takenAtMs, deviceId, facts }: Reading, metric: Metric): MetricPoint | undefined {
  const value = facts[metric];
  return value === undefined ? undefined : { atMs: takenAtMs, value: Number(value), deviceId };
}
