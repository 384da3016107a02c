import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, vi } from 'vitest';
import { openInfluxHistory } from '../../store/influx/history.ts';
import { type Influx, influx } from '../support/influx-servers.ts';
import { historyContract } from './history.contract.ts';

// Everything goes through a second server, which shares its machine with every other test.
vi.setConfig({ testTimeout: 60_000 });

let server: Influx;
beforeAll(async () => {
  server = await influx();
});
afterAll(() => server.remove());

historyContract('history in InfluxDB 1.6.7, with the v2 write route in front', async () => {
  const bucket = `history-${randomUUID()}`;
  await server.createDatabase(bucket);
  const history = openInfluxHistory({ url: server.url, bucket });
  return { open: async () => history, remove: async () => history.close() };
});
