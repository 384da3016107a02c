import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { openPostgresRecords } from '../../store/records/postgres/open.ts';
import { type PostgresServer, postgres } from '../support/postgres.ts';
import { recordsContract } from './records.contract.ts';
import { keepingContract } from './records-keeping.contract.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgres();
  // Made once, then copied.
  await (await openPostgresRecords(await server.createDatabase('made'))).close();
});
afterAll(() => server.remove());

async function freshPlace() {
  const name = `story_${randomUUID().replaceAll('-', '')}`;
  const url = await server.createDatabase(name, 'made');
  const remove = async () => void (await server.ask(`drop database ${name} with (force)`));
  return { open: () => openPostgresRecords(url), remove };
}

recordsContract('records in PostgreSQL', freshPlace);
keepingContract('what is kept in PostgreSQL', freshPlace);
