import { createChannels } from '../alerts/channels/index.ts';
import type { AlertDesk } from '../alerts/contracts.ts';
import { createDesk } from '../alerts/desk.ts';
import { kpi } from '../alerts/kpi.ts';
import { type Api, createApi } from '../api/server.ts';
import { createBroker } from '../broker/broker.ts';
import type { Broker } from '../broker/contracts.ts';
import { userTopic } from '../broker/topics.ts';
import { webSocketUpgrade } from '../broker/websocket.ts';
import { Intake } from '../ingest/intake.ts';
import { type Committed, Pipeline } from '../ingest/pipeline.ts';
import type { Alert, AlertView, Signal } from '../model/alert.ts';
import { maySeeSubject } from '../model/scope.ts';
import { Engine } from '../rules/engine.ts';
import { buildHousehold } from '../rules/household.ts';
import { rules } from '../rules/index.ts';
import { hashToken, newToken, verifyPassword } from '../store/secrets.ts';
import { administratorId, firstAdministrator } from './administrator-account.ts';
import { alertMessage, createBrokerHost } from './broker-host.ts';
import { CommandDesk } from './command-desk.ts';
import { type Config, readTls } from './config.ts';
import { healthOf, metricsOf } from './health.ts';
import { closeLocalDoor, openLocalDoor } from './local-door.ts';
import type { Log } from './log.ts';
import { brokerFollows, engineFollows } from './records-watch.ts';
import { openStores, type Stores } from './stores.ts';

export type Addresses = { readonly http: string; readonly mqtt: string; readonly mqtts?: string };

export type Service = {
  readonly addresses: Addresses;
  /** Present on the first start without ANJU_ADMIN_PASSWORD: to be shown once. */
  readonly generatedAdminPassword: string | undefined;
  stop(): Promise<void>;
};

/** How often deadlines are looked at: the accuracy of every timer. */
const tickEveryMs = 250;
/** How long deliveries under way may take when the service stops. */
const deliveriesMayTakeMs = 3_000;

