import { z } from 'zod';
import type { RecordStore } from '../store/contracts.ts';

/** An erasure that is not finished: kept until nothing is left, so that neither a crash nor a copy that is down ends it. */
const Erasure = z.object({
  residentId: z.string(),
  deviceIds: z.array(z.string()),
  /** Of the digest that stands for the person afterwards. */
  salt: z.string(),
  /** User id of who asked. */
  by: z.string(),
  /** What was found so far, by name. */
  counts: z.record(z.string(), z.number()),
  /** Places that are empty. */
  done: z.array(z.string()),
});
export type Erasure = Readonly<z.infer<typeof Erasure>>;

const erasures = 'unfinishedErasures';
const rewriteDue = 'recordsRewriteDue';

export type ErasureNotes = Pick<RecordStore, 'setting' | 'putSetting' | 'rewrite'>;

export async function unfinishedErasures(records: ErasureNotes): Promise<readonly Erasure[]> {
  return z.array(Erasure).parse(JSON.parse((await records.setting(erasures)) ?? '[]'));
}

export async function noteErasure(records: ErasureNotes, erasure: Erasure): Promise<void> {
  await records.putSetting(erasures, JSON.stringify([...(await othersThan(records, erasure)), erasure]));
}

/** It is finished: its note names the person, too. */
export async function dropErasure(records: ErasureNotes, erasure: Erasure): Promise<void> {
  await records.putSetting(rewriteDue, 'yes'); // first: a crash in between must not forget the last traces
  await records.putSetting(erasures, JSON.stringify(await othersThan(records, erasure)));
}

/** Resolves with whether nothing of what was deleted is left in the file; otherwise it is done before the next start. */
export async function rewriteIfDue(records: ErasureNotes, atMostBytes = Number.MAX_SAFE_INTEGER): Promise<boolean> {
  if ((await records.setting(rewriteDue)) !== 'yes') return true;
  const isDone = await records.rewrite(atMostBytes);
  if (isDone) await records.putSetting(rewriteDue, 'no');
  return isDone;
}

async function othersThan(records: ErasureNotes, { residentId }: Erasure): Promise<Erasure[]> {
  return (await unfinishedErasures(records)).filter((other) => other.residentId !== residentId);
}
