import pg from 'pg';
import type { SyncState } from '../../contracts.ts';
import type { Engine } from '../engine.ts';
import { inWords } from './in-words.ts';
import type { Link } from './link.ts';
import type { Server } from './server.ts';
import { InDoubt } from './turn.ts';

/** Tables made anew while others wait for them, one after the other. */
const rewriteMayTakeMs = 600_000;

/** A database on a PostgreSQL server: what is committed is on its disk, and it may be away. */
export class PostgresEngine implements Engine {
  readonly #link: Link;
  readonly #server: Server;
  /** Of those whose writer was told that nobody knows: they were stored. */
  readonly #stored = new WeakSet<object>();

  constructor(link: Link, server: Server) {
    this.#link = link;
    this.#server = server;
  }

  /** Every commit waits for the disk. */
  async durable(): Promise<void> {}

  get state(): SyncState {
    const { away } = this.#link;
    return { isFailing: false, waitingMs: 0, ...(away && { away }) };
  }

  first<T>(work: () => Promise<T>): Promise<T> {
    return this.#link.first(work);
  }

  promptly<T>(changes: number, work: () => Promise<T>): Promise<T> {
    return this.#link.promptly(changes, work);
  }

  async once<T extends object>(things: readonly T[], write: (some: readonly T[]) => Promise<void>): Promise<void> {
    const some = things.filter((thing) => !this.#stored.has(thing));
    if (some.length === 0) return;
    await write(some).catch((error: unknown) => {
      if (error instanceof InDoubt) void error.outcome.then((isStored) => isStored && this.#remember(some));
      throw error;
    });
  }

  #remember(things: readonly object[]): void {
    for (const thing of things) this.#stored.add(thing);
  }

  /** Makes each table anew, so that nothing of what was deleted is left in its file. The log of the server keeps it for a while. */
  async rewrite(atMostBytes: number): Promise<boolean> {
    this.#link.requireHere();
    const client = new pg.Client({
      ...this.#server.config,
      statement_timeout: rewriteMayTakeMs,
      query_timeout: rewriteMayTakeMs,
    });
    client.on('error', () => undefined); // whoever waits is told
    try {
      await client.connect();
      const tables = await tablesOf(client);
      if (tables.reduce((sum, { bytes }) => sum + bytes, 0) > atMostBytes) return false;
      for (const { name } of tables) await client.query(`vacuum full ${name}`);
      return true;
    } catch (error) {
      throw inWords(error);
    } finally {
      await client.end();
    }
  }

  /** `pg_dump` */
  snapshot(): undefined {}

  close(): Promise<void> {
    return this.#link.close();
  }
}

async function tablesOf(client: pg.Client): Promise<{ readonly name: string; readonly bytes: number }[]> {
  const { rows } = await client.query(`select quote_ident(relname) as name, pg_total_relation_size(oid) as bytes
    from pg_class where relnamespace = to_regnamespace(quote_ident(current_schema())) and relkind = 'r' order by relname`);
  return rows;
}
