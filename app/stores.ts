import { answerKeyOf } from '../alerts/answer-links.ts';
import type { VapidKeys } from '../alerts/channels/push-encryption.ts';
import { vapidKeysOf } from '../alerts/channels/web-push.ts';
import { webhookSecretOf } from '../alerts/channels/webhook.ts';
import { Directory } from '../model/directory.ts';
import { createAdministration } from '../store/administration.ts';
import type { Administration, RecordStore, TelemetryStore } from '../store/contracts.ts';
import { type DataFolder, openDataFolder } from '../store/folder.ts';
import type { SyncLog } from '../store/records/group-sync.ts';
import { openRecords } from '../store/records/records.ts';
import { hashPassword, newToken } from '../store/secrets.ts';
import { openTelemetry, type TelemetryOptions } from '../store/telemetry/telemetry.ts';
import { openDatabase } from './open-database.ts';
import { noteRecordsElsewhere, requireRecordsHere } from './records-place.ts';

/** What is kept, and the community read from it. */
export type Records = {
  readonly records: RecordStore;
  readonly directory: Directory;
  readonly administration: Administration;
  close(): Promise<void>;
};

export type Stores = Records & {
  readonly telemetry: TelemetryStore;
  /** Signs webhooks of contacts that have no secret of their own. */
  readonly webhookSecret: string;
  /** Name this service to push services. */
  readonly vapidKeys: VapidKeys;
  /** Signs the links people answer with. */
  readonly answerKey: string;
  /** Of a password nobody knows: checking against it makes unknown user names cost what wrong passwords cost. */
  readonly decoyPasswordHash: string;
};

export type RecordsOptions = {
  readonly log?: SyncLog;
  /** Epoch ms; the machine's when absent. */
  readonly clock?: () => number;
  /** `Config.recordsUrl` */
  readonly recordsUrl?: string | undefined;
};

/** Records and community of a data folder; nobody else may use the folder until `close`. */
export async function openRecordsOf(
  dataDir: string,
  options: RecordsOptions = {},
): Promise<Records & { readonly telemetryDir: string }> {
  const { clock } = options;
  const folder = await openDataFolder(dataDir);
  try {
    const records = await recordsFor(folder, options);
    const directory = new Directory();
    await records.load(directory);
    const administration = createAdministration({ records, directory, hashPassword, ...(clock && { clock }) });
    const close = async (): Promise<void> => {
      await records.close();
      await folder.release();
    };
    return { records, directory, administration, telemetryDir: folder.telemetryDir, close };
  } catch (error) {
    await folder.release();
    throw error;
  }
}

/** The file in the folder, or the database that has its records. */
async function recordsFor({ dir, recordsFile }: DataFolder, options: RecordsOptions): Promise<RecordStore> {
  const { log, clock, recordsUrl } = options;
  await requireRecordsHere(dir, recordsFile, recordsUrl !== undefined);
  if (recordsUrl === undefined) return openRecords(recordsFile, log && { log, isServing: true });
  const records = await openDatabase(recordsUrl, { ...(log && { log }), ...(clock && { clock }) });
  try {
    await noteRecordsElsewhere(dir, records);
    return records;
  } catch (error) {
    await records.close();
    throw error;
  }
}

type StoreOptions = Pick<Partial<TelemetryOptions>, 'keepsForwardLog'> & RecordsOptions;

/** Everything on disk, opened and verified. */
export async function openStores(
  dataDir: string,
  { log, clock, recordsUrl, ...options }: StoreOptions = {},
): Promise<Stores> {
  const records = await openRecordsOf(dataDir, { ...(log && { log }), ...(clock && { clock }), recordsUrl });
  try {
    const telemetry = await openTelemetry(records.telemetryDir, options);
    const close = async (): Promise<void> => {
      try {
        await telemetry.close();
      } finally {
        await records.close();
      }
    };
    return {
      ...records,
      telemetry,
      webhookSecret: await webhookSecretOf(records.records),
      vapidKeys: await vapidKeysOf(records.records),
      answerKey: await answerKeyOf(records.records),
      decoyPasswordHash: await hashPassword(newToken()),
      close,
    };
  } catch (error) {
    await records.close();
    throw error;
  }
}