/** Everything built and joined; resolves when devices and people can come in. */
export async function startService(config: Config, log: Log, clock: () => number = Date.now): Promise<Service> {
  const rooms = new Rooms(config, log, clock, await openStores(config.dataDir));
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
  readonly #engine: Engine;
  readonly #pipeline: Pipeline;
  readonly #intake: Intake;
  readonly #commands: CommandDesk;
  readonly #broker: Broker;
  readonly #desk: AlertDesk;
  #api: Api | undefined;
  #timer: NodeJS.Timeout | undefined;
  #localTokenHash: string | undefined;

  constructor(config: Config, log: Log, clock: () => number, stores: Stores) {
    this.#config = config;
    this.#log = log;
    this.#clock = clock;
    this.#stores = stores;
    const { directory, records } = stores;
    this.#engine = new Engine(rules, (id) => buildHousehold(directory, id, config.timeZone), clock());
    this.#commands = new CommandDesk({ send: (...message) => this.#broker.sendToDevice(...message), clock });
    this.#intake = new Intake({
      directory,
      take: (taken, done) => this.#pipeline.take(taken, done),
      onReply: (deviceId, reply) => this.#commands.answered(deviceId, reply.id),
    });
    this.#pipeline = this.#newPipeline();
    this.#desk = createDesk({ records, directory, clock, log, channels: this.#newChannels() });
    this.#broker = this.#newBroker();
  }

  async open(): Promise<Service> {
    const generatedAdminPassword = await firstAdministrator(this.#stores, this.#config.adminPassword);
    await this.#rememberHomes();
    this.#api = await this.#newApi();
    this.#desk.onChange((alert) => this.#tellWhoWatches(alert));
    await this.#desk.start();
    await this.#applyWhatWasCommitted();
    const { port } = await this.#api.start();
    const { mqttPort, mqttsPort } = await this.#broker.start();
    const addresses = addressesOf(this.#config, port, mqttPort, mqttsPort);
    await this.#openLocalDoor(addresses);
    this.#timer = setInterval(() => this.#tick(), tickEveryMs);
    return { addresses, generatedAdminPassword, stop: () => this.close() };
  }

  /** The engine's memory becomes what the disk has, and follows the records from here on. */
  async #rememberHomes(): Promise<void> {
    const { telemetry, directory } = this.#stores;
    for await (const [subjectId, json] of telemetry.states()) this.#engine.restore(subjectId, json);
    engineFollows(this.#engine, directory);
    brokerFollows(this.#broker, directory);
    for (const { what, where } of telemetry.damage)
      this.#log.error({ where }, `damage in the telemetry store: ${what}`);
  }

  /** Signals that a crash left between the telemetry and the alerts; the desk has its open alerts by now. */
  async #applyWhatWasCommitted(): Promise<void> {
    const pending: Signal[] = [];
    for await (const signal of this.#stores.telemetry.pendingSignals()) pending.push(signal);
    // Not waited for: while the records cannot be written the desk keeps them, and devices must get in all the same.
    if (pending.length > 0) this.#applyInBackground(pending);
  }

  #tellWhoWatches(alert: Alert): void {
    const { directory } = this.#stores;
    this.#api?.alertChanged(alert);
    this.#broker.sendToPeople(alertMessage(directory, alert), ({ user }) =>
      maySeeSubject(directory, user, alert.residentId),
    );
  }

  #tick(): void {
    const nowMs = this.#clock();
    this.#pipeline.tick(nowMs);
    this.#commands.tick(nowMs);
  }

  #onCommitted({ readings, signals, commands }: Committed): void {
    if (signals.length > 0) this.#applyInBackground(signals);
    for (const reading of readings) this.#api?.readingCommitted(reading);
    for (const command of commands) this.#commands.send(command);
  }

  #applyInBackground(signals: readonly Signal[]): void {
    this.#apply(signals).catch((error: unknown) => {
      this.#trouble(error, 'committed signals could not be applied; they are kept and tried at the next start');
    });
  }

  async #apply(signals: readonly Signal[]): Promise<void> {
    await this.#desk.apply(signals);
    await this.#stores.telemetry.forgetSignals(signals.map(({ id }) => id));
  }

  async #openLocalDoor({ http, mqtt }: Addresses): Promise<void> {
    const token = newToken();
    const createdAtMs = this.#clock();
    // Ends with the file: nobody else knows the token, and stopping removes both.
    const expiresAtMs = createdAtMs + 10 * 365 * 86_400_000;
    await this.#stores.records.putSession({
      tokenHash: hashToken(token),
      userId: administratorId,
      createdAtMs,
      expiresAtMs,
    });
    openLocalDoor(this.#config.dataDir, { pid: process.pid, http, mqtt, token });
    this.#localTokenHash = hashToken(token);
  }

  /** Accept nothing more, commit, acknowledge, deliver, close; also when opening went only half way. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    closeLocalDoor(this.#config.dataDir);
    if (this.#localTokenHash !== undefined)
      await this.#stores.records.dropSessions({ tokenHash: this.#localTokenHash });
    await this.#broker.stop();
    await this.#pipeline.drained();
    await this.#desk.stop(deliveriesMayTakeMs);
    await this.#api?.stop();
    await this.#stores.close();
  }

  // ---- building the rooms ----

  #newPipeline(): Pipeline {
    return new Pipeline({
      engine: this.#engine,
      log: this.#stores.telemetry,
      clock: this.#clock,
      onCommitted: (committed) => this.#onCommitted(committed),
      onUnstored: (signals) =>
        void this.#desk.apply(signals).catch((error: unknown) => this.#trouble(error, 'an alert from memory')),
      onTrouble: (error, what) => this.#trouble(error, what),
      onForget: () => this.#intake.forget(),
    });
  }

  #trouble(error: unknown, what: string): void {
    this.#log.error({ err: error }, what);
  }

  #newChannels() {
    const { smtp, timeZone } = this.#config;
    return createChannels({
      webhook: { secret: this.#stores.webhookSecret, clock: this.#clock },
      email: smtp && { ...smtp, timeZone },
      publish: (username, alert) => this.#sendToUser(username, alert) > 0,
      log: this.#log,
    });
  }

  #sendToUser(username: string, alert: AlertView): number {
    const message = { topic: userTopic(username), payload: JSON.stringify(alert) };
    return this.#broker.sendToPeople(
      message,
      ({ user }) => user.username === username && maySeeSubject(this.#stores.directory, user, alert.residentId),
    );
  }

  #newBroker(): Broker {
    const { directory } = this.#stores;
    const host = createBrokerHost({
      directory,
      desk: this.#desk,
      log: this.#log,
      clock: this.#clock,
      hashToken,
      sessionUser: async (token) => this.#api?.authenticateSession(token),
      accept: (uplink, done) => this.#intake.accept(uplink, done),
      presence: (deviceId, online) => this.#api?.deviceChanged({ deviceId, online, atMs: this.#clock() }),
    });
    const { mqtt, mqtts } = this.#config;
    const options = { host: mqtt.host, mqttPort: mqtt.port, log: this.#log, clock: this.#clock };
    return createBroker(mqtts ? { ...options, mqttsPort: mqtts.port, tls: readTls(mqtts) } : options, host);
  }

  #newApi(): Promise<Api> {
    const { directory, records, telemetry, administration } = this.#stores;
    return createApi(
      {
        directory,
        records,
        telemetry,
        desk: this.#desk,
        administration,
        verifyPassword,
        hashToken,
        newToken,
        decoyPasswordHash: this.#stores.decoyPasswordHash,
        clock: this.#clock,
        log: this.#log,
        timeZone: this.#config.timeZone,
        health: () => healthOf(this.#pipeline, this.#stores.telemetry),
        metrics: () => metricsOf(this.#broker, this.#intake, this.#desk, this.#engine),
        kpi,
        mqttUpgrade: webSocketUpgrade(this.#broker),
      },
      this.#config.http,
    );
  }
}

function addressesOf(
  { http, mqtt }: Config,
  httpPort: number,
  mqttPort: number,
  mqttsPort: number | undefined,
): Addresses {
  return {
    http: `http://${reachable(http.host)}:${httpPort}`,
    mqtt: `mqtt://${reachable(mqtt.host)}:${mqttPort}`,
    ...(mqttsPort !== undefined && { mqtts: `mqtts://${reachable(mqtt.host)}:${mqttsPort}` }),
  };
}

/** "Every address" is not an address one can call. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
