import type { PersonData } from '../api/parts.ts';
import type { Config } from './config.ts';
import { copyOutOfReach, historiesOf } from './histories.ts';
import { createLog } from './log.ts';
import { memoryOnDisk, personData } from './person-data.ts';
import { openStores } from './stores.ts';
import { rewriteIfDue } from './unfinished-erasures.ts';

/** Does `work` on a data folder on which no service runs. */
export async function offlinePersonData<T>(config: Config, work: (data: PersonData) => Promise<T>): Promise<T> {
  const hasCopy = config.influx !== undefined;
  const stores = await openStores(config.dataDir, { keepsForwardLog: hasCopy, recordsUrl: config.recordsUrl });
  const { records, telemetry } = stores;
  try {
    const memory = memoryOnDisk(records, telemetry);
    const result = await work(
      personData({
        ...stores,
        histories: historiesOf(telemetry, hasCopy ? copyOutOfReach() : undefined),
        memory,
        clock: Date.now,
        log: createLog('warn'),
      }),
    );
    await rewriteIfDue(records);
    return result;
  } finally {
    await stores.close();
  }
}
