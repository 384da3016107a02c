import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Directory } from '../model/directory.ts';
import type { CheckedPart, DamageReport } from '../store/contracts.ts';
import { type DataFolder, openDataFolder } from '../store/folder.ts';
import { checkAuditIn, checkRecords } from '../store/records/check.ts';
import { checkLog } from '../store/records/wal-check.ts';
import { verifyTelemetry } from '../store/telemetry/verify.ts';
import { auditDamage } from './audit-anchor.ts';
import type { Kept } from './config.ts';
import { openDatabase } from './open-database.ts';
import { requireRecordsHere } from './records-place.ts';

/**
 * Reads everything in a data folder that no service uses. Throws AppError `unavailable` when one does: its files are
 * never still, and it checks what it reads by itself.
 */
export async function verifyFolder(kept: Kept, onRows?: (rows: number) => void): Promise<CheckedPart> {
  const folder = await openDataFolder(kept.dataDir);
  try {
    await requireRecordsHere(folder.dir, folder.recordsFile, kept.recordsUrl !== undefined);
    const log = await checkLog(folder.recordsFile);
    const records =
      kept.recordsUrl === undefined ? await recordsPart(folder) : await databasePart(kept.recordsUrl, folder);
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

async function recordsPart({ dir, recordsFile: file }: DataFolder): Promise<CheckedPart> {
  if (!existsSync(file) || statSync(file).size === 0) return { counts: {}, damage: [] };
  try {
    const { counts, damage } = checkRecords(file);
    const ofLog = await auditDamage(dir, async (anchors) => checkAuditIn(file, anchors));
    return { counts, damage: [...damage, ...ofLog] };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { counts: {}, damage: [{ what, where: 'the records file' }] };
  }
}

/** PostgreSQL answers for its own pages (`pg_amcheck`); what is in them is read here. */
async function databasePart(url: string, { dir }: DataFolder): Promise<CheckedPart> {
  const records = await openDatabase(url, { mustExist: true });
  try {
    const directory = new Directory();
    await records.load(directory);
    const open = await records.openAlerts();
    const ofLog = await auditDamage(dir, async (anchors) => (await records.checkAudit(anchors)).damage);
    const { residents, devices, users } = directory;
    const counts = { residents: residents.size, devices: devices.size, users: users.size, 'open alerts': open.length };
    return { counts, damage: [...records.damage, ...ofLog] };
  } finally {
    await records.close();
  }
}

export function damageLine({ what, where }: DamageReport): string {
  return `damaged: ${where}: ${what}`;
}
