import { AnswerLinks } from '../alerts/answer-links.ts';
import type { AlertDesk } from '../alerts/contracts.ts';
import { createDesk } from '../alerts/desk.ts';
import { Whereabouts } from '../alerts/duty/whereabouts.ts';
import type { Api } from '../api/server.ts';
import type { Broker } from '../broker/contracts.ts';
import type { TlsFiles } from '../broker/doors.ts';
import { Intake } from '../ingest/intake.ts';
import { type Committed, Pipeline } from '../ingest/pipeline.ts';
import { areaRules } from '../rules/areas/index.ts';
import { rules } from '../rules/index.ts';
import { Watch } from '../rules/watch.ts';
import { type Addresses, addressesOf } from './addresses.ts';
import { administratorId, firstAdministrator } from './administrator-account.ts';
import { channelsOf } from './channels.ts';
import { ClockWatch, clockJumped } from './clock-watch.ts';
import { CommandDesk } from './command-desk.ts';
import type { Config } from './config.ts';
import { connectionBudget, descriptorLimit } from './descriptors.ts';
import { DiskWatch } from './disk-watch.ts';
import { createForwarding, type Forwarding } from './forwarding.ts';
import { healthOf, metricsOf } from './health.ts';
import { Housekeeping } from './housekeeping.ts';
import { closeLocalDoor, openLocalDoor } from './local-door.ts';
import type { Log } from './log.ts';
import { LoopDelay } from './loop-delay.ts';
import { MemoryWatch } from './memory-watch.ts';
import { openApi } from './open-api.ts';
import { openBroker } from './open-broker.ts';
import { OrderBook } from './order-book.ts';
import { PeopleDoor } from './people-door.ts';
import { brokerFollows, engineFollows } from './records-watch.ts';
import { RuleTroubles } from './rule-troubles.ts';
import { SignalRelay } from './signal-relay.ts';
import { openStores, type Stores } from './stores.ts';
import { tellDamage, Waking } from './waking.ts';

export type Service = {
  readonly addresses: Addresses;
  /** Present on the first start without ANJU_ADMIN_PASSWORD: to be shown once. */
  readonly generatedAdminPassword: string | undefined;
  stop(): Promise<void>;
};

/** How often deadlines are looked at: the accuracy of every timer. */
const tickEveryMs = 250;
/** How long commits, deliveries and signals under way may take when the service stops. */
const commitsMayTakeMs = 1_000;
const deliveriesMayTakeMs = 3_000;
const signalsMayTakeMs = 500;
/** How long the disk may take for what a start writes. */
const startMayTakeMs = 30_000;

/** Everything built and joined; resolves when devices and people can come in. */
export async function startService(config: Config, log: Log, clock: () => number = Date.now): Promise<Service> {
  const { dataDir, recordsUrl, influx } = config;
  const stores = await openStores(dataDir, { keepsForwardLog: influx !== undefined, log, clock, recordsUrl });
  const rooms = new Rooms(config, log, clock, stores);
  try {
    return await rooms.open();
  } catch (error) {
    await rooms.close();
    throw error;
  }
}

