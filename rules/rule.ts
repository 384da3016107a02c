import type { Signal } from '../model/alert.ts';
import type { Command, Device } from '../model/device.ts';
import type { Resident } from '../model/people.ts';
import type { Reading } from '../model/reading.ts';
import type { PreparedZone } from './zones.ts';

/** What a rule knows of the home it judges: configuration, never state. Built once per change of the records. */
export type Household = {
  readonly subjectId: string;
  readonly resident: Resident | undefined;
  readonly devices: ReadonlyMap<string, Device>;
  /** WGS-84 and indexed for fast tests. */
  readonly zones: readonly PreparedZone[];
  /** WGS-84. */
  readonly home: { readonly lat: number; readonly lon: number } | undefined;
  /** IANA name, for schedules and times of day. */
  readonly timeZone: string;
};

/** What can happen to a home: somebody said something, or a deadline came. Time comes in with it. */
export type Input =
  | { readonly kind: 'reading'; readonly reading: Reading; readonly nowMs: number }
  | {
      readonly kind: 'deadline';
      readonly nowMs: number;
      /** The service listens since then: silence before it was ours, not the home's. */
      readonly listeningSinceMs: number;
    };

/** What a rule makes of it. Return the same state object when nothing changed: then nothing is written. */
export type Outcome<State> = {
  readonly state: State;
  readonly signals?: readonly Signal[];
  readonly commands?: readonly Command[];
};

/**
 * One rule in one file: pure, no clock, no log. State is plain JSON, bounded in size, and kept per resident under `kind`.
 * `deadlineAtMs` is derived from state alone, so that a restart re-arms it and catches up exactly once.
 */
export interface Rule<State> {
  readonly kind: string;
  readonly initial: State;
  step(home: Household, state: State, input: Input): Outcome<State>;
  /** When to call `step` with a deadline; undefined when nothing is awaited. */
  deadlineAtMs?(home: Household, state: State): number | undefined;
}
