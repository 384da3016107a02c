import type { Signal } from '../model/alert.ts';
import type { Command } from '../model/device.ts';
import type { Reading } from '../model/reading.ts';
import type { Effects } from '../rules/effects.ts';
import type { CommitBatch, Quarantined } from '../store/contracts.ts';
import { isUrgent } from './urgent.ts';

/** What one message came to, before anything is stored. */
export type Taken = {
  readonly readings: readonly Reading[];
  readonly quarantined: readonly Quarantined[];
};

export type Done = (error?: Error) => void;

/** A batch that takes nothing more, with the rule state as it was at that moment: state never runs ahead of its readings. */
export type ClosedBatch = CommitBatch & {
  readonly commands: readonly Command[];
  /** Who waits for it. */
  readonly dones: readonly Done[];
};

/** What arrived since the last commit, with everything that followed from it. */
export class Batch {
  readonly readings: Reading[] = [];
  readonly #signals: Signal[] = [];
  readonly #commands: Command[] = [];
  readonly #quarantined: Quarantined[] = [];
  /** Subjects whose rule state is no longer what the disk has. */
  readonly changed = new Set<string>();
  readonly #dones: Done[] = [];
  #isUrgent = false;

  /** May somebody's life hang on what is in it, or is somebody told of it? */
  get isUrgent(): boolean {
    return this.#isUrgent;
  }

  get isEmpty(): boolean {
    return this.#dones.length + this.changed.size + this.#signals.length === 0;
  }

  /** One message. */
  take(taken: Taken, done: Done): void {
    for (const reading of taken.readings) {
      this.#isUrgent ||= isUrgent(reading);
      this.readings.push(toKeep(reading));
    }
    for (const refused of taken.quarantined) this.#quarantined.push(refused);
    this.#dones.push(done);
  }

  /** One effect, without what followed from it elsewhere. */
  add({ changed, subjectId, signals, commands }: Effects): void {
    if (changed) this.changed.add(subjectId);
    this.#isUrgent ||= signals.length > 0;
    for (const signal of signals) this.#signals.push(signal);
    for (const command of commands) this.#commands.push(command);
  }

  /** @param stateOf a subject's rule state, for the disk */
  close(stateOf: (subjectId: string) => string): ClosedBatch {
    const states = new Map<string, string>();
    for (const subjectId of this.changed) states.set(subjectId, stateOf(subjectId));
    return {
      readings: this.readings,
      signals: this.#signals,
      commands: this.#commands,
      quarantined: this.#quarantined,
      dones: this.#dones,
      states,
    };
  }
}

/** The rules have seen a window of acceleration; nobody keeps it: neither the batch, the disk, the forwarder nor the live views. */
function toKeep(reading: Reading): Reading {
  if (reading.facts.burst === undefined) return reading;
  const { burst: _burst, ...facts } = reading.facts;
  return { ...reading, facts };
}
