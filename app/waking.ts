import type { Watch } from '../rules/watch.ts';
import type { TelemetryStore } from '../store/contracts.ts';
import type { Log } from './log.ts';
import type { Stores } from './stores.ts';

/** Homes are read at most so long in one go. */
const aTurnMs = 10;
const homesAtATime = 20;

type Engine = Pick<Watch, 'restoreLater' | 'wake' | 'wakeOne' | 'expectAwaited'>;

/** The engine's memory becomes what the disk has, home by home as they are needed. */
export class Waking {
  readonly #engine: Engine;
  #next: NodeJS.Immediate | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async remember(telemetry: Pick<TelemetryStore, 'states'>): Promise<void> {
    for await (const [subjectId, text] of telemetry.states()) this.#engine.restoreLater(subjectId, text);
    this.#engine.expectAwaited();
  }

  /** Something may become critical there any moment; everybody else has their turn when the doors are open. */
  first(subjectIds: Iterable<string>): void {
    for (const subjectId of subjectIds) this.#engine.wakeOne(subjectId);
  }

  /** In turns: whoever speaks meanwhile is heard in between. */
  start(): void {
    for (const untilMs = performance.now() + aTurnMs; performance.now() < untilMs; )
      if (this.#engine.wake(homesAtATime) === 0) return;
    this.#next = setImmediate(() => this.start());
  }

  stop(): void {
    clearImmediate(this.#next);
  }
}

/** Says in the log what was found damaged when the stores were opened. */
export function tellDamage({ telemetry, records }: Stores, log: Log): void {
  for (const { what, where } of telemetry.damage) log.error({ where }, `damage in the telemetry store: ${what}`);
  for (const { what, where } of records.damage) log.error({ where }, `damage in the records: ${what}`);
}
