import type { Signal } from '../model/alert.ts';
import type { Command, Device } from '../model/device.ts';
import type { Resident } from '../model/people.ts';
import type { Reading } from '../model/reading.ts';
import type { HomeZones } from './home-zones.ts';

/** What a rule knows of the home it judges: configuration, never state. Built once per change of the records. */
export type Household = {
  readonly subjectId: string;
  readonly resident: Resident | undefined;
  readonly devices: ReadonlyMap<string, Device>;
  /** WGS-84 and indexed for fast tests. */
  readonly zones: HomeZones;
  /** WGS-84. */
  readonly home: { readonly lat: number; readonly lon: number } | undefined;
  /** IANA name, for schedules and times of day. */
  readonly timeZone: string;
  /** The family said that she is away until then. */
  readonly awayUntilMs?: number;
  /** Hubs that belong elsewhere and carry devices of this home, by id. */
  readonly hubsElsewhere?: ReadonlyMap<string, HubElsewhere>;
  /** Subjects elsewhere with devices behind a hub of this home, and how many, by id of the hub. */
  readonly behindHubs?: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

export type HubElsewhere = { readonly device: Device; readonly subjectId: string };

/** Somebody said something. Time comes in with it. */
export type ReadingInput = { readonly kind: 'reading'; readonly reading: Reading; readonly nowMs: number };

/** A deadline came. */
export type Deadline = {
  readonly kind: 'deadline';
  readonly nowMs: number;
  /** The service listens since then: silence before it was ours, not the home's. */
  readonly listeningSinceMs: number;
};

/** What can happen to a home: somebody said something, or a deadline came. */
export type Input = ReadingInput | Deadline;

/** What a home is told of things that happened elsewhere. */
export type Notice =
  /** Where it lies contact is lost as a whole since `sinceMs`: told as one alert there. */
  | { readonly kind: 'outage'; readonly sinceMs: number }
  | { readonly kind: 'outageOver'; readonly atMs: number }
  /** A hub that belongs elsewhere and carries devices of this home. */
  | { readonly kind: 'hub'; readonly hubId: string; readonly is: 'offline' | 'back'; readonly atMs: number }
  /** A hub of this home spoke for a device elsewhere. */
  | { readonly kind: 'heard'; readonly deviceId: string; readonly atMs: number };

export type NoticeInput = { readonly kind: 'notice'; readonly notice: Notice; readonly nowMs: number };

/** A notice on its way: to a subject, or to every home in an area (`@{areaId}`). */
export type Letter = { readonly to: string; readonly notice: Notice };

/** What a home says to the areas it lies in. Not stored: what follows from it is. */
export type Note = {
  readonly kind: 'contact';
  /** Each `lost` of a device is followed by its `back`, however long after, before the next `lost`. */
  readonly is: 'lost' | 'back';
  readonly deviceId: string;
  /** How many watched devices fell silent with it: itself and those behind it. */
  readonly devices: number;
  readonly atMs: number;
  /** When the loss was noted: with `back` that of the loss it ends. */
  readonly lostAtMs: number;
};

/** What a rule makes of it. Return the same state object when nothing changed: then nothing is written. */
export type Outcome<State> = {
  readonly state: State;
  readonly signals?: readonly Signal[];
  readonly commands?: readonly Command[];
  readonly notes?: readonly Note[];
  readonly letters?: readonly Letter[];
};

/**
 * One rule in one file: pure, no clock, no log. State is plain JSON, bounded in size, and kept per resident under `kind`.
 * `deadlineAtMs` is derived from state alone, so that a restart re-arms it and catches up exactly once.
 */
export interface Rule<State> {
  readonly kind: string;
  readonly initial: State;
  step(home: Household, state: State, input: Input): Outcome<State>;
  /** For the few rules that must know what happens elsewhere. */
  heed?(home: Household, state: State, notice: Notice, nowMs: number): Outcome<State>;
  /** For a rule that awaits something by the records alone, also in a home nobody ever heard of: is this one of those? */
  awaits?(resident: Resident): boolean;
  /** Its deadlines are times on the wall: a clock that is set back brings none of them forward. */
  readonly isByTheWall?: true;
  /** When to call `step` with a deadline; undefined when nothing is awaited. */
  deadlineAtMs?(home: Household, state: State): number | undefined;
}
