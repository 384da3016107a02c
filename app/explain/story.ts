import { z } from 'zod';
import { AlertView, viewOfAlert } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import type { Kept } from '../config.ts';
import { findLocalDoor } from '../local-door.ts';
import { requestOf } from '../local-request.ts';
import { openRecordsOf } from '../stores.ts';

/** An alert with its time line and who was told: as much of the answer of `GET /alerts/{id}` as the explanation needs. */
export const Story = AlertView.extend({
  timeline: z.array(
    z.object({
      at: z.string(),
      what: z.string(),
      who: z.string(),
      detail: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  notifications: z.array(
    z.object({ recipientId: z.string(), recipientName: z.string(), channel: z.string(), state: z.string() }),
  ),
});
export type Story = z.infer<typeof Story>;

/** Asks the running service of the folder, or reads the folder when none runs. Throws AppError when there is no such alert. */
export async function storyOf(kept: Kept, alertId: string): Promise<Story> {
  const door = await findLocalDoor(kept.dataDir);
  if (door === undefined) return storyOnDisk(kept, alertId);
  const response = await requestOf(door, 'GET', `/alerts/${encodeURIComponent(alertId)}`);
  return Story.parse(await response.json());
}

async function storyOnDisk({ dataDir, recordsUrl }: Kept, alertId: string): Promise<Story> {
  const { records, close } = await openRecordsOf(dataDir, { recordsUrl });
  try {
    const alert = await records.alert(alertId);
    if (alert === undefined) throw new AppError('notFound', `there is no alert ${alertId} in ${dataDir}`);
    const entries = await records.timeline(alertId);
    return Story.parse({
      ...viewOfAlert(alert),
      timeline: entries.map(({ atMs, what, who, detail }) => ({
        at: new Date(atMs).toISOString(),
        what,
        who,
        ...(detail && { detail }),
      })),
      notifications: await records.notificationsOf(alertId),
    });
  } finally {
    await close();
  }
}
