import { hash, randomBytes } from 'node:crypto';
import type { ErasureReceipt, Log } from '../api/parts.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { Administration, History, RecordStore, TelemetryStore } from '../store/contracts.ts';
import { localName } from './histories.ts';
import { dropErasure, type Erasure, noteErasure, rewriteIfDue, unfinishedErasures } from './unfinished-erasures.ts';

/** What the running service knows; without one, what waits on the disk. */
export interface LiveMemory {
  /** After everything received so far: throws AppError `conflict` while an alert of theirs is open. */
  requireQuiet(residentId: string): Promise<void>;
  /** The same, and in the same moment the rules forget them: nothing follows any more from what they knew. */
  silence(residentId: string): Promise<void>;
  /** Last values, events kept for those who come back. */
  forget(residentId: string): void;
}

export type ErasureParts = {
  readonly directory: Directory;
  readonly administration: Pick<Administration, 'removeResident'>;
  readonly records: RecordStore;
  readonly telemetry: Pick<TelemetryStore, 'eraseTraces' | 'rewrite'>;
  /** The embedded history, and copies elsewhere. */
  readonly histories: readonly { readonly name: string; readonly history: Pick<History, 'erase'> }[];
  readonly memory: LiveMemory;
  readonly clock: () => number;
  readonly log: Log;
};

/** The files of this machine, as a place beside the histories. */
const ownRecords = 'records';
/** Whoever asks is told that the disk is too slow, and the erasure goes on with the next round. */
const notedWithinMs = 10_000;
/** Rewriting the records holds everybody up, about 10 ms for each MB. */
const rewriteAtMostBytes = 32 << 20;

/**
 * Erases everything about one resident. Throws AppError `notFound`; `conflict` while an alert of theirs is open: somebody
 * may be on the way, and what they go by must not vanish under them.
 */
export async function erasePerson(parts: ErasureParts, residentId: string, by: string): Promise<ErasureReceipt> {
  const noted = (await unfinishedErasures(parts.records)).find((one) => one.residentId === residentId);
  if (!parts.directory.residents.has(residentId)) {
    if (noted !== undefined) return finish(parts, noted);
    throw new AppError('notFound', `There is no ${residentId} among the residents.`);
  }
  const erasure = noted ?? begin(parts, residentId, by);
  await parts.memory.requireQuiet(residentId);
  const removed = await parts.administration.removeResident(residentId, async () => {
    // Its devices are silent now: what they said before that is applied, and nothing follows it.
    await parts.memory.silence(residentId);
    await noteErasure(parts.records, erasure);
  });
  return finish(parts, { ...erasure, counts: { ...erasure.counts, ...removed } });
}

/** Goes on with what a crash or an unreachable copy left. Never rejects. */
export async function resumeErasures(parts: ErasureParts): Promise<void> {
  for (const erasure of await unfinishedErasures(parts.records)) {
    if (parts.directory.residents.has(erasure.residentId)) continue; // refused by the disk; whoever asked was told
    await finish(parts, erasure).catch((error: unknown) => {
      parts.log.error({ err: error }, 'an erasure is not finished; it is tried again');
    });
  }
}

function begin({ directory }: ErasureParts, residentId: string, by: string): Erasure {
  const deviceIds = directory.devicesOf(residentId).map(({ id }) => id);
  return { residentId, deviceIds, salt: randomBytes(16).toString('base64url'), by, counts: {}, done: [] };
}

/** Every step can be repeated, and is after a power cut: that they are to be done is on disk before the first. */
async function finish(parts: ErasureParts, erasure: Erasure): Promise<ErasureReceipt> {
  await parts.records.durable(notedWithinMs);
  const digest = hash('sha256', `${erasure.salt}:${erasure.residentId}`, 'base64url');
  parts.memory.forget(erasure.residentId);
  const erased = await eraseRecords(parts, await eraseHistories(parts, erasure), digest);
  const queued = parts.histories.map(({ name }) => name).filter((name) => !erased.done.includes(name));
  const atMs = parts.clock();
  await prove(parts, erased, { atMs, queued, digest });
  if (queued.length > 0) await noteErasure(parts.records, erased);
  else await dropErasure(parts.records, erased);
  const rewritten = await rewriteIfDue(parts.records, rewriteAtMostBytes);
  const { counts, salt } = erased;
  return { at: new Date(atMs).toISOString(), counts, queued, rewritten, salt, digest };
}

async function eraseHistories({ histories, log }: ErasureParts, before: Erasure): Promise<Erasure> {
  let erasure = before;
  for (const { name, history } of histories) {
    if (erasure.done.includes(name)) continue;
    try {
      erasure = emptied(erasure, name, { [`readings:${name}`]: await history.erase(erasure.residentId) });
    } catch (error) {
      log.warn({ err: error, name }, 'a history could not be erased now; it is tried again until it is');
    }
  }
  return erasure;
}

async function eraseRecords(parts: ErasureParts, erasure: Erasure, digest: string): Promise<Erasure> {
  if (erasure.done.includes(ownRecords)) return erasure;
  const { residentId, deviceIds } = erasure;
  const traces = await parts.telemetry.eraseTraces(residentId, deviceIds);
  await parts.telemetry.rewrite(residentId);
  const found = await parts.records.eraseResident(residentId, pseudonymOf(digest), parts.clock());
  return emptied(erasure, ownRecords, { ...traces, ...found, signals: traces.signals + found.signals });
}

/**
 * What was found in a place is added to what a round before found there. As long as readings are left here the place is
 * not done: what is left may be sent to a copy that was emptied before, and stays in the files until they are rewritten.
 */
function emptied(erasure: Erasure, place: string, found: Readonly<Record<string, number>>): Erasure {
  const counts = { ...erasure.counts };
  for (const [name, count] of Object.entries(found)) counts[name] = (counts[name] ?? 0) + count;
  const isLast = place === localName || erasure.done.includes(localName);
  return { ...erasure, counts, done: isLast ? [...erasure.done, place] : erasure.done };
}

type Proof = { readonly atMs: number; readonly queued: readonly string[]; readonly digest: string };

async function prove({ records, log }: ErasureParts, { by, counts }: Erasure, proof: Proof): Promise<void> {
  const { atMs, queued, digest } = proof;
  const detail = { counts, queued, digest };
  await records.audit([{ atMs, who: by, what: 'personErased', about: pseudonymOf(digest), detail }]);
  log.info({ ...detail, who: by }, 'everything about a resident was erased');
}

function pseudonymOf(digest: string): string {
  return `erased:${digest}`;
}