/** The rooms of the service and the doors between them; no decision is made here. */
class Rooms {
  readonly #config: Config;
  readonly #log: Log;
  readonly #clock: () => number;
  readonly #stores: Stores;
  readonly #budget = connectionBudget(descriptorLimit());
  readonly #clockWatch: ClockWatch;
  readonly #disk: DiskWatch;
  readonly #memory: MemoryWatch;
  readonly #troubles: RuleTroubles;
  readonly #loopDelay = new LoopDelay();
  readonly #engine: Watch;
  readonly #waking: Waking;
  readonly #pipeline: Pipeline;
  readonly #intake: Intake;
  readonly #commands: CommandDesk;
  readonly #orders: OrderBook;
  readonly #broker: Broker;
  readonly #people: PeopleDoor;
  readonly #whereabouts = new Whereabouts();
  readonly #links: AnswerLinks;
  readonly #desk: AlertDesk;
  readonly #relay: SignalRelay;
  readonly #housekeeping: Housekeeping;
  readonly #forwarding: Forwarding | undefined;
  #api: Api | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(config: Config, log: Log, clock: () => number, stores: Stores) {
    this.#config = config;
    this.#log = log;
    this.#clock = clock;
    this.#stores = stores;
    const { directory, records } = stores;
    this.#clockWatch = new ClockWatch(clock);
    this.#disk = new DiskWatch({ dataDir: config.dataDir, pipeline: () => this.#pipeline, clock, log });
    this.#memory = new MemoryWatch(log);
    this.#troubles = new RuleTroubles(log);
    this.#engine = new Watch({
      ...{ rules, areaRules, directory },
      timeZone: config.timeZone,
      listeningSinceMs: clock(),
      onTrouble: (trouble) => this.#troubles.note(trouble),
    });
    this.#waking = new Waking(this.#engine);
    this.#commands = new CommandDesk({
      send: (...message) => this.#broker.sendToDevice(...message),
      clock,
      onTried: (command, reached) => this.#orders.tried(command, reached),
      onGivenUp: (command) => this.#orders.givenUp(command),
    });
    this.#orders = new OrderBook((command) => this.#commands.send(command), clock);
    this.#intake = new Intake({
      directory,
      take: (taken, done) => this.#pipeline.take(taken, done),
      isShort: (payloadBytes) => this.#memory.isShortFor(payloadBytes),
      onReply: (deviceId, reply) => {
        this.#orders.answered(deviceId, reply);
        this.#commands.answered(deviceId, reply.id);
      },
    });
    this.#pipeline = this.#newPipeline();
    this.#people = new PeopleDoor({ directory, broker: () => this.#broker, api: () => this.#api });
    this.#links = new AnswerLinks(stores.answerKey, config.channels.publicUrl);
    this.#desk = createDesk({
      records,
      directory,
      clock,
      log,
      timeZone: config.timeZone,
      whereabouts: this.#whereabouts,
      channels: this.#newChannels(),
    });
    this.#relay = new SignalRelay({
      desk: this.#desk,
      records,
      telemetry: stores.telemetry,
      onTrouble: (error, what) => this.#disk.trouble(error, what),
    });
    this.#forwarding = createForwarding(config.influx, stores.telemetry.forwardLog, log);
    this.#broker = this.#newBroker();
    const api = () => this.#api;
    const live = { engine: this.#engine, pipeline: this.#pipeline, relay: this.#relay, desk: this.#desk, api };
    const renewTls = (files: TlsFiles) => {
      for (const door of [this.#broker, this.#api]) door?.renewTls(files);
    };
    this.#housekeeping = new Housekeeping({
      ...{ config, stores, live, whereabouts: this.#whereabouts, renewTls, clock, log },
      forwarding: this.#forwarding,
    });
  }

  async open(): Promise<Service> {
    await this.#housekeeping.prepare();
    const generatedAdminPassword = await firstAdministrator(this.#stores, this.#config.adminPassword);
    const { telemetry, directory, records } = this.#stores;
    await records.durable(startMayTakeMs); // a password that was made up is shown once
    await this.#waking.remember(telemetry);
    engineFollows(this.#engine, directory);
    brokerFollows(this.#broker, directory);
    this.#api = await this.#newApi();
    this.#desk.onChange((alert) => this.#people.changed(alert));
    await this.#desk.start();
    tellDamage(this.#stores, this.#log);
    await this.#relay.carryPending();
    this.#waking.first(this.#desk.open().map(({ residentId }) => residentId));
    const addresses = addressesOf(this.#config, await this.#api.start(), await this.#broker.start());
    this.#openLocalDoor(addresses);
    this.#forwarding?.start();
    this.#timer = setInterval(() => this.#tick(), tickEveryMs);
    this.#housekeeping.start();
    this.#waking.start();
    return { addresses, generatedAdminPassword, stop: () => this.close() };
  }

  #tick(): void {
    const jumpedByMs = this.#clockWatch.look();
    if (jumpedByMs !== 0) clockJumped(jumpedByMs, this.#clock(), this.#engine, this.#log);
    const nowMs = this.#clock();
    this.#pipeline.tick(nowMs);
    this.#commands.tick(nowMs);
    this.#disk.look(nowMs);
    this.#memory.look();
  }

  #onCommitted({ readings, signals, commands }: Committed): void {
    this.#relay.carry(signals);
    this.#forwarding?.committed();
    for (const reading of readings) this.#api?.readingCommitted(reading);
    for (const command of commands) this.#commands.send(command);
  }

  #openLocalDoor({ http, mqtt }: Addresses): void {
    const token = this.#api?.sessions.openForOwner(administratorId);
    if (token !== undefined) openLocalDoor(this.#config.dataDir, { pid: process.pid, http, mqtt, token });
  }

  /**
   * Accept nothing more, commit, acknowledge, deliver, close; also when opening went only half way. A step that fails (a
   * full disk) does not keep the others from their turn.
   */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#waking.stop();
    const steps = [
      async () => closeLocalDoor(this.#config.dataDir),
      async () => this.#loopDelay.stop(),
      () => this.#housekeeping.stop(),
      () => this.#broker.stop(),
      () => this.#pipeline.stop(commitsMayTakeMs),
      () => this.#desk.stop(deliveriesMayTakeMs),
      () => this.#relay.ended(signalsMayTakeMs),
      async () => this.#forwarding?.stop(),
      async () => this.#api?.stop(),
      () => this.#stores.close(),
    ];
    for (const step of steps)
      await step().catch((error: unknown) => this.#disk.trouble(error, 'a step of stopping failed; going on'));
  }

  // ---- building the rooms ----

  #newPipeline(): Pipeline {
    return new Pipeline({
      engine: this.#engine,
      log: this.#stores.telemetry,
      clock: this.#clock,
      onCommitted: (committed) => this.#onCommitted(committed),
      onUnstored: (signals) =>
        void this.#desk.apply(signals).catch((error: unknown) => this.#disk.trouble(error, 'an alert from memory')),
      onTrouble: (error, what) => this.#disk.trouble(error, what),
      onForget: () => this.#intake.forget(),
    });
  }

  #newChannels() {
    return channelsOf(this.#config, this.#stores, {
      clock: this.#clock,
      links: this.#links,
      publish: (username, alert) => this.#people.publish(username, alert),
      show: (username, alert) => this.#people.show(username, alert),
      log: this.#log,
    });
  }

  #newBroker(): Broker {
    return openBroker({
      config: this.#config,
      stores: this.#stores,
      desk: this.#desk,
      api: () => this.#api,
      connectionsAtMost: this.#budget.mqtt,
      clock: this.#clock,
      log: this.#log,
      accept: (uplink, done) => this.#intake.accept(uplink, done),
      diskHangs: () => this.#pipeline.hangs(),
      presence: (deviceId, online) => this.#presenceChanged(deviceId, online),
    });
  }

  #presenceChanged(deviceId: string, online: boolean): void {
    const atMs = this.#clock();
    this.#api?.deviceChanged({ deviceId, online, atMs });
    this.#intake.presence(deviceId, online, atMs);
  }

  get #watched() {
    const rooms = { broker: this.#broker, intake: this.#intake, desk: this.#desk, engine: this.#engine };
    const kept = { stores: this.#stores, disk: this.#disk, memory: this.#memory, forwarding: this.#forwarding };
    const watched = { troubles: this.#troubles, loopDelay: this.#loopDelay };
    return { ...rooms, ...kept, ...watched, certificates: this.#housekeeping.certificates };
  }

  #newApi(): Promise<Api> {
    return openApi({
      config: this.#config,
      stores: this.#stores,
      desk: this.#desk,
      engine: this.#engine,
      broker: this.#broker,
      links: this.#links,
      whereabouts: this.#whereabouts,
      housekeeping: this.#housekeeping,
      connectionsAtMost: this.#budget.http,
      clock: this.#clock,
      log: this.#log,
      health: () => healthOf(this.#watched, this.#clock()),
      orders: this.#orders,
      metrics: () => metricsOf(this.#watched, this.#clock()),
    });
  }
}
