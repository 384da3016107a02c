import { silentChannels } from '../alerts/channels/silent.ts';
import type { AlertDesk } from '../alerts/contracts.ts';
import { createDesk } from '../alerts/desk.ts';
import { dialectOf, parseDeviceTopic } from '../broker/topics.ts';
import type { Taken } from '../ingest/batch.ts';
import { Intake } from '../ingest/intake.ts';
import type { Alert, AlertState, Severity, Signal } from '../model/alert.ts';
import { Directory } from '../model/directory.ts';
import { areaRules } from '../rules/areas/index.ts';
import { allOf, type Effects } from '../rules/effects.ts';
import { rules } from '../rules/index.ts';
import { Watch } from '../rules/watch.ts';
import { createAdministration } from '../store/administration.ts';
import type { RecordStore } from '../store/contracts.ts';
import { openRecords } from '../store/records/records.ts';
import { hashPassword } from '../store/secrets.ts';

export type ReplayedAlert = (atMs: number, alert: Alert) => void;

/** How the intake names its counters of refusals. */
const refusedPrefix = 'refused_';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * A community in memory through which recorded messages run with time moved by their arrival: the codecs, rules and
 * alerts of the service without network, disk or clock, so that the same input gives the same alerts.
 */
export class Replay {
  readonly #directory: Directory;
  readonly #records: RecordStore;
  readonly #engine: Watch;
  readonly #intake: Intake;
  readonly #desk: AlertDesk;
  readonly #seen = new Map<string, { readonly state: AlertState; readonly severity: Severity }>();
  #nowMs = 0;
  #signals: Signal[] = [];

  private constructor(records: RecordStore, directory: Directory, timeZone: string, tell: ReplayedAlert) {
    this.#records = records;
    this.#directory = directory;
    this.#engine = new Watch({ rules, areaRules, directory, timeZone, listeningSinceMs: 0 });
    this.#intake = new Intake({ directory, take: (taken, done) => this.#take(taken, done) });
    this.#desk = createDesk({
      records,
      directory,
      channels: silentChannels,
      clock: () => this.#nowMs,
      timeZone,
      log: silent,
      tickEveryMs: 0,
    });
    this.#desk.onChange((alert) => this.#told(alert, tell));
  }

  /** Throws AppError when the community document has problems. */
  static async open(community: unknown, timeZone: string, tell: ReplayedAlert): Promise<Replay> {
    const records = await openRecords(':memory:');
    const directory = new Directory();
    const administration = createAdministration({ records, directory, hashPassword });
    await administration.importDocument(community);
    const replay = new Replay(records, directory, timeZone, tell);
    await replay.#desk.start();
    return replay;
  }

  /** One message as it arrived; what was due before it happens before it. */
  async message(atMs: number, topic: string, payload: string): Promise<void> {
    await this.#advance(atMs);
    const senderId = this.#senderOf(topic);
    this.#intake.accept(
      { senderId, topic, payload: new TextEncoder().encode(payload), receivedAtMs: atMs },
      () => undefined,
    );
    await this.#apply();
  }

  /** What was not understood so far, by reason: refused, or from nobody of the community. */
  get refused(): ReadonlyMap<string, number> {
    const isRefusal = ([name]: readonly [string, number]) => name.startsWith(refusedPrefix);
    return new Map(
      [...this.#intake.counters].filter(isRefusal).map(([name, count]) => [name.slice(refusedPrefix.length), count]),
    );
  }

  async close(): Promise<void> {
    await this.#desk.stop(0);
    await this.#records.close();
  }

  /** Time only moves forwards: a recording that steps back is read as arriving now. */
  async #advance(atMs: number): Promise<void> {
    for (let due = this.#nextDueMs(atMs); due !== undefined; due = this.#nextDueMs(atMs)) {
      this.#nowMs = Math.max(this.#nowMs, due);
      for (const effects of this.#engine.due(this.#nowMs)) this.#note(effects);
      await this.#apply();
      await this.#desk.tick(this.#nowMs);
    }
    this.#nowMs = Math.max(this.#nowMs, atMs);
    await this.#desk.tick(this.#nowMs);
  }

  #nextDueMs(atMs: number): number | undefined {
    const dueMs = this.#engine.nextDeadlineAtMs();
    return dueMs !== undefined && dueMs <= atMs ? dueMs : undefined;
  }

  #take(taken: Taken, done: () => void): void {
    for (const reading of taken.readings) this.#note(this.#engine.step(reading, this.#nowMs));
    done();
  }

  #note(effects: Effects): void {
    for (const { signals } of allOf(effects)) this.#signals.push(...signals);
  }

  async #apply(): Promise<void> {
    if (this.#signals.length === 0) return;
    const signals = this.#signals;
    this.#signals = [];
    await this.#desk.apply(signals);
  }

  #told(alert: Alert, tell: ReplayedAlert): void {
    const before = this.#seen.get(alert.id);
    if (before?.state === alert.state && before.severity === alert.severity) return;
    this.#seen.set(alert.id, { state: alert.state, severity: alert.severity });
    tell(this.#nowMs, alert);
  }

  /** Who must have sent it: the device of the topic; for a dialect the hub of the device with that name, or itself. */
  #senderOf(topic: string): string {
    const own = parseDeviceTopic(topic)?.deviceId;
    if (own !== undefined) return own;
    const dialect = dialectOf(topic);
    const name = topic.slice(topic.indexOf('/') + 1);
    for (const { id, codec, address, hubId } of this.#directory.devices.values()) {
      if (codec !== dialect || codec === undefined || address === undefined) continue;
      if (name === address || name.startsWith(`${address}/`)) return hubId ?? id;
    }
    return '';
  }
}
