import type { Metric, Reading } from '../../model/reading.ts';

/* History: the questions about what devices said, answered by the embedded store and by an InfluxDB alike */

export type TrackPoint = {
  readonly atMs: number;
  readonly lat: number;
  readonly lon: number;
  readonly accuracyM?: number;
  readonly deviceId: string;
};
export type MetricPoint = { readonly atMs: number; readonly value: number; readonly deviceId: string };

/** Half open: `fromMs` inclusive, `toMs` exclusive. */
export type TimeRange = { readonly fromMs: number; readonly toMs: number };

/** Buckets of `everyMs` (1 s to 31 d) aligned to local midnight of `timeZone`; whole days follow the calendar there, 23 and 25 hours long when the clocks change. */
export type Bucketing = { readonly everyMs: number; readonly timeZone: string };

export type AggregatePoint = {
  /** Start of the bucket. */
  readonly atMs: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
  /** The newest value in the bucket. */
  readonly last: number;
};

/** What facts are kept for, each with its own retention. A reading may have facts of several; each goes in its own time, the reading with the last. */
export type Purpose = 'positions' | 'vitals' | 'motion' | 'device';

/** Facts of each purpose taken before these moments have been kept long enough. */
export type PurposeEnds = Readonly<Record<Purpose, number>>;

export type HistoryStatistics = {
  readonly readings: number;
  readonly subjects: number;
  readonly oldestMs: number | undefined;
  readonly newestMs: number | undefined;
  readonly bytesOnDisk: number | undefined;
};

export interface History {
  /** Durable when it resolves. A reading appended twice is there once; late readings land in their place. */
  append(readings: readonly Reading[]): Promise<void>;
  metric(subjectId: string, metric: Metric, range: TimeRange): AsyncIterable<MetricPoint>;
  track(subjectId: string, range: TimeRange): AsyncIterable<TrackPoint>;
  /** Empty buckets are left out. */
  aggregate(subjectId: string, metric: Metric, range: TimeRange, bucketing: Bucketing): AsyncIterable<AggregatePoint>;
  /** The newest point of each of many subjects, for maps and walls; absent when there is none in the last `withinMs`. */
  latestPositions(subjectIds: readonly string[], atMs: number, withinMs: number): Promise<Map<string, TrackPoint>>;
  latestValues(
    subjectIds: readonly string[],
    metric: Metric,
    atMs: number,
    withinMs: number,
  ): Promise<Map<string, MetricPoint>>;
  /**
   * Removes what was kept for a purpose up to a moment: from readings that say more, these facts only. Resolves with how
   * many readings that concerned, at most `atMost` a call, so that the service never stops for it; 0 when nothing is left.
   */
  expire(purpose: Purpose, beforeMs: number, atMost: number): Promise<number>;
  /** Everything about one subject. Resolves with how many readings there were. */
  erase(subjectId: string): Promise<number>;
  statistics(): Promise<HistoryStatistics>;
}
