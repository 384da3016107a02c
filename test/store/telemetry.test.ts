import { join } from 'node:path';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { remove, tempFolder } from './support/places.ts';
import { telemetryContract } from './telemetry.contract.ts';

telemetryContract('telemetry on LevelDB', async () => {
  const dir = await tempFolder();
  return { open: () => openTelemetry(join(dir, 'telemetry')), remove: () => remove(dir) };
});
