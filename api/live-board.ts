import type { Directory } from '../model/directory.ts';
import type { Fix } from '../model/geo.ts';
import type { Mutable } from '../model/mutable.ts';
import type { Reading } from '../model/reading.ts';
import type { Purpose, PurposeEnds, TelemetryStore } from '../store/contracts.ts';

/** Subjects kept in memory; beyond this the one heard of longest ago is read from the store again when asked for. */
const subjectsAtMost = 200_000;
/** Devices of one subject whose battery and last word are kept. */
const devicesAtMost = 64;
/** How far back the store is searched for what memory does not know. */
const lookBackMs = 7 * 86_400_000;

/** A value with when its device took it, as it is now: it becomes the next one when that comes. */
export type Known<T> = { readonly value: T; readonly atMs: number; readonly deviceId: string };

/** What is known last of one resident. */
export type Live = {
  readonly lastHeardAtMs?: number;
  readonly position?: Known<Fix>;
  /** The last position that says where somebody is: within 100 m, and not of a radio cell. */
  readonly goodPosition?: Known<Fix>;
  readonly motion?: Known<boolean>;
  /** When something moved at home last: a sensor that says "nothing moves" is no motion, and a band may be anywhere. */
  readonly movedAtHome?: Known<true>;
  readonly contactOpen?: Known<boolean>;
  readonly worn?: Known<boolean>;
  readonly homeAnchor?: Known<boolean>;
  readonly heartRateBpm?: Known<number>;
  readonly spo2Pct?: Known<number>;
  readonly steps?: Known<number>;
  readonly battery: ReadonlyMap<string, Known<number>>;
  /** When each device was heard of; of whoever was asked about, also before the start of the service. */
  readonly heardAtMs: ReadonlyMap<string, number>;
};

/** A fix that says less is no place. */
const goodWithinM = 100;

type Aspect = Exclude<keyof Live, 'lastHeardAtMs' | 'battery' | 'heardAtMs'>;
type AspectOf<A extends Aspect> = {
  /** What it is kept for. */
  readonly purpose: Purpose;
  /** What a reading says of it. */
  of(reading: Reading): NonNullable<Live[A]>['value'] | undefined;
};

const aspectTable: { readonly [A in Aspect]-?: AspectOf<A> } = {
  position: { purpose: 'positions', of: ({ facts }) => facts.position },
  goodPosition: { purpose: 'positions', of: ({ facts }) => goodFix(facts.position) },
  motion: { purpose: 'motion', of: ({ facts }) => facts.motion },
  movedAtHome: {
    purpose: 'motion',
    of: ({ kind, facts }) => (facts.motion === true && kind !== 'wristband' ? true : undefined),
  },
  contactOpen: { purpose: 'motion', of: ({ facts }) => facts.contactOpen },
  worn: { purpose: 'motion', of: ({ facts }) => facts.worn },
  homeAnchor: { purpose: 'motion', of: ({ facts }) => facts.homeAnchor },
  heartRateBpm: { purpose: 'vitals', of: ({ facts }) => facts.heartRateBpm },
  spo2Pct: { purpose: 'vitals', of: ({ facts }) => facts.spo2Pct },
  steps: { purpose: 'motion', of: ({ facts }) => facts.steps },
};
const aspects = Object.keys(aspectTable) as Aspect[]; // its own keys

function goodFix(fix: Fix | undefined): Fix | undefined {
  if (fix === undefined || fix.source === 'cell') return undefined;
  return (fix.accuracyM ?? 0) <= goodWithinM ? fix : undefined;
}

/** Overwritten in place: an object for each fact of each reading is what the collector would spend its time on. */
type Kept<T> = Mutable<Known<T>>;

type Entry = {
  lastHeardAtMs: number;
  readonly battery: Map<string, Kept<number>>;
  readonly heardAtMs: Map<string, number>;
} & {
  [A in Aspect]?: Kept<unknown>;
};

/** The last known of everybody, fed with committed readings; what came before the start is read on demand. */
export class LiveBoard {
  readonly #directory: Directory;
  readonly #telemetry: TelemetryStore;
  readonly #entries = new Map<string, Entry>();
  /** Subjects whose past has been read. */
  readonly #complete = new Set<string>();
  /** Devices of which nothing was found in the past: what they say from now on is in memory. Emptied when it is full. */
  readonly #neverHeard = new Set<string>();

  constructor(directory: Directory, telemetry: TelemetryStore) {
    this.#directory = directory;
    this.#telemetry = telemetry;
  }

  /** Takes a committed reading. True when its position is now the newest known one. */
  onReading(reading: Reading): boolean {
    const entry = this.#entryOf(reading.subjectId);
    // A connection that broke is no word of the device.
    if (reading.facts.online !== false) noteHeard(entry, reading);
    for (const aspect of aspects) keepNewest(entry, aspect, reading);
    keepBattery(entry, reading);
    return reading.facts.position !== undefined && entry.position?.value === reading.facts.position;
  }

