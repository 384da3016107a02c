import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClassicLevel } from 'classic-level';
import type { Signal } from '../../model/alert.ts';
import type { ErasedTraces, Quarantined } from '../contracts.ts';
import type { DamageLog } from './damage.ts';
import { rangeOfPrefix, stateKey } from './keys.ts';
import type { Opened } from './opening.ts';
import { decodeJson } from './rows.ts';
import { getMany, scan } from './scan.ts';

/** Rows to remove, and what they were. */
export type Traces = ErasedTraces & { readonly keys: readonly string[]; readonly signalIds: readonly string[] };

/** What is kept of a subject beside its readings: rule state, signals nobody applied yet, messages that were refused. */
export async function tracesOf(
  { db, quarantine, outbox }: Opened,
  subjectId: string,
  deviceIds: readonly string[],
  damage: DamageLog,
): Promise<Traces> {
  const signalIds: string[] = [];
  for await (const [key, value] of scan(db, rangeOfPrefix('o'), damage)) {
    const signal = decodeJson<Signal>(key, value);
    if (signal?.subjectId === subjectId) signalIds.push(signal.id);
  }
  const refused = deviceIds.flatMap((deviceId) => quarantine.newest(deviceId, Number.MAX_SAFE_INTEGER));
  const state = stateKey(subjectId);
  const [found] = await getMany(db, [state], damage);
  return {
    keys: [state, ...outbox.keysOf(signalIds), ...refused],
    signalIds,
    states: found === undefined ? 0 : 1,
    signals: signalIds.length,
    quarantined: refused.length,
  };
}

/** Refused messages received before, oldest first: their first bytes may say as much of a person as a reading. */
export async function oldQuarantine(
  { db, quarantine }: Opened,
  beforeMs: number,
  atMost: number,
  damage: DamageLog,
): Promise<string[]> {
  const keys = quarantine.newest(undefined, Number.MAX_SAFE_INTEGER).slice(-atMost).reverse();
  const values = await getMany(db, keys, damage);
  return keys.filter((key, index) => {
    const value = values[index];
    const message = value === undefined ? undefined : decodeJson<Quarantined>(key, value);
    return message !== undefined && message.receivedAtMs < beforeMs;
  });
}

/**
 * Where rows of a subject may lie: readings and what is made of them, rule state, that of the areas around, outbox,
 * quarantine; the commits, which name nobody, last. The ends are keys that no row has and that do not name the subject: LevelDB notes down the last key
 * it merged, and may keep the marks of `compact`.
 */
export function placesOf(subjectId: string): (readonly [from: string, to: string])[] {
  const stem = subjectId.slice(0, -1);
  const next = String.fromCharCode(subjectId.charCodeAt(subjectId.length - 1) + 1);
  const own = ['r', 'a', 'n', 's'].map((kind) => [`${kind}!${stem}\0`, `${kind}!${stem}${next}\0`] as const);
  const areas = ['s!@', 's!A'] as const;
  return [...own, areas, ...['o', 'q', 'c'].map((kind) => [`${kind}!`, `${kind}"`] as const)];
}

/**
 * Rewrites the files that hold these ranges without what was removed. LevelDB merges a range down to its deepest file
 * and leaves that one alone: what was removed can still be in it. A mark of removal at both ends makes it a part of the
 * second round.
 */
export async function compact(
  db: ClassicLevel,
  places: readonly (readonly [from: string, to: string])[],
): Promise<void> {
  for (const [from, to] of places) {
    await db.compactRange(from, to);
    await db.batch([from, to].map((key) => ({ type: 'del', key })));
    await db.compactRange(from, to);
  }
}

/** LevelDB's own log of this run and the one before. */
export async function forgetLogs(dir: string): Promise<void> {
  await truncate(join(dir, 'rows', 'LOG'), 0);
  await rm(join(dir, 'rows', 'LOG.old'), { force: true });
}
