import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { AppError } from '../../../model/errors.ts';
import { within } from './patience.ts';
import type { Server } from './server.ts';

/** "anju": of all advisory locks in a database this one is ours. */
const lockKey = 0x61_6e_6a_75;
/** A service that was killed leaves the lock to the next one as soon as PostgreSQL notices. */
const lockWaitsForMs = 2_000;
const lockAskedEveryMs = 100;
const heartbeatEveryMs = 500;
/** A server that hangs is noticed by then, and everybody is refused at once instead of waiting. */
export const answersWithinMs = 500;

/** A machine that is gone without a word does not keep the lock for longer than half a minute. */
const keepAlives = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

/** Another service has the database. */
export class Locked extends AppError {
  constructor(words: string) {
    super('unavailable', words);
  }
}

/** One service for each database: whoever has the lock. It ends with the connection. Throws AppError `unavailable`. */
export async function takeLock(client: Client, server: Server): Promise<void> {
  await client.query(keepAlives);
  const endMs = performance.now() + lockWaitsForMs;
  while (!(await tryLock(client))) {
    if (performance.now() > endMs) throw await lockedBySomebody(client, server);
    await pause(lockAskedEveryMs);
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${lockKey}) as taken`);
  return rows[0]?.taken === true;
}

async function lockedBySomebody(client: Client, { name }: Server): Promise<Locked> {
  const { rows } = await client.query<{ address: string | null }>(`select client_addr::text as address
    from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and objid = ${lockKey} and granted
    and pg_locks.database = (select oid from pg_database where datname = current_database())`);
  const from = rows[0]?.address == null ? '' : ` from ${rows[0].address}`;
  return new Locked(
    `another service${from} uses the records in PostgreSQL ${name}: stop it first, or give this one a database of its own`,
  );
}

/** Asks again and again whether PostgreSQL is there; ends with the first time it is not, or when `signal` says so. */
export async function watchHeartbeat(
  client: Client,
  signal: AbortSignal,
  onSilent: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await within(answersWithinMs, client.query('select 1'));
    } catch (error) {
      if (!signal.aborted) onSilent(error);
      return;
    }
    await pause(heartbeatEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
