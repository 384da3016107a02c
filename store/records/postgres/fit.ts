import type { Client } from 'pg';
import { AppError } from '../../../model/errors.ts';
import type { Server } from './server.ts';

const oldestVersion = 150_000;

export type Found = {
  readonly version: number;
  readonly named: string;
  readonly encoding: string;
  readonly fsync: string;
  readonly schema: string | null;
  readonly ours: boolean;
  readonly others: string[] | null;
};

/** Asked in one go: what the server is, and whose tables stand in the database. */
const question = `select current_setting('server_version_num')::int as version, current_setting('server_version') as named,
  current_setting('server_encoding') as encoding, current_setting('fsync') as fsync, current_schema() as schema,
  to_regclass('records_turn') is not null as ours,
  (select array_agg(relname::text order by relname) from pg_class
    where relnamespace = to_regnamespace(quote_ident(current_schema())) and relkind in ('r', 'p', 'v', 'm')) as others`;

/** Can the records live here? Throws AppError `unavailable` with a sentence when not. */
export async function requireFit(
  client: Client,
  server: Server,
  mustExist: boolean,
): Promise<{ readonly isNew: boolean }> {
  const { rows } = await client.query<Found>(question);
  const found = rows[0]!; // it always answers with one row
  const missing = mustExist && !found.ours ? 'it holds none yet; put them back first, with pg_restore' : undefined;
  const wrong = wrongWith(found, server) ?? missing;
  if (wrong === undefined) return { isNew: !found.ours };
  throw new AppError('unavailable', `the records in PostgreSQL ${server.name} cannot be opened: ${wrong}`);
}

/** In words; undefined when the records can live there. */
export function wrongWith(
  { version, named, encoding, fsync, schema, ours, others }: Found,
  server: Server,
): string | undefined {
  const { user, database } = server;
  if (version < oldestVersion) return `it is version ${named}; 15 or later is needed`;
  if (encoding !== 'UTF8') return `the database ${database} is in ${encoding}; make one with ENCODING 'UTF8'`;
  if (fsync !== 'on') return 'fsync is off, so a power cut would take what was acknowledged; set fsync = on';
  if (schema === null) return `the user ${user} may use no schema there; GRANT ALL ON SCHEMA public TO ${user}`;
  if (ours || others === null) return undefined;
  const names = others.slice(0, 3).join(', ');
  return `the database ${database} belongs to something else (it holds ${names}); make one for this service alone`;
}
