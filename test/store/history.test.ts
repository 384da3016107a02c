import { join } from 'node:path';
import type { TelemetryStore } from '../../store/contracts.ts';
import { levelHistory } from '../../store/telemetry/history.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { historyContract } from './history.contract.ts';
import { remove, tempFolder } from './support/places.ts';

historyContract('history on LevelDB', async () => {
  const dir = await tempFolder();
  let store: TelemetryStore | undefined;
  return {
    async open() {
      store = await openTelemetry(join(dir, 'telemetry'));
      return levelHistory(store);
    },
    async remove() {
      await store?.close();
      await remove(dir);
    },
  };
});
