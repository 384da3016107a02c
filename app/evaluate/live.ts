import { Intake } from '../../ingest/intake.ts';
import type { CommunityDocument, EntityKind } from '../../model/community.ts';
import type { EntityChange } from '../../model/directory.ts';
import { Directory } from '../../model/directory.ts';
import { type Effects, Engine } from '../../rules/engine.ts';
import { buildHousehold } from '../../rules/household.ts';
import type { AnyRule } from '../../rules/index.ts';
import { firstDayMs, timeZone, Weeks, type WeeksOptions } from '../../simulators/weeks/weeks.ts';
import { Book } from './book.ts';
import { type Marks, marked } from './marks.ts';

export type Lived = Marks & {
  readonly messages: number;
  /** How many homes have a device of each kind, and `guarded` by a zone: whom a rule can be wrong about. */
  readonly homesWith: Readonly<Record<string, number>>;
  /** Residents by what is special about them and does not change. */
  readonly traits: Readonly<Record<string, readonly string[]>>;
};
export type OnDay = (day: number, messages: number) => void;

const dayMs = 24 * 3_600_000;

/**
 * Lets a community live its weeks under a set of rules. Every message goes as JSON bytes through the codecs, the clock
 * and lateness policy and the memory for repeats, as over the network, and then through the engine: no broker, no disk,
 * no desk, so that a month passes in a minute and what is scored is still what a device would meet.
 */
export function live(options: WeeksOptions, rules: readonly AnyRule[], onDay: OnDay = () => undefined): Lived {
  const weeks = new Weeks(options);
  const book = new Book((residentId, atMs) => weeks.circumstances(residentId, atMs));
  const directory = directoryOf(weeks.community);
  const engine = new Engine(
    rules,
    (id) => buildHousehold(directory, id, timeZone),
    0,
    ({ error }) => {
      throw error;
    },
  );
  let nowMs = firstDayMs;
  const carryOut = ({ signals, commands }: Effects): void => {
    for (const signal of signals) book.apply(signal);
    for (const command of commands) weeks.obey(command, nowMs);
  };
  const intake = new Intake({
    directory,
    take: ({ readings }) => {
      for (const reading of readings) carryOut(engine.step(reading, nowMs));
    },
  });
  const meetDeadlines = (untilMs: number): void => {
    for (
      let dueMs = engine.nextDeadlineAtMs();
      dueMs !== undefined && dueMs <= untilMs;
      dueMs = engine.nextDeadlineAtMs()
    ) {
      nowMs = Math.max(nowMs, dueMs);
      for (const effects of engine.due(nowMs)) carryOut(effects);
    }
  };

  let messages = 0;
  for (const { arrivesAtMs, deviceId, lane, payload } of weeks.messages()) {
    if (Math.floor((arrivesAtMs - firstDayMs) / dayMs) > Math.floor((nowMs - firstDayMs) / dayMs)) {
      onDay(Math.floor((arrivesAtMs - firstDayMs) / dayMs), messages);
    }
    meetDeadlines(arrivesAtMs);
    nowMs = Math.max(nowMs, arrivesAtMs);
    messages += 1;
    const topic = `v1/devices/${deviceId}/${lane}`;
    intake.accept({ senderId: deviceId, topic, payload: bytesOf(payload), receivedAtMs: arrivesAtMs }, () => undefined);
  }
  meetDeadlines(weeks.endMs);
  const traits = weeks.community.residents.map(({ id }) => [id, weeks.traits(id)] as const);
  return {
    ...marked(weeks.truths(), book.raises),
    messages,
    homesWith: homesWith(weeks.community),
    traits: Object.fromEntries(traits),
  };
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
