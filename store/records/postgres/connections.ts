import pg, { type Client, type Pool } from 'pg';
import { within } from './patience.ts';
import type { Server } from './server.ts';

/** Those who read beside each other; whoever writes has a connection of its own, and so has the lock. */
const readersAtMost = 4;
const urgentAtMost = 3;
const farewellMs = 1_000;

/** The connections of one stretch of time in which PostgreSQL was there; after a trouble all of them are made anew. */
export class Connections {
  readonly readers: Pool;
  /** For those who are to tell somebody something: pages that people turn are never in their way. */
  readonly urgent: Pool;
  readonly #server: Server;
  readonly #onLost: (error: unknown) => void;
  readonly #all = new Set<Client>();
  readonly #over = new AbortController();

  constructor(server: Server, onLost: (error: unknown) => void) {
    this.#server = server;
    this.#onLost = onLost;
    this.readers = this.#pool(readersAtMost);
    this.urgent = this.#pool(urgentAtMost);
  }

  /** Aborted when one of them broke, or they are given up. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  async one(): Promise<Client> {
    this.over.throwIfAborted();
    const client = new pg.Client(this.#server.config);
    client.on('error', (error) => this.#lost(error));
    this.#watch(client);
    await client.connect();
    this.over.throwIfAborted();
    return client;
  }

  /** All at once, whatever they are at: a server that hangs would answer no farewell. Everybody who waits is refused. */
  drop(): void {
    this.#over.abort();
    for (const pool of this.#pools()) if (!pool.ending) void pool.end().catch(() => undefined);
    for (const client of this.#all) streamOf(client).destroy();
  }

  /** In order, as far as PostgreSQL answers: it lets go of the lock then. */
  async end(): Promise<void> {
    this.#over.abort();
    const farewells = [...this.#pools(), ...this.#all].map((one) => one.end());
    await within(farewellMs, Promise.allSettled(farewells)).catch(() => undefined);
    this.drop();
  }

  #pool(max: number): Pool {
    const pool = new pg.Pool({ ...this.#server.config, max, idleTimeoutMillis: 0 });
    pool.on('connect', (client) => this.#watch(client as Client)); // the pool's own class of it
    pool.on('error', (error) => this.#lost(error));
    return pool;
  }

  #pools(): readonly Pool[] {
    return [this.readers, this.urgent];
  }

  #watch(client: Client): void {
    this.#all.add(client);
    client.once('end', () => this.#all.delete(client));
  }

  #lost(error: unknown): void {
    if (this.over.aborted) return;
    this.#over.abort(); // one that breaks ends all of them
    this.#onLost(error);
  }
}

/** `Client.end` says farewell and waits; the types keep quiet about the socket, which pg documents. */
function streamOf(client: Client): { destroy(): void } {
  return (client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }).connection.stream;
}
