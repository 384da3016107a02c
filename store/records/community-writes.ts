import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { AppError } from '../../model/errors.ts';
import type { DamageReport, EntityWrite } from '../contracts.ts';
import { refuseTakenUsername, refuseTakenUsernames, writeCommunity } from './community.ts';
import type { Tables } from './tables.ts';
import { Queue } from './turns.ts';

type Piece = Tables['staged_writes'];

/** So many changes are written in pieces. */
const inPiecesFrom = 1_000;
/** Of one piece: some milliseconds, which everybody else waits for at most. */
const changesAPiece = 200;
const decidedKey = 'stagedWrites';
/** While the log of the records begins anew nobody writes: an import is not given up for that. */
const firstPauseMs = 50;
const longestPauseMs = 4_000;

/**
 * Changes of the community: each all or nothing, one after the other.
 *
 * The import of a city takes seconds, and SQLite has one writer: in one transaction nobody could acknowledge an alarm
 * meanwhile. So a large one is first written down piece by piece where nobody reads it, then decided by one row, then
 * carried out piece by piece; everybody else has a turn after each. Ended before the decision nothing has happened; ended
 * after it, the rest is carried out at the next start, before anybody reads. While the service runs the community is read
 * from memory, which gets all of it afterwards.
 */
export class CommunityWrites {
  readonly #db: Kysely<Tables>;
  readonly #damage: DamageReport[];
  readonly #turns = new Queue();
  /** False: what an earlier import left is to be carried out or taken away first. */
  #isSettled = true;

  constructor(db: Kysely<Tables>, damage: DamageReport[]) {
    this.#db = db;
    this.#damage = damage;
  }

  /** Throws AppError `conflict` when a username is another's. */
  async write(changes: readonly EntityWrite[]): Promise<void> {
    const leave = await this.#turns.enter();
    try {
      if (!this.#isSettled) await this.#settle();
      if (changes.length >= inPiecesFrom) await this.#inPieces(changes);
      else await this.#together((trx) => writeCommunity(trx, changes, setImmediate)).catch(refuseTakenUsername);
    } finally {
      leave();
    }
  }

  /** Before the community is read. What cannot be carried out keeps nobody from being served: it is said, and tried again. */
  async begin(): Promise<void> {
    this.#isSettled = false;
    await this.#settle().catch((error: unknown) => {
      if (error instanceof AppError) throw error;
      const what = `a part of an import could not be carried out, and is tried again before the next change: ${error}`;
      this.#damage.push({ what, where: 'staged_writes' });
    });
  }

  /** Carries out what was decided, and takes away what was not. */
  async #settle(): Promise<void> {
    const marks = this.#db.selectFrom('settings').select('key').where('key', '=', decidedKey);
    const isDecided = (await marks.executeTakeFirst()) !== undefined;
    for (let piece = await this.#firstPiece(); piece !== undefined; piece = await this.#firstPiece()) {
      const taken = piece;
      await setImmediate(); // SQLite works on this thread
      await patiently(() => this.#takeOff(taken, isDecided));
    }
    // Last: as long as it stands, every piece there is was decided.
    if (isDecided) await patiently(() => this.#db.deleteFrom('settings').where('key', '=', decidedKey).execute());
    this.#isSettled = true;
  }

  async #inPieces(changes: readonly EntityWrite[]): Promise<void> {
    await refuseTakenUsernames(this.#db, changes);
    this.#isSettled = false;
    try {
      await this.#stage(changes);
      await patiently(() => this.#decide());
    } catch (error) {
      await this.#settle().catch(() => undefined); // else before the next change, or at the next start
      throw error;
    }
    // It is decided: what the disk does not take now is carried out before the next change, or at the next start.
    await this.#settle().catch(() => undefined);
  }

  async #stage(changes: readonly EntityWrite[]): Promise<void> {
    for (let position = 0; position < changes.length; position += changesAPiece) {
      await setImmediate();
      const doc = JSON.stringify(changes.slice(position, position + changesAPiece));
      const piece = this.#db.insertInto('staged_writes').values({ position, doc });
      await patiently(() => piece.onConflict((conflict) => conflict.doNothing()).execute());
    }
  }

  /** A database that went away may have stored it already. */
  async #decide(): Promise<void> {
    const mark = this.#db.insertInto('settings').values({ key: decidedKey, value: '' });
    await mark.onConflict((conflict) => conflict.doNothing()).execute();
  }

  #firstPiece(): Promise<Piece | undefined> {
    return this.#db.selectFrom('staged_writes').selectAll().orderBy('position').limit(1).executeTakeFirst();
  }

  /** Carried out and gone in one. */
  #takeOff(piece: Piece, isDecided: boolean): Promise<void> {
    return this.#together(async (trx) => {
      if (isDecided) await writeCommunity(trx, this.#changesIn(piece), async () => undefined);
      await trx.deleteFrom('staged_writes').where('position', '=', piece.position).execute();
    });
  }

  /** One damaged row keeps nobody from being served: what it held is missing, and said. */
  #changesIn({ position, doc }: Piece): readonly EntityWrite[] {
    try {
      return JSON.parse(doc) as EntityWrite[];
    } catch {
      this.#damage.push({
        what: 'a part of an import cannot be read and is left out',
        where: `staged_writes ${position}`,
      });
      return [];
    }
  }

  #together<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(work);
  }
}

/** What the disk refuses for a moment is tried again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    try {
      return await work();
    } catch (error) {
      const isForAMoment = error instanceof AppError && error.code === 'unavailable' && pauseMs <= longestPauseMs;
      if (!isForAMoment) throw error;
    }
    await pause(pauseMs);
  }
}
