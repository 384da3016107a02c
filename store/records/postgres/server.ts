import { type ClientConfig, types } from 'pg';

/** A database on a PostgreSQL server: how it is named in sentences (never with its password), and how it is spoken to. */
export type Server = {
  readonly name: string;
  readonly database: string;
  readonly user: string;
  readonly config: ClientConfig;
};

/** Whoever cannot be reached is taken to be away after so long. */
export const connectWithinMs = 2_000;
/** PostgreSQL gives up a statement itself, and a lock it does not get. */
const statementMayTakeMs = 20_000;
const lockMayTakeMs = 5_000;
/** The last resort, for a connection whose other end is gone without a word. */
const answerWithinMs = 25_000;

const int8 = 20;
const bytea = 17;

/** `url`: `postgres://user:password@host:port/database`, checked before. */
export function serverOf(url: string): Server {
  const { username, hostname, port, pathname, searchParams } = new URL(url);
  const host = hostname || (searchParams.get('host') ?? 'localhost');
  const [user, database] = [decodeURIComponent(username), decodeURIComponent(pathname.slice(1))];
  const config: ClientConfig = {
    connectionString: url,
    application_name: 'anju',
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: statementMayTakeMs,
    lock_timeout: lockMayTakeMs,
    query_timeout: answerWithinMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: parserOf },
  };
  return { name: `${host}:${port || '5432'}/${database}`, database, user, config };
}

/** Numbers are numbers, as in SQLite: times in milliseconds and counts are far below 2 to the power of 53. Bytes are bytes. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === int8) return Number;
  const parse: (value: string) => unknown = types.getTypeParser(oid, format as 'text'); // the same either way here
  return oid === bytea ? (value) => new Uint8Array(parse(value) as Buffer) : parse;
}
