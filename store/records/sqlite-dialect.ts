import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';

/** Statements kept ready: the service uses a few dozen. Those of many rows are long, and rarely the same again. */
const maxPrepared = 200;
const maxPreparedLength = 2_000;

/** Kysely's SQLite dialect on the SQLite that is part of Node, so that nothing has to be compiled or downloaded. */
export function nodeSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: new PreparedDatabase(database) });
}

/** Opens a database that survives a power cut after each commit (WAL, synchronous full) and checks references. */
export function openSqlite(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5_000 });
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536;');
  return database;
}

class PreparedDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, SqliteStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = asKyselyKnowsIt(this.#database.prepare(sql));
    if (sql.length > maxPreparedLength) return statement;
    if (this.#prepared.size >= maxPrepared) this.#prepared.clear();
    this.#prepared.set(sql, statement);
    return statement;
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }
}

function asKyselyKnowsIt(statement: StatementSync): SqliteStatement {
  // Kysely passes on what our typed tables allow, and those hold only what SQLite takes.
  const bound = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bound(parameters)),
    run: (parameters) => statement.run(...bound(parameters)),
    iterate: (parameters) => statement.iterate(...bound(parameters)),
  };
}
