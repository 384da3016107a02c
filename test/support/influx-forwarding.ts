import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import type { ForwardLog, TelemetryStore } from '../../store/contracts.ts';
import { Forwarder, type ForwarderOptions } from '../../store/influx/forwarder.ts';
import { openInfluxWriter } from '../../store/influx/writer.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { batch, minute, noon, reading } from '../store/support/facts.ts';
import { remove, tempFolder } from '../store/support/places.ts';
import { type StandIn, standIn } from './influx-stand-in.ts';
import { eventually } from './service.ts';

const quick: Partial<ForwarderOptions> = { lingerMs: 0, firstDelayMs: 5, longestDelayMs: 20 };

/** A store, a forwarder that is not started yet and a server that misbehaves on request; fresh for each story. */
export class ForwardingPlace {
  /** When it began to go wrong and when it was well again (undefined). */
  readonly troubles: (string | undefined)[] = [];
  readonly erased: string[] = [];
  readonly server: StandIn;
  store: TelemetryStore;
  forwarder: Forwarder;
  readonly #dir: string;

  private constructor(dir: string, store: TelemetryStore, server: StandIn) {
    this.#dir = dir;
    this.store = store;
    this.server = server;
    this.forwarder = this.forwarding();
  }

  static async make(): Promise<ForwardingPlace> {
    const dir = await tempFolder();
    return new ForwardingPlace(dir, await open(dir), await standIn());
  }

  get log(): ForwardLog {
    if (this.store.forwardLog === undefined) throw new Error('the store keeps no forward log');
    return this.store.forwardLog;
  }

  /** Another forwarder on the same log, or on one that is given. */
  forwarding(options: Partial<ForwarderOptions> = {}, timeoutMs = 5_000, log = this.log): Forwarder {
    const writer = openInfluxWriter({ url: this.server.url, bucket: 'anju' }, { timeoutMs });
    const erase = async (subjectId: string) => this.erased.push(subjectId);
    const onTrouble = (reason: string | undefined) => this.troubles.push(reason);
    const parts = { log, writer, erase, onTrouble, onRefused: () => undefined };
    this.forwarder = new Forwarder(parts, { ...quick, ...options });
    return this.forwarder;
  }

  async commit(...groups: Reading[][]): Promise<void> {
    for (const readings of groups) await this.store.commit(batch({ readings }));
    this.forwarder.wake();
  }

  async allTold(): Promise<void> {
    const told = await eventually(() => (this.log.lag.readings === 0 ? true : undefined), 10_000);
    if (!told) throw new Error(`${this.log.lag.readings} readings still wait: ${this.forwarder.status.trouble}`);
  }

  async failures(count: number): Promise<void> {
    const failed = await eventually(() => (this.forwarder.status.failures >= count ? true : undefined), 10_000);
    if (!failed) throw new Error(`it failed ${this.forwarder.status.failures} times only`);
  }

  /** The service stops and starts: another forwarder on the files as they are. */
  async restart(): Promise<void> {
    await this.forwarder.stop();
    await this.store.close();
    this.store = await open(this.#dir);
    this.forwarding();
  }

  /** A row of the store goes bad while nobody looks. */
  async spoil(key: string): Promise<void> {
    await this.forwarder.stop();
    await this.store.close();
    const rows = new ClassicLevel(join(this.#dir, 'telemetry', 'rows'));
    await rows.put(key, 'spoilt');
    await rows.close();
    this.store = await open(this.#dir);
    this.forwarding();
  }

  async leave(): Promise<void> {
    await this.forwarder.stop();
    await this.server.close();
    await this.store.close();
    await remove(this.#dir);
  }
}

function open(dir: string): Promise<TelemetryStore> {
  return openTelemetry(join(dir, 'telemetry'), { keepsForwardLog: true });
}

/** Gives each story of a file a place of its own. */
export function freshForwardingPlace(): () => ForwardingPlace {
  let place: ForwardingPlace;
  beforeEach(async () => {
    place = await ForwardingPlace.make();
  });
  afterEach(() => place.leave());
  return () => place;
}

export function pulses(count: number, over: (n: number) => Partial<Reading> = () => ({})): Reading[] {
  return Array.from({ length: count }, (_, n) =>
    reading({
      id: `band-1:${n}`,
      seq: n,
      takenAtMs: noon + n * minute,
      facts: { heartRateBpm: 60 + (n % 40) },
      ...over(n),
    }),
  );
}
