import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Client } from 'pg';
import type { Link } from './link.ts';

const onlyReads = /^\s*select\b/i;

/**
 * What Kysely takes for a pool of connections: reads go beside each other, everything that writes goes one after the
 * other over one connection, in transactions. A write outside a transaction gets one of its own.
 */
export class RecordsPool implements PostgresPool {
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  async connect(): Promise<PostgresPoolClient> {
    return new Handle(this.#link);
  }

  end(): Promise<void> {
    return this.#link.close();
  }
}

type Turn = { readonly client: Client; readonly leave: () => void };

/** What one piece of work has of the link: nothing, or the writer's turn from `begin` on. */
class Handle implements PostgresPoolClient {
  readonly #link: Link;
  #turn: Turn | undefined;

  constructor(link: Link) {
    this.#link = link;
  }

  query(asked: unknown, parameters: readonly unknown[] = []): never {
    return this.#query(asked as string, parameters) as never; // Kysely asks in words; a cursor is never used here
  }

  release(): void {
    this.#turn?.leave();
    this.#turn = undefined;
  }

  async #query(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<unknown>> {
    if (sql === 'begin') return this.#begin();
    if (sql === 'commit' && this.#turn) return this.#commit(this.#turn);
    if (sql === 'rollback') return this.#rollback();
    if (this.#turn !== undefined) return this.#ask(this.#turn, sql, parameters);
    if (!onlyReads.test(sql)) return this.#alone(sql, parameters);
    return (await this.#link.read(sql, parameters.map(storable))) as unknown as PostgresQueryResult<unknown>;
  }

  async #alone(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<unknown>> {
    await this.#begin();
    try {
      const result = await this.#ask(this.#turn!, sql, parameters); // it has just begun
      await this.#commit(this.#turn!);
      return result;
    } catch (error) {
      await this.#rollback();
      throw error;
    } finally {
      this.release();
    }
  }

  async #begin(): Promise<PostgresQueryResult<never>> {
    const { turn } = this.#link;
    this.#link.requireHere();
    const leave = await turn.line.enter(this.#link.isUrgent);
    try {
      this.#link.requireHere();
      const client = turn.client!; // there as long as PostgreSQL is
      await this.#link.heard(client.query('begin'));
      this.#turn = { client, leave };
      return nothing;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #commit({ client }: Turn): Promise<PostgresQueryResult<never>> {
    await this.#link.heard(this.#link.turn.commit(client));
    return nothing;
  }

  /** Over a connection that is over nothing is under way any more. */
  async #rollback(): Promise<PostgresQueryResult<never>> {
    await this.#turn?.client.query('rollback').catch(() => undefined);
    return nothing;
  }

  async #ask({ client }: Turn, sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<unknown>> {
    const answer = client.query(sql, parameters.map(storable));
    return (await this.#link.heard(answer)) as unknown as PostgresQueryResult<unknown>;
  }
}

const nothing: PostgresQueryResult<never> = { command: 'SELECT', rowCount: 0, rows: [] };

/** PostgreSQL has no text with the character 0 in it; what somebody types into an address may have. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
