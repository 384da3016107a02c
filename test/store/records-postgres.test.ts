import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { openPostgresRecords } from '../../store/records/postgres/open.ts';
import { type PostgresServer, postgres } from '../support/postgres.ts';
import { recordsContract } from './records.contract.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgres();
  // Made once, then copied.
  await (await openPostgresRecords(await server.createDatabase('made'))).close();
});
afterAll(() => server.remove());

recordsContract('records in PostgreSQL', async () => {
  const name = `story_${randomUUID().replaceAll('-', '')}`;
  const url = await server.createDatabase(name, 'made');
  return {
    open: () => openPostgresRecords(url),
    remove: async () => void (await server.ask(`drop database ${name} with (force)`)),
  };
});
