import type { AuditAnchor, AuditCheck } from '../../store/contracts.ts';
import { auditDamage } from '../audit-anchor.ts';
import { type Kept, readConfig } from '../config.ts';
import { findLocalDoor, type LocalDoor } from '../local-door.ts';
import { requestOf } from '../local-request.ts';
import { damageLine } from '../store-check.ts';
import { openRecordsOf } from '../stores.ts';
import { UsageError } from '../usage.ts';

const usage = `usage: anju audit verify [<entry>:<hash> …]
Was the audit log changed, cut or written anew? The hashes are what the service's own log said it stood at, or this command before.`;

/** `anju audit verify`: through the running service, or on the folder when none runs; status 1 when the log is not as it was written. */
export async function audit(words: readonly string[]): Promise<number> {
  const [action, ...texts] = words;
  if (action !== 'verify') throw new UsageError(usage);
  const anchors = texts.map(anchorIn);
  if (anchors.length > anchorsAtMost) throw new UsageError(usage);
  const { entries, head, damage } = await checked(readConfig(process.env), anchors);
  for (const report of damage) process.stdout.write(`${damageLine(report)}\n`);
  const count = entries.toLocaleString('en');
  if (damage.length === 0)
    process.stdout.write(`whole: ${count} entries; keep this elsewhere: ${head.id}:${head.hash}\n`);
  else process.stdout.write(`${count} entries, ${damage.length} places are not as they were written\n`);
  return damage.length === 0 ? 0 : 1;
}

/** A query has room for fifty. */
const anchorsAtMost = 10;
const keptAtMost = 40;

function anchorIn(text: string): AuditAnchor {
  const [, id, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
  if (id === undefined || hash === undefined) throw new UsageError(`${text} is no <entry>:<hash>\n${usage}`);
  return { id: Number(id), hash };
}

/** The heads that were kept beside the records are asked about as well. */
async function checked(kept: Kept, anchors: readonly AuditAnchor[]): Promise<AuditCheck> {
  const door = await findLocalDoor(kept.dataDir);
  let found: AuditCheck | undefined;
  const damage = await auditDamage(kept.dataDir, async (known) => {
    const all = [...known.slice(-keptAtMost), ...anchors];
    found = door ? await asked(door, all) : await read(kept, all);
    return found.damage;
  });
  const { entries = 0, head = { id: 0, hash: '' } } = found ?? {};
  return { entries, head, damage };
}

async function asked(door: LocalDoor, anchors: readonly AuditAnchor[]): Promise<AuditCheck> {
  const query = new URLSearchParams({ verify: 'true', limit: '1' });
  if (anchors.length > 0) query.set('anchors', anchors.map(({ id, hash }) => `${id}:${hash}`).join());
  const { check } = (await (await requestOf(door, 'GET', `/audit?${query}`)).json()) as { check: AuditCheck };
  return check;
}

async function read({ dataDir, recordsUrl }: Kept, anchors: readonly AuditAnchor[]): Promise<AuditCheck> {
  const { records, close } = await openRecordsOf(dataDir, { recordsUrl });
  return records.checkAudit(anchors).finally(close);
}
