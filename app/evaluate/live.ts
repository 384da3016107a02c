import { Intake } from '../../ingest/intake.ts';
import type { CommunityDocument, EntityKind } from '../../model/community.ts';
import type { EntityChange } from '../../model/directory.ts';
import { Directory } from '../../model/directory.ts';
import type { AnyAreaRule } from '../../rules/areas/index.ts';
import { allOf, type Effects } from '../../rules/effects.ts';
import type { AnyRule } from '../../rules/index.ts';
import { Watch } from '../../rules/watch.ts';
import { firstDayMs, type Message, timeZone, Weeks, type WeeksOptions } from '../../simulators/weeks/weeks.ts';
import { Book, type Raise } from './book.ts';
import { type Marks, marked } from './marks.ts';

export type Lived = Marks & {
  readonly messages: number;
  /** How many homes have a device of each kind, and `guarded` by a zone: whom a rule can be wrong about. */
  readonly homesWith: Readonly<Record<string, number>>;
  /** Residents by what is special about them and does not change. */
  readonly traits: Readonly<Record<string, readonly string[]>>;
};
export type OnDay = (day: number, messages: number) => void;

/** What judges the homes, and what judges the areas they lie in. */
export type RuleSet = { readonly rules: readonly AnyRule[]; readonly areaRules: readonly AnyAreaRule[] };

const dayMs = 24 * 3_600_000;

/**
 * Lets a community live its weeks under a set of rules. Every message goes as JSON bytes through the codecs, the clock
 * and lateness policy and the memory for repeats, as over the network, and then through the engine: no broker, no disk,
 * no desk, so that a month passes in a minute and what is scored is still what a device would meet.
 */
export function live(options: WeeksOptions, ruleSet: RuleSet, onDay: OnDay = () => undefined): Lived {
  const weeks = new Weeks(options);
  const service = new Bench(weeks, ruleSet);
  let messages = 0;
  let day = 0;
  for (const message of weeks.messages()) {
    const today = Math.floor((message.arrivesAtMs - firstDayMs) / dayMs);
    if (today > day) onDay(today, messages);
    day = Math.max(day, today);
    messages += 1;
    service.hear(message);
  }
  service.waitUntil(weeks.endMs);
  const traits = weeks.community.residents.map(({ id }) => [id, weeks.traits(id)] as const);
  return {
    ...marked(weeks.truths(), service.raises),
    messages,
    homesWith: homesWith(weeks.community),
    traits: Object.fromEntries(traits),
  };
}

/** As much of the service as judges: what follows from a message or from waiting goes into the book, or back to devices. */
class Bench {
  readonly #weeks: Weeks;
  readonly #book: Book;
  readonly #engine: Watch;
  readonly #intake: Intake;
  #nowMs = firstDayMs;

  constructor(weeks: Weeks, ruleSet: RuleSet) {
    this.#weeks = weeks;
    this.#book = new Book((residentId, atMs) => weeks.circumstances(residentId, atMs));
    const directory = directoryOf(weeks.community);
    this.#engine = new Watch({ ...ruleSet, directory, timeZone, listeningSinceMs: 0, onTrouble });
    this.#intake = new Intake({
      directory,
      take: ({ readings }) => {
        for (const reading of readings) this.#carryOut(this.#engine.step(reading, this.#nowMs));
      },
    });
  }

  get raises(): readonly Raise[] {
    return this.#book.raises;
  }

  /** One message as it arrives; what was due before it happens before it. */
  hear({ arrivesAtMs, deviceId, lane, payload }: Message): void {
    this.waitUntil(arrivesAtMs);
    // The broker says of itself whose connection came or went, beside what the device's will says.
    if (lane === 'status') this.#intake.presence(deviceId, payload.online === true, arrivesAtMs);
    const topic = `v1/devices/${deviceId}/${lane}`;
    const arrival = { senderId: deviceId, topic, payload: bytesOf(payload), receivedAtMs: arrivesAtMs };
    this.#intake.accept(arrival, () => undefined);
  }

  /** Each deadline at its own time. */
  waitUntil(atMs: number): void {
    for (let dueMs = this.#dueBy(atMs); dueMs !== undefined; dueMs = this.#dueBy(atMs)) {
      this.#nowMs = Math.max(this.#nowMs, dueMs);
      for (const effects of this.#engine.due(this.#nowMs)) this.#carryOut(effects);
    }
    this.#nowMs = Math.max(this.#nowMs, atMs);
  }

  #dueBy(atMs: number): number | undefined {
    const dueMs = this.#engine.nextDeadlineAtMs();
    return dueMs !== undefined && dueMs <= atMs ? dueMs : undefined;
  }

  #carryOut(caused: Effects): void {
    for (const { signals, commands } of allOf(caused)) {
      for (const signal of signals) this.#book.apply(signal);
      for (const command of commands) this.#weeks.obey(command, this.#nowMs);
    }
  }
}

/** A rule that breaks is a mistake to be seen, not weathered as in the service. */
function onTrouble({ error }: { readonly error: unknown }): never {
  throw error;
}

function bytesOf(payload: object): Uint8Array {
  return Buffer.from(JSON.stringify(payload));
}

/** The community as the service has it in memory after an import. */
function directoryOf(community: CommunityDocument): Directory {
  const directory = new Directory();
  const kinds = ['areas', 'residents', 'devices', 'zones'] as const satisfies readonly EntityKind[];
  for (const kind of kinds) {
    // One list holds one kind; the type system cannot follow that through a lookup.
    for (const entity of community[kind]) directory.apply({ kind, id: entity.id, entity } as EntityChange);
  }
  return directory;
}

/** How many homes have a device of each kind: whom a rule can be wrong about. */
function homesWith({ devices, zones, residents }: CommunityDocument): Record<string, number> {
  const byKind = Map.groupBy(devices, ({ kind }) => kind);
  const homes = [...byKind].map(([kind, some]) => [kind, new Set(some.map(({ residentId }) => residentId)).size]);
  const guarded = new Set(zones.filter(({ kind }) => kind === 'safe').map(({ residentId }) => residentId)).size;
  return { ...Object.fromEntries(homes), guarded, residents: residents.length };
}
