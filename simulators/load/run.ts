import { LoadConnection, type LoadRun, type Tally } from './connection.ts';
import { Histogram } from './histogram.ts';
import { type LoadOptions, type LoadProgress, loadDeviceId } from './options.ts';
import { Pace } from './pace.ts';
import { ClockText } from './packets.ts';
import { profiles } from './profiles.ts';
import type { LoadResult } from './report.ts';

const openingAtOnce = 100;
const tickMs = 2;
const pingEveryMs = 60_000;
const gatherMs = 1;
const gatherAbove = 1_000;
const neverWoken = new Int32Array(new SharedArrayBuffer(4));
const defaultDrainMs = 5_000;

/** One run: `open`, `publish`, `drain`, then `result`. */
export class Load {
  readonly #options: LoadOptions;
  readonly #histogram = new Histogram();
  readonly #tally: Tally = emptyTally();
  readonly #clock = new ClockText();
  readonly #connections: LoadConnection[];
  #sending = false;
  #startedAtMs = 0;
  #stoppedAtMs = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#connections = connectionsOf(options, this.#run());
  }

  async open(): Promise<void> {
    const waiting = [...this.#connections];
    const opener = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await next.open();
    };
    await Promise.all(Array.from({ length: openingAtOnce }, opener));
  }

  async publish(): Promise<void> {
    this.#startedAtMs = performance.now();
    this.#sending = true;
    const stopClock = this.#every(1, () => this.#clock.show(Date.now()));
    const stopPings = this.#every(pingEveryMs, () => this.#ping());
    const stopProgress = this.#every(1000, () => this.#options.onProgress?.(this.#progress()));
    const stopPace = this.#options.rate > 0 ? this.#pace() : this.#flood();
    await elapsed(this.#options.seconds * 1000, this.#options.signal);
    for (const stop of [stopPace, stopProgress, stopPings, stopClock]) stop();
    this.#sending = false;
    this.#stoppedAtMs = performance.now();
  }

  /** Waits for the last answers, then closes. */
  async drain(): Promise<void> {
    const until = performance.now() + (this.#options.drainMs ?? defaultDrainMs);
    while (this.#tally.inFlight > 0 && performance.now() < until) await elapsed(5);
    await Promise.all(this.#connections.map((connection) => connection.stop()));
  }

  result(cpu: NodeJS.CpuUsage): LoadResult {
    const endMs = Math.max(this.#stoppedAtMs, this.#tally.lastAcknowledgedAtMs);
    return {
      tally: this.#tally,
      histogram: this.#histogram,
      connections: this.#connections.length,
      elapsedS: (endMs - this.#startedAtMs) / 1000,
      cpuS: (cpu.user + cpu.system) / 1e6,
    };
  }

  #run(): LoadRun {
    const { url, qos, window, profile } = this.#options;
    const { hostname, port } = new URL(url);
    return {
      host: hostname,
      port: Number(port || 1883),
      qos,
      window,
      profile: profiles[profile],
      startMs: Date.now(),
      histogram: this.#histogram,
      clock: this.#clock,
      tally: this.#tally,
      onRoom: (connection, room) => this.#refill(connection, room),
    };
  }

  #refill(connection: LoadConnection, room: number): void {
    if (this.#sending && this.#options.rate === 0) connection.send(room, performance.now());
  }

  #flood(): () => void {
    this.#clock.show(Date.now());
    for (const connection of this.#connections) connection.send(this.#options.window, performance.now());
    return this.#every(gatherMs, () => this.#gather());
  }

  /**
   * Lets answers gather while thousands are awaited anyway. Read one by one they cost the generator a whole core, which on
   * a small machine is taken from the broker being measured.
   */
  #gather(): void {
    if (this.#tally.inFlight >= gatherAbove) Atomics.wait(neverWoken, 0, 0, gatherMs);
  }

  #pace(): () => void {
    const each = this.#options.rate / this.#connections.length;
    const startMs = performance.now();
    const paced = this.#connections.map((connection, index) => {
      return { connection, pace: new Pace(each, startMs, index / this.#connections.length) };
    });
    let previousTickMs = startMs;
    return this.#every(tickMs, () => {
      const nowMs = performance.now();
      for (const { connection, pace } of paced) catchUp(connection, pace, nowMs, previousTickMs);
      previousTickMs = nowMs;
    });
  }

  #ping(): void {
    for (const connection of this.#connections) connection.ping();
  }

  #progress(): LoadProgress {
    return {
      elapsedS: Math.round((performance.now() - this.#startedAtMs) / 1000),
      connected: this.#connections.filter(({ ready }) => ready).length,
      sent: this.#tally.sent,
      acknowledged: this.#tally.acknowledged,
    };
  }

  #every(ms: number, act: () => void): () => void {
    act();
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  }
}

/** Sends what is due. A message that could have gone at an earlier tick has waited since it was due. */
function catchUp(connection: LoadConnection, pace: Pace, nowMs: number, previousTickMs: number): void {
  for (let due = pace.dueAt(nowMs); due > 0; due -= 1) {
    const dueMs = pace.nextDueMs();
    if (connection.send(1, dueMs < previousTickMs ? dueMs : nowMs) === 0) return;
    pace.sent(1);
  }
}

/** Deals the devices out to the connections, in turn. */
function connectionsOf(options: LoadOptions, run: LoadRun): LoadConnection[] {
  const { devices, connections = devices, deviceId = loadDeviceId, credentials } = options;
  const count = Math.min(connections, devices);
  const ids = Array.from({ length: devices }, (_, index) => deviceId(index));
  return Array.from({ length: count }, (_, index) => {
    const own = ids.filter((_id, device) => device % count === index);
    return new LoadConnection(run, own, credentials?.(own[0]!)); // count <= devices: each has one at least
  });
}

function emptyTally(): Tally {
  return { sent: 0, acknowledged: 0, lost: 0, inFlight: 0, disconnects: 0, refused: 0, lastAcknowledgedAtMs: 0 };
}

function elapsed(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal?.addEventListener('abort', () => [clearTimeout(timer), resolve()], { once: true });
  return promise;
}
