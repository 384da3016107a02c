import type { PersonData } from '../api/parts.ts';
import { AppError } from '../model/errors.ts';
import type { RecordStore, TelemetryStore } from '../store/contracts.ts';
import { type ErasureParts, erasePerson, type LiveMemory } from './person-erasure.ts';
import { type ExportParts, exportPerson } from './person-export.ts';

/** What a person may ask of whoever keeps data about them: a copy of everything, and that it be erased. */
export function personData(parts: ErasureParts & ExportParts): PersonData {
  return {
    async *export(residentId) {
      for await (const line of exportPerson(parts, residentId, parts.clock())) yield `${JSON.stringify(line)}\n`;
    },
    erase: (residentId, by) => erasePerson(parts, residentId, by),
  };
}

/** When no service runs, nothing is in memory; but signals may wait on the disk for the next start. */
export function memoryOnDisk(records: RecordStore, telemetry: Pick<TelemetryStore, 'pendingSignals'>): LiveMemory {
  const requireQuiet = async (residentId: string): Promise<void> => {
    refuseOpen((await records.openAlerts()).filter((alert) => alert.residentId === residentId));
    for await (const { subjectId } of telemetry.pendingSignals()) {
      if (subjectId !== residentId) continue;
      throw new AppError(
        'conflict',
        'Something happened that is no alert yet: start the service once, then ask again.',
      );
    }
  };
  return { requireQuiet, silence: requireQuiet, forget: () => undefined };
}

/** Throws AppError `conflict` naming the alerts. */
export function refuseOpen(open: readonly { readonly id: string }[]): void {
  if (open.length === 0) return;
  const ids = open.map(({ id }) => id).join(', ');
  throw new AppError(
    'conflict',
    `Alerts are open (${ids}): somebody may be on the way. Nothing was changed; resolve them first.`,
  );
}
