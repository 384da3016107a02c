import { GapWatch } from '../alerts/duty/gap-watch.ts';
import { DutyPlan } from '../alerts/duty/plan.ts';
import type { Whereabouts } from '../alerts/duty/whereabouts.ts';
import { ShiftWatch } from '../alerts/shift/watch.ts';
import type { BackupProgress, PersonData } from '../api/parts.ts';
import type { Broker } from '../broker/contracts.ts';
import { anchorAudit, tellAuditDamage } from './audit-anchor.ts';
import { backUp } from './backup.ts';
import { type Calendar, openCalendar } from './calendar.ts';
import { CertificateWatch } from './certificate-watch.ts';
import type { Config } from './config.ts';
import { historiesOf, influxName, type NamedHistory } from './histories.ts';
import { type LiveMemoryParts, liveMemory } from './live-memory.ts';
import type { Log } from './log.ts';
import { personData } from './person-data.ts';
import { resumeErasures } from './person-erasure.ts';
import { planRetention, runRetention, untilNone } from './retention.ts';
import type { Stores } from './stores.ts';
import { rewriteIfDue } from './unfinished-erasures.ts';

/** At night, and not on the hour, when everybody else's work begins. */
const retentionAt = '20 3 * * *';
/** Days that are over are added up before anybody asks about them. */
const rollUpsAt = '10 * * * *';
const rolledAtOnce = 100;
/** What waits for attention without hurry, when people begin to work. */
const digestAt = '0 9 * * *';
/** A copy that was down is tried again so often. */
const erasuresAt = '50 * * * *';
/** Is somebody on duty everywhere for the next day? */
const gapsAt = '*/10 * * * *';
/** Shifts change at any minute. */
const everyMinute = '* * * * *';
/** Where the audit log stands is written down elsewhere, so that nobody cuts more than an hour unseen. */
const anchorAt = '0 * * * *';
const certificateAt = '15 * * * *';
const auditCheckAt = '40 3 * * *';

export type HousekeepingParts = {
  readonly config: Config;
  readonly stores: Stores;
  /** The running service, as far as it remembers people. */
  readonly live: LiveMemoryParts;
  /** A copy that follows, when there is one. */
  readonly forwarding: NamedHistory['history'] | undefined;
  /** Where people on duty are: not kept longer than it is shown. */
  readonly whereabouts: Pick<Whereabouts, 'sweep'>;
  readonly renewTls: Broker['renewTls'];
  readonly clock: () => number;
  readonly log: Log;
};

/** What has to be done with what is kept: not longer than needed, a copy in time, what a person may ask for. */
export class Housekeeping {
  readonly personData: PersonData;
  readonly certificates: CertificateWatch;
  readonly #parts: HousekeepingParts;
  readonly #gaps: GapWatch;
  readonly #shifts: ShiftWatch;
  #calendar: Calendar | undefined;
  /** One erasure after the other: each notes how far it is beside those of the others. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: HousekeepingParts) {
    this.#parts = parts;
    const { stores, config, live } = parts;
    this.certificates = new CertificateWatch(config.mqtts ?? config.https, parts.renewTls, parts.log);
    const plan = new DutyPlan(stores.directory, config.timeZone);
    this.#shifts = new ShiftWatch({ ...stores, plan, desk: live.desk });
    this.#gaps = new GapWatch({ ...stores, plan, desk: live.desk, timeZone: config.timeZone });
    const { export: everything, erase } = personData(this.#erasure());
    this.personData = { export: everything, erase: (id, by) => this.#inTurn(() => erase(id, by)) };
  }

  /** Before anybody is served: rewriting the records holds everybody up. */
  async prepare(): Promise<void> {
    await rewriteIfDue(this.#parts.stores.records);
  }

  start(): void {
    const { config, live, clock, log } = this.#parts;
    const entries = [
      { name: 'retention', at: retentionAt, run: (nowMs: number, signal: AbortSignal) => this.#retain(nowMs, signal) },
      { name: 'rollUps', at: rollUpsAt, run: (_nowMs: number, signal: AbortSignal) => this.#rollUp(signal) },
      { name: 'dutyGaps', at: gapsAt, run: (nowMs: number) => this.#gaps.look(nowMs) },
      { name: 'shifts', at: everyMinute, run: (nowMs: number) => this.#eachMinute(nowMs) },
      { name: 'erasures', at: erasuresAt, run: () => this.#resume() },
      { name: 'certificate', at: certificateAt, run: (nowMs: number) => this.certificates.look(nowMs) },
      { name: 'auditAnchor', at: anchorAt, run: (nowMs: number) => anchorAudit(this.#audit(), nowMs) },
      { name: 'auditCheck', at: auditCheckAt, run: () => tellAuditDamage(this.#audit()) },
      { name: 'digest', at: digestAt, run: (nowMs: number) => live.desk.digest(nowMs) },
    ];
    this.#calendar = openCalendar(entries, { timeZone: config.timeZone, clock, log });
    this.#lookForGaps();
    this.#makeUpForShifts();
    void this.certificates.look(clock());
    this.#parts.stores.directory.onChange(({ kind }) => {
      if (kind === 'rosters' || kind === 'areas') this.#lookForGaps();
    });
    tellAuditDamage(this.#audit()).catch((error: unknown) =>
      log.error({ err: error }, 'the audit log could not be checked'),
    );
    void this.#resume().catch((error: unknown) =>
      log.error({ err: error }, 'erasures that are not finished could not be read'),
    );
  }

  backup(dir: string): AsyncIterable<BackupProgress> {
    const { config, stores, clock } = this.#parts;
    return backUp({ dataDir: config.dataDir, ...stores, clock }, dir);
  }

  async stop(): Promise<void> {
    await this.#calendar?.close();
    await anchorAudit(this.#audit(), this.#parts.clock());
  }

  #eachMinute(nowMs: number): Promise<void> {
    this.#parts.whereabouts.sweep(nowMs);
    return this.#shifts.look(nowMs);
  }

  /** A shift may have changed while the service was down. */
  #makeUpForShifts(): void {
    const { clock, log } = this.#parts;
    this.#eachMinute(clock()).catch((error: unknown) =>
      log.error({ err: error }, 'a hand-over could not be told at the start; it is tried again within a minute'),
    );
  }

  #lookForGaps(): void {
    const { clock, log } = this.#parts;
    this.#gaps
      .lookSoon(clock)
      .catch((error: unknown) => log.error({ err: error }, 'nobody could look for gaps in the rosters'));
  }

  #retain(nowMs: number, signal: AbortSignal): Promise<unknown> {
    const { config, stores, live, log } = this.#parts;
    const plan = planRetention(config.retentionDays, nowMs);
    live.api()?.letGo(plan.readingEnds);
    return runRetention({ ...stores, histories: this.#histories(), log }, plan, nowMs, signal);
  }

  #rollUp(signal: AbortSignal): Promise<number> {
    return untilNone(() => this.#parts.stores.telemetry.rollUp(rolledAtOnce), signal);
  }

  #resume(): Promise<void> {
    return this.#inTurn(() => resumeErasures(this.#erasure()));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #histories(): readonly NamedHistory[] {
    const { stores, forwarding } = this.#parts;
    return historiesOf(stores.telemetry, forwarding && { name: influxName, history: forwarding });
  }

  #audit() {
    const { config, stores, log } = this.#parts;
    return { dataDir: config.dataDir, records: stores.records, log };
  }

  #erasure() {
    const { stores, live, clock, log } = this.#parts;
    return { ...stores, histories: this.#histories(), memory: liveMemory(live), clock, log };
  }
}
