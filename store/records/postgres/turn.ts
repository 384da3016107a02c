import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { AppError } from '../../../model/errors.ts';
import { codeOf, isConnectionOver } from './in-words.ts';
import { Line } from './line.ts';

/*
 * One row says which change was the last one. Each change names the one before it and puts itself in its place, in its
 * own transaction. So
 *
 * - a connection that breaks while a commit is under way leaves a question that the row answers: is it there, or not?
 * - nobody else can have written in between without our seeing it: then the change before is not the last one any more,
 *   the row refuses (it must not be null), and with it the whole change.
 */
const makeRow = `create table if not exists records_turn (id integer primary key check (id = 1), last text not null);
  insert into records_turn (id, last) values (1, 'none') on conflict do nothing`;
const holdRow = 'begin; select last from records_turn where id = 1 for update';
/** What is answered is on disk: also where the server or the database is set up otherwise. */
const onDisk = `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')`;
const notNull = '23502';

/** Whether a change was stored will be known when the server can be asked again. */
export class InDoubt extends AppError {
  readonly outcome: Promise<boolean>;

  constructor(outcome: Promise<boolean>) {
    super(
      'unavailable',
      'PostgreSQL went away while it stored this, so it may be stored or not: look before you try again',
    );
    this.outcome = outcome;
  }
}

/** Somebody else has written: what is in memory here is not what is stored any more. */
export class TakenOver extends AppError {
  constructor() {
    super(
      'unavailable',
      'another service has written to these records meanwhile: stop one of the two and restart the other',
    );
  }
}

/** The one connection that writes, one transaction after the other. */
export class WritersTurn {
  readonly line = new Line();
  #client: Client | undefined;
  #last: string | undefined;
  /** Marks of our own by which a broken connection was fenced off. */
  readonly #fences = new Set<string>();
  #doubt: { readonly mark: string; readonly settle: (isStored: boolean) => void } | undefined;

  static async makeRow(client: Client): Promise<void> {
    await client.query(makeRow);
  }

  /** The connection, for one transaction from `begin` to `commit`. */
  get client(): Client | undefined {
    return this.#client;
  }

  /**
   * Writes over this connection from now on. What the one before left under way is over then: its commit has counted, or
   * cannot count any more. Throws TakenOver.
   */
  async join(client: Client): Promise<void> {
    await client.query(onDisk);
    const found = await heldMark(client);
    this.#judge(found);
    const fence = randomUUID();
    this.#fences.add(fence);
    await client.query(`update records_turn set last = '${fence}' where id = 1; commit`);
    this.#settle(false);
    this.#fences.clear();
    [this.#last, this.#client] = [fence, client];
  }

  leave(): void {
    this.#client = undefined;
  }

  async commit(client: Client): Promise<void> {
    const mark = randomUUID();
    const next = `update records_turn set last = case last when '${this.#last}' then '${mark}' end where id = 1; commit`;
    try {
      await client.query(next);
    } catch (error) {
      if (codeOf(error) === notNull) throw new TakenOver();
      throw isConnectionOver(error) ? this.#inDoubt(mark) : error;
    }
    this.#last = mark;
  }

  /** The row is held: whoever was about to commit has done so, or does so behind us and is refused. */
  #judge(found: string): void {
    const isOurs = this.#last === undefined || found === this.#last || this.#fences.has(found);
    if (found === this.#doubt?.mark) {
      this.#last = found;
      this.#settle(true);
    } else if (!isOurs) throw new TakenOver();
  }

  #inDoubt(mark: string): InDoubt {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#doubt = { mark, settle: resolve };
    return new InDoubt(promise);
  }

  #settle(isStored: boolean): void {
    this.#doubt?.settle(isStored);
    this.#doubt = undefined;
  }
}

async function heldMark(client: Client): Promise<string> {
  // Two statements have two results, which the types do not know.
  const results = (await client.query(holdRow)) as unknown as readonly { readonly rows: readonly { last: string }[] }[];
  const row = results[1]?.rows[0];
  if (row === undefined) throw new TakenOver();
  return row.last;
}
