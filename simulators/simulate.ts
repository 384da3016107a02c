import type { AlertView } from '../model/alert.ts';
import type { CommunityDocument } from '../model/community.ts';
import { generateCommunity } from './community.ts';
import { alertsSince, importCommunity } from './http.ts';
import { homesOf } from './life.ts';
import { type ProgrammeName, playOf, programmes } from './scenarios/programmes.ts';
import type { Play } from './scenarios/scenario.ts';
import { followAlerts } from './simulation/alert-stream.ts';
import { Fleet } from './simulation/fleet.ts';
import { pause, perform, sequenceOf } from './simulation/player.ts';
import type { SimulationReport } from './simulation/report.ts';
import { compare, isAsScripted, type Observation, observed } from './simulation/verdict.ts';

export { type ProgrammeName, programmeNames } from './scenarios/programmes.ts';
export { followAlerts } from './simulation/alert-stream.ts';
export { formatSimulationReport, type SimulationReport } from './simulation/report.ts';

export type SimulateOptions = {
  /** `mqtt://host:port`. */
  readonly mqttUrl: string;
  readonly httpUrl: string;
  /** Session token; an administrator's unless `isImported`. */
  readonly token: string;
  /** How many times faster than real life ordinary days pass. */
  readonly speed?: number;
  readonly seed?: string;
  /** The community to bring to life; made from the seed when absent. It must hold the devices' tokens. */
  readonly community?: CommunityDocument;
  /** The service knows the community already. */
  readonly isImported?: boolean;
  readonly onProgress?: (progress: SimulationProgress) => void;
  /** Each alert as the event stream tells it. */
  readonly onAlert?: (alert: AlertView) => void;
  /** Ends everything early. */
  readonly signal?: AbortSignal;
  /** Ordinary life goes on after the report until `signal` aborts. */
  readonly keepsLiving?: boolean;
};

export type SimulationProgress =
  | { readonly step: 'imported'; readonly residents: number; readonly devices: number }
  | { readonly step: 'connected'; readonly devices: number }
  /** `startMs`: the instant from which the play counts. */
  | { readonly step: 'started'; readonly startMs: number; readonly play: Play }
  | { readonly step: 'playing'; readonly elapsedS: number; readonly detected: number; readonly emergencies: number };

const defaultSpeed = 120;
const defaultSeed = 'demo';
const lookEveryMs = 500;
/** After the last expected second, so that what comes just in time is seen. */
const graceMs = 1_500;

/**
 * Brings a community to life against a running service and lets emergencies happen. Resolves with what happened and what
 * the service said about it, once everything is detected or should have been. Throws when the service refuses the
 * community or a device; ended by `signal`, it resolves with what is known by then.
 */
export async function simulate(scenario: ProgrammeName, options: SimulateOptions): Promise<SimulationReport> {
  const stage = new Stage(scenario, options);
  try {
    await stage.prepare();
    await stage.play();
    const report = await stage.report();
    await stage.leave();
    return report;
  } catch (error) {
    await stage.close();
    if (options.signal?.aborted) return stage.summary(); // whoever ended it wants no error
    throw error;
  }
}

class Stage {
  readonly #scenario: ProgrammeName;
  readonly #options: SimulateOptions;
  readonly #community: CommunityDocument;
  readonly #seed: string;
  readonly #fleet = new Fleet();
  readonly #observations: Observation[] = [];
  readonly #over = new AbortController();
  #isReported = false;
  #startMs = 0;
  #play: Play = { emergencies: [], events: [], takeOvers: [] };

