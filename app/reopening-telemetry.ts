import type { Signal } from '../model/alert.ts';
import type { Metric, Reading } from '../model/reading.ts';
import type {
  CommitBatch,
  DamageReport,
  MetricPoint,
  Quarantined,
  TelemetryStore,
  TimeRange,
  TrackPoint,
} from '../store/contracts.ts';

/**
 * One telemetry store that can be closed and opened again under everybody's feet: after a failed sync the open one is
 * not trusted any more, and recovery is a reopen with verification.
 */
export class ReopeningTelemetry implements TelemetryStore {
  readonly #open: () => Promise<TelemetryStore>;
  #store: TelemetryStore;

  constructor(open: () => Promise<TelemetryStore>, first: TelemetryStore) {
    this.#open = open;
    this.#store = first;
  }

  static async open(open: () => Promise<TelemetryStore>): Promise<ReopeningTelemetry> {
    return new ReopeningTelemetry(open, await open());
  }

  async reopen(): Promise<void> {
    await this.#store.close().catch(() => undefined); // it failed already; what matters is that the next one opens
    this.#store = await this.#open();
  }

  get damage(): readonly DamageReport[] {
    return this.#store.damage;
  }
  commit(batch: CommitBatch): Promise<void> {
    return this.#store.commit(batch);
  }
  states(): AsyncIterable<readonly [string, string]> {
    return this.#store.states();
  }
  state(subjectId: string): Promise<string | undefined> {
    return this.#store.state(subjectId);
  }
  pendingSignals(): AsyncIterable<Signal> {
    return this.#store.pendingSignals();
  }
  forgetSignals(signalIds: readonly string[]): Promise<void> {
    return this.#store.forgetSignals(signalIds);
  }
  readings(subjectId: string, range: TimeRange): AsyncIterable<Reading> {
    return this.#store.readings(subjectId, range);
  }
  track(subjectId: string, range: TimeRange): AsyncIterable<TrackPoint> {
    return this.#store.track(subjectId, range);
  }
  metric(subjectId: string, metric: Metric, range: TimeRange): AsyncIterable<MetricPoint> {
    return this.#store.metric(subjectId, metric, range);
  }
  latest(
    subjectId: string,
    wanted: (reading: Reading) => boolean,
    atMs: number,
    withinMs: number,
  ): Promise<Reading | undefined> {
    return this.#store.latest(subjectId, wanted, atMs, withinMs);
  }
  quarantined(filter: { readonly deviceId?: string; readonly limit: number }): Promise<Quarantined[]> {
    return this.#store.quarantined(filter);
  }
  close(): Promise<void> {
    return this.#store.close();
  }
}
