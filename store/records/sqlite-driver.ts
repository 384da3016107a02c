import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { Gate, Queue } from './turns.ts';

type Run = (handle: Handle, query: CompiledQuery) => Promise<QueryResult<unknown>>;

/** What one piece of work has of the connection: its turn for each statement, or the whole of it for a transaction. */
class Handle implements DatabaseConnection {
  readonly #run: Run;
  /** In a transaction: lets the next one in. */
  leave: (() => void) | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#run(this, query) as Promise<QueryResult<R>>; // what the statement says, as Kysely knows it
  }

  streamQuery(): never {
    throw new Error('rows are read in pages here, never as a stream');
  }
}

/**
 * One SQLite connection for everybody: transactions one after the other, reads between them. Kysely's own has no way to
 * keep writes waiting while reads go on, and none to hear of what was written.
 */
class RecordsDriver implements Driver {
  readonly #database: SqliteDatabase;
  readonly #onWritten: () => void;
  readonly #queue = new Queue();
  readonly #holds = new Queue();
  readonly #gate = new Gate('the records cannot be written at the moment (the disk is slow); try again');

  constructor(database: SqliteDatabase, onWritten: () => void) {
    this.#database = database;
    this.#onWritten = onWritten;
  }

  async holdWrites(work: () => Promise<void>): Promise<void> {
    const end = await this.#holds.enter();
    try {
      await this.#gate.close(async () => {
        const leave = await this.#queue.enter(); // whoever was let in before has ended
        leave();
        await work();
      });
    } finally {
      end();
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Handle> {
    return new Handle((handle, query) => this.#execute(handle, query));
  }

  async beginTransaction(handle: Handle): Promise<void> {
    await this.#gate.pass();
    handle.leave = await this.#queue.enter();
    this.#run(CompiledQuery.raw('begin'));
  }

  async commitTransaction(): Promise<void> {
    this.#run(CompiledQuery.raw('commit'));
    this.#onWritten();
  }

  async rollbackTransaction(): Promise<void> {
    this.#run(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(handle: Handle): Promise<void> {
    handle.leave?.();
    handle.leave = undefined;
  }

  async destroy(): Promise<void> {
    this.#database.close();
  }

  async #execute(handle: Handle, query: CompiledQuery): Promise<QueryResult<unknown>> {
    if (handle.leave !== undefined) return this.#run(query);
    const isWrite = !/^\s*(select|pragma)\b/i.test(query.sql);
    if (isWrite) await this.#gate.pass();
    const leave = await this.#queue.enter();
    try {
      return this.#run(query);
    } finally {
      leave();
      if (isWrite) this.#onWritten();
    }
  }

  #run({ sql, parameters }: CompiledQuery): QueryResult<unknown> {
    const statement = this.#database.prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters) };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
  }
}

/** Kysely's SQLite over one connection of ours. */
export class RecordsDialect implements Dialect {
  readonly #driver: RecordsDriver;

  /** `onWritten` is told after each change that is committed. */
  constructor(database: SqliteDatabase, onWritten: () => void) {
    this.#driver = new RecordsDriver(database, onWritten);
  }

  readonly createDriver = (): Driver => this.#driver;
  readonly createAdapter = () => new SqliteAdapter();
  readonly createQueryCompiler = () => new SqliteQueryCompiler();
  readonly createIntrospector: Dialect['createIntrospector'] = (db) => new SqliteIntrospector(db);

  /** Nothing is written here while `work` runs. A write waits a moment for its end, and is then refused. */
  holdWrites(work: () => Promise<void>): Promise<void> {
    return this.#driver.holdWrites(work);
  }
}
