import { AppError } from '../model/errors.ts';
import type { Administrator } from './administrator.ts';
import type { Kept } from './config.ts';
import { openRecordsOf } from './stores.ts';

/** The administrator of a data folder on which no service runs. */
export async function openOffline({
  dataDir,
  recordsUrl,
}: Kept): Promise<{ administrator: Administrator; close(): Promise<void> }> {
  const { administration, directory, close } = await openRecordsOf(dataDir, { recordsUrl });
  const administrator: Administrator = {
    importDocument: async (document) => (await administration.importDocument(document)).counts,
    exportDocument: async () => administration.exportDocument(),
    put: async (kind, entity) => {
      await administration.put(kind, entity);
    },
    issueDeviceToken: (id) => administration.issueDeviceToken(id),
    revokeDeviceToken: (id) => administration.revokeDeviceToken(id),
    async setPassword(username, password) {
      const found = [...directory.users.values()].find((user) => user.username === username);
      if (found === undefined) throw new AppError('notFound', `there is no user '${username}'`);
      await administration.setPassword(found.id, password);
    },
  };
  return { administrator, close };
}
