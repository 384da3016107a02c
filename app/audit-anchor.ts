import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../api/parts.ts';
import type { AuditAnchor, DamageReport, RecordStore } from '../store/contracts.ts';

const Anchors = z.array(z.object({ id: z.int().nonnegative(), hash: z.string(), at: z.iso.datetime() }));
type Anchors = z.infer<typeof Anchors>;
/** Two years of one an hour; older ones go. */
const anchorsAtMost = 17_520;

const fileOf = (dataDir: string): string => join(dataDir, 'audit-anchors.json');

export type AnchorParts = {
  readonly dataDir: string;
  readonly records: Pick<RecordStore, 'auditHead' | 'checkAudit'>;
  readonly log: Log;
};

/**
 * Writes down where the audit log stands, beside the records and in the service's own log, which should be collected on
 * another machine: whoever cuts the audit log or writes it anew would have to reach all of them.
 */
export async function anchorAudit({ dataDir, records, log }: AnchorParts, nowMs: number): Promise<void> {
  const { id, hash } = await records.auditHead();
  const before = (await anchorsIn(dataDir)) ?? [];
  if (before.at(-1)?.hash === hash) return;
  const anchors = [...before, { id, hash, at: new Date(nowMs).toISOString() }].slice(-anchorsAtMost);
  const file = fileOf(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(anchors), { mode: 0o600 });
  await rename(`${file}.new`, file);
  log.info({ anchor: `${id}:${hash}` }, 'the audit log stands here');
}

/** What is not as it was written, and where the log ends. `check` is given the heads kept beside the records. */
export async function auditDamage(
  dataDir: string,
  check: (anchors: readonly AuditAnchor[]) => Promise<readonly DamageReport[]>,
): Promise<readonly DamageReport[]> {
  const anchors = await anchorsIn(dataDir);
  const damage = await check(anchors ?? []);
  if (anchors !== undefined) return damage;
  return [...damage, { where: fileOf(dataDir), what: 'cannot be read: it does not tell where the audit log stood' }];
}

/** Says in the service's log what of the audit log is not as it was written. */
export async function tellAuditDamage({ dataDir, records, log }: AnchorParts): Promise<void> {
  const damage = await auditDamage(dataDir, async (anchors) => (await records.checkAudit(anchors)).damage);
  for (const { what, where } of damage) log.error({ where }, `the audit log is not as it was written: ${what}`);
}

/** Undefined when there is a file, but not one that we wrote. */
async function anchorsIn(dataDir: string): Promise<Anchors | undefined> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => '[]');
  try {
    return Anchors.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
