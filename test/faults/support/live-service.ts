import { readConfig } from '../../../app/config.ts';
import { createLog } from '../../../app/log.ts';
import { type Service, startService } from '../../../app/service.ts';
import { adminPassword } from '../../support/service.ts';

/** The service in this process, on free ports: quick to start, for stories that start it often. */
export type LiveService = { readonly http: string; readonly mqttPort: number; readonly stop: Service['stop'] };

export async function startHere(dataDir: string): Promise<LiveService> {
  const config = readConfig({
    ANJU_DATA_DIR: dataDir,
    ANJU_HTTP_PORT: '0',
    ANJU_MQTT_PORT: '0',
    ANJU_ADMIN_PASSWORD: adminPassword,
  });
  const service = await startService(config, createLog('silent'));
  const { http, mqtt } = service.addresses;
  return { http: http.replace(/\/$/, ''), mqttPort: Number(new URL(mqtt).port), stop: () => service.stop() };
}
