import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckedPart } from '../../store/contracts.ts';
import { openDataFolder } from '../../store/folder.ts';
import { repairTelemetry } from '../../store/telemetry/verify.ts';
import { placesIn } from '../backup.ts';
import { readConfig } from '../config.ts';
import { verifyBackup } from '../restore.ts';
import { damageLine, verifyFolder } from '../store-check.ts';
import { UsageError } from '../usage.ts';
import { Progress } from './progress.ts';

const usage = `usage: anju store verify [<folder of a backup>]
       anju store repair`;

/** `anju store verify|repair`: reads everything and says what is damaged; status 1 when anything is. */
export async function store(words: readonly string[]): Promise<number> {
  const [action, dir, ...extra] = words;
  if (extra.length > 0) throw new UsageError(usage);
  if (action === 'verify' && dir !== undefined) return verifyCopy(resolve(dir));
  if (action === 'verify') return told(await verify());
  if (action === 'repair' && dir === undefined) return repair();
  throw new UsageError(usage);
}

async function verify(): Promise<CheckedPart> {
  const progress = new Progress();
  return verifyFolder(readConfig(process.env), (rows) => progress.rows('read', rows)).finally(() => progress.end());
}

async function verifyCopy(dir: string): Promise<number> {
  if (!existsSync(placesIn(dir).manifest)) throw new UsageError(`${dir} is no finished backup\n${usage}`);
  const progress = new Progress();
  const { createdAt, telemetry } = await verifyBackup(dir, (rows) => progress.rows('read', rows)).finally(() =>
    progress.end(),
  );
  process.stdout.write(
    `whole: the backup of ${createdAt}, ${telemetry.rows.toLocaleString('en')} rows and the records\n`,
  );
  return 0;
}

function told({ counts, damage }: CheckedPart): number {
  const parts = Object.entries(counts).map(([what, count]) => `${count.toLocaleString('en')} ${what}`);
  process.stdout.write(`read: ${parts.join(', ') || 'nothing is stored'}\n`);
  for (const report of damage) process.stdout.write(`${damageLine(report)}\n`);
  process.stdout.write(damage.length === 0 ? 'whole: nothing is damaged\n' : `${damage.length} places are damaged\n`);
  return damage.length === 0 ? 0 : 1;
}

/** Works on the files themselves: a copy first is a good idea, and said. */
async function repair(): Promise<number> {
  const { dataDir } = readConfig(process.env);
  const before = await verify();
  const folder = await openDataFolder(dataDir);
  try {
    await repairTelemetry(folder.telemetryDir);
  } finally {
    await folder.release();
  }
  const after = await verify();
  const saved = after.counts.readings ?? 0;
  const readable = before.counts.readings ?? 0;
  process.stdout.write(
    `repaired: ${saved.toLocaleString('en')} readings can be read, ${readable.toLocaleString('en')} could before\n`,
  );
  return told(after);
}
