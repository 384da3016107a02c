import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { AppError } from '../../model/errors.ts';
import { RecordsDialect } from './sqlite-driver.ts';

/** Statements kept ready: the service uses a few dozen. Those of many rows are long, and rarely the same again. */
const maxPrepared = 200;
const maxPreparedLength = 2_000;
/** Whoever else holds the file locked is waited for so long, and the whole service with it: what cannot be written is kept and tried again. */
const lockedForMs = 100;
/** Result codes that speak of the file and its disk, not of what was asked: busy, locked, read-only, I/O error, full, cannot open. */
const troublesOfTheDisk: ReadonlySet<number> = new Set([5, 6, 8, 10, 13, 14]);

/**
 * Kysely's SQLite dialect on the SQLite that is part of Node, so that nothing has to be compiled or downloaded.
 * `onWritten` is told after each change that is committed.
 */
export function nodeSqliteDialect(database: DatabaseSync, onWritten: () => void = () => undefined): RecordsDialect {
  return new RecordsDialect(new PreparedDatabase(database), onWritten);
}

/**
 * Opens a database that is whole after a power cut and checks references. A commit does not wait for the disk (WAL,
 * synchronous normal), and the log is never copied into the file here, which would: both are done beside
 * (`durability.ts`). What is deleted is overwritten with zeros: it is mostly about people.
 */
export function openSqlite(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: lockedForMs });
  database.exec(
    `pragma journal_mode = wal; pragma synchronous = normal; pragma wal_autocheckpoint = 0;
     pragma cache_size = -65536; pragma secure_delete = on;`,
  );
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
    const statement = sql === 'rollback' ? this.#rollback() : asKyselyKnowsIt(this.#database.prepare(sql));
    // A pragma is carried out when it is prepared: kept ready it would do nothing.
    if (sql.length > maxPreparedLength || sql.startsWith('pragma')) return statement;
    if (this.#prepared.size >= maxPrepared) this.#prepared.clear();
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** A full disk ends a transaction by itself; to end it again would be an error that hides the first. */
  #rollback(): SqliteStatement {
    const statement = asKyselyKnowsIt(this.#database.prepare('rollback'));
    const nothing = { changes: 0, lastInsertRowid: 0 };
    return { ...statement, run: (given) => (this.#database.isTransaction ? statement.run(given) : nothing) };
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
    all: (parameters) => inWords(() => statement.all(...bound(parameters))),
    run: (parameters) => inWords(() => statement.run(...bound(parameters))),
    iterate: (parameters) => statement.iterate(...bound(parameters)),
  };
}

/** A full disk is no mistake of whoever asked, and none of ours: it is said in words, and may be tried again. */
function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
    if (!troublesOfTheDisk.has(code)) throw error;
    const reason = (error as Error).message; // it has a code of SQLite, so it is an Error
    throw new AppError('unavailable', `the records cannot be used at the moment (${reason}); try again`);
  }
}