  /** What is known of a subject, with the past read from the store the first time. */
  async live(subjectId: string, nowMs: number): Promise<Live> {
    if (!this.#complete.has(subjectId)) await this.#readPast(subjectId, nowMs);
    const { lastHeardAtMs, ...known } = this.#entryOf(subjectId);
    // Each aspect was put in under its own name from `Facts`, so its type is that of the fact.
    return { ...(known as Live), ...(lastHeardAtMs > 0 && { lastHeardAtMs }) };
  }

  /** The same as far as memory has it: cheap enough to be asked for a whole city. */
  known(subjectId: string): Live | undefined {
    // As above: each aspect has the type of its name.
    return this.#entries.get(subjectId) as Live | undefined;
  }

  /** Epoch ms when a device was heard of last, within a week; looked for in the store once at most. */
  async heardAtMs(deviceId: string, subjectId: string, nowMs: number): Promise<number | undefined> {
    const known = () => this.#entries.get(subjectId)?.heardAtMs.get(deviceId);
    if (known() !== undefined || this.#neverHeard.has(deviceId)) return known();
    const isWord = (reading: Reading) => reading.deviceId === deviceId && reading.facts.online !== false;
    const found = await this.#telemetry.latest(subjectId, isWord, nowMs, lookBackMs);
    if (this.#neverHeard.size >= subjectsAtMost) this.#neverHeard.clear();
    if (found === undefined) this.#neverHeard.add(deviceId);
    else this.onReading(found);
    return known();
  }

  /** Nothing of a subject stays in memory. */
  forget(subjectId: string): void {
    this.#entries.delete(subjectId);
    this.#complete.delete(subjectId);
  }

  /** What its purpose has ended for is no longer known here either. */
  letGo(ends: PurposeEnds): void {
    for (const entry of this.#entries.values()) {
      for (const aspect of aspects)
        if (isBefore(entry[aspect], ends[aspectTable[aspect].purpose])) delete entry[aspect];
      for (const [deviceId, known] of entry.battery) if (isBefore(known, ends.device)) entry.battery.delete(deviceId);
    }
  }

  async #readPast(subjectId: string, nowMs: number): Promise<void> {
    const latest = (wanted: (reading: Reading) => boolean) =>
      this.#telemetry.latest(subjectId, wanted, nowMs, lookBackMs);
    const questions = [
      () => true,
      ...aspects.map((aspect) => (reading: Reading) => aspectTable[aspect].of(reading) !== undefined),
      ...this.#directory
        .devicesOf(subjectId)
        .flatMap(({ id }) => [
          (reading: Reading) => tellsBatteryOf(id, reading),
          (reading: Reading) => reading.deviceId === id && reading.facts.online !== false,
        ]),
    ];
    const found = await Promise.all(questions.map(latest));
    for (const reading of found) if (reading !== undefined) this.onReading(reading);
    this.#complete.add(subjectId);
  }

  #entryOf(subjectId: string): Entry {
    const known = this.#entries.get(subjectId);
    if (known !== undefined) return known;
    const entry: Entry = { lastHeardAtMs: 0, battery: new Map(), heardAtMs: new Map() };
    this.#entries.set(subjectId, entry);
    if (this.#entries.size > subjectsAtMost) this.#forgetOldest();
    return entry;
  }

  #forgetOldest(): void {
    const oldest = this.#entries.keys().next().value;
    if (oldest === undefined) return;
    this.#entries.delete(oldest);
    this.#complete.delete(oldest);
    this.#neverHeard.clear(); // what they said since is no longer in memory, and has to be looked for
  }
}

function isBefore(known: Known<unknown> | undefined, beforeMs: number): boolean {
  return known !== undefined && known.atMs < beforeMs;
}

function tellsBatteryOf(deviceId: string, reading: Reading): boolean {
  return reading.deviceId === deviceId && reading.facts.batteryPct !== undefined;
}

function noteHeard(entry: Entry, { deviceId, takenAtMs }: Reading): void {
  entry.lastHeardAtMs = Math.max(entry.lastHeardAtMs, takenAtMs);
  const known = entry.heardAtMs.get(deviceId);
  if (known === undefined && entry.heardAtMs.size >= devicesAtMost) return;
  entry.heardAtMs.set(deviceId, Math.max(known ?? 0, takenAtMs));
}

function keepNewest(entry: Entry, aspect: Aspect, reading: Reading): void {
  const value = aspectTable[aspect].of(reading);
  if (value === undefined) return;
  const known = entry[aspect];
  if (known === undefined) entry[aspect] = { value, atMs: reading.takenAtMs, deviceId: reading.deviceId };
  else keepNewer(known, value, reading);
}

/** Late is history, not news. */
function keepNewer<T>(known: Kept<T>, value: T, { takenAtMs, deviceId }: Reading): void {
  if (known.atMs > takenAtMs) return;
  known.value = value;
  known.atMs = takenAtMs;
  known.deviceId = deviceId;
}

function keepBattery({ battery }: Entry, reading: Reading): void {
  const { deviceId, takenAtMs, facts } = reading;
  if (facts.batteryPct === undefined) return;
  const known = battery.get(deviceId);
  if (known !== undefined) keepNewer(known, facts.batteryPct, reading);
  else if (battery.size < devicesAtMost) battery.set(deviceId, { value: facts.batteryPct, atMs: takenAtMs, deviceId });
}
