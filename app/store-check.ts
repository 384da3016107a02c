import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckedPart, DamageReport } from '../store/contracts.ts';
import { openDataFolder } from '../store/folder.ts';
import { checkRecords } from '../store/records/check.ts';
import { checkLog } from '../store/records/wal-check.ts';
import { verifyTelemetry } from '../store/telemetry/verify.ts';

/**
 * Reads everything in a data folder that no service uses. Throws AppError `unavailable` when one does: its files are
 * never still, and it checks what it reads by itself.
 */
export async function verifyFolder(dataDir: string, onRows?: (rows: number) => void): Promise<CheckedPart> {
  const folder = await openDataFolder(dataDir);
  try {
    const log = await checkLog(folder.recordsFile);
    const records = recordsPart(folder.recordsFile);
    const telemetry = existsSync(join(folder.telemetryDir, 'rows'))
      ? await verifyTelemetry(folder.telemetryDir, onRows)
      : { counts: {}, damage: [] };
    return {
      counts: { ...records.counts, ...telemetry.counts },
      damage: [...log, ...records.damage, ...telemetry.damage],
    };
  } finally {
    await folder.release();
  }
}

function recordsPart(file: string): CheckedPart {
  if (!existsSync(file) || statSync(file).size === 0) return { counts: {}, damage: [] };
  try {
    return checkRecords(file);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { counts: {}, damage: [{ what, where: 'the records file' }] };
  }
}

export function damageLine({ what, where }: DamageReport): string {
  return `damaged: ${where}: ${what}`;
}