  constructor(scenario: ProgrammeName, options: SimulateOptions) {
    this.#scenario = scenario;
    this.#options = options;
    this.#seed = options.seed ?? defaultSeed;
    this.#community = options.community ?? generateCommunity({ seed: this.#seed });
    options.signal?.addEventListener('abort', () => this.#over.abort(), { once: true });
  }

  async prepare(): Promise<void> {
    const { httpUrl, token, mqttUrl, isImported = false, onProgress } = this.#options;
    const { residents, devices } = this.#community;
    if (!isImported) await importCommunity(httpUrl, token, this.#community);
    onProgress?.({ step: 'imported', residents: residents.length, devices: devices.length });
    const signal = this.#over.signal;
    await followAlerts({ httpUrl, token, signal, onAlert: (alert) => this.#saw(alert) });
    await this.#fleet.connect(mqttUrl, devices);
    onProgress?.({ step: 'connected', devices: this.#fleet.size });
  }

  /** Ends when everything scripted was seen or its time is over. */
  async play(): Promise<void> {
    this.#begin();
    const leastMs = programmes[this.#scenario].leastS * 1000;
    const lastMs = Math.max(
      leastMs,
      ...this.#play.emergencies.map(({ atMs, expectWithinS }) => atMs + expectWithinS * 1000 + graceMs - this.#startMs),
    );
    for (let elapsedMs = 0; elapsedMs < lastMs && !this.#over.signal.aborted; elapsedMs = Date.now() - this.#startMs) {
      await pause(lookEveryMs, this.#over.signal);
      const { detected, emergencies } = this.#progress(elapsedMs);
      if (detected === emergencies && elapsedMs >= leastMs) return;
    }
  }

  async report(): Promise<SimulationReport> {
    const { httpUrl, token } = this.#options;
    for (const alert of await alertsSince(httpUrl, token, this.#startMs)) {
      this.#observations.push(...observed(alert, Date.parse(alert.updatedAt)));
    }
    return this.summary();
  }

  /** What is known so far. */
  summary(): SimulationReport {
    this.#isReported = true;
    const comparison = compare(this.#play.emergencies, this.#ours(), this.#startMs);
    const hasBegun = this.#startMs > 0;
    return {
      ...comparison,
      scenario: this.#scenario,
      elapsedS: hasBegun ? (Date.now() - this.#startMs) / 1000 : 0,
      devices: this.#fleet.size,
      messages: { ...this.#fleet.counts },
      exitCode: hasBegun && isAsScripted(comparison) ? 0 : 1,
    };
  }

  /** Closes everything, now or when the signal says so. */
  async leave(): Promise<void> {
    const { keepsLiving = false, signal } = this.#options;
    if (!keepsLiving || signal === undefined || signal.aborted) return this.close();
    signal.addEventListener('abort', () => void this.close(), { once: true });
  }

  async close(): Promise<void> {
    this.#over.abort();
    await this.#fleet.close();
  }

  #begin(): void {
    this.#startMs = Date.now();
    const homes = homesOf(this.#community);
    this.#play = playOf(programmes[this.#scenario], homes, this.#startMs);
    this.#options.onProgress?.({ step: 'started', startMs: this.#startMs, play: this.#play });
    const speed = this.#options.speed ?? defaultSpeed;
    const events = sequenceOf({ homes, play: this.#play, seed: this.#seed, speed, startMs: this.#startMs });
    void perform(events, (event, nowMs) => this.#fleet.say(event, nowMs), Date.now, this.#over.signal);
  }

  #saw(alert: AlertView): void {
    // Life may go on for weeks after the report.
    if (!this.#isReported) this.#observations.push(...observed(alert, Date.now()));
    this.#options.onAlert?.(alert);
  }

  #progress(elapsedMs: number) {
    const { verdicts } = compare(this.#play.emergencies, this.#ours(), this.#startMs);
    const detected = verdicts.filter(({ outcome }) => outcome !== 'missed').length;
    const progress = { elapsedS: Math.round(elapsedMs / 1000), detected, emergencies: verdicts.length };
    this.#options.onProgress?.({ step: 'playing', ...progress });
    return progress;
  }

  /** A service may look after other people too. */
  #ours(): Observation[] {
    const residents = new Set(this.#community.residents.map(({ id }) => id));
    return this.#observations.filter(({ residentId }) => residents.has(residentId));
  }
}
