import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { QueryResult } from 'pg';
import { AppError } from '../../../model/errors.ts';
import type { SyncState } from '../../contracts.ts';
import type { SyncLog } from '../group-sync.ts';
import { Connections } from './connections.ts';
import { requireFit } from './fit.ts';
import { answersWithinMs, Locked, takeLock, watchHeartbeat } from './holder.ts';
import { inWords, isConnectionOver, openingRefusal, reasonOf } from './in-words.ts';
import { within } from './patience.ts';
import type { Server } from './server.ts';
import { InDoubt, TakenOver, WritersTurn } from './turn.ts';

const firstRetryMs = 100;
const longestRetryMs = 2_000;
/** A change on the way back has to be stored so soon; slower, and every emergency would wait for it. */
const rejoinWithinMs = 5_000;
/** Whoever is told something waits so long, and a little longer for each change. */
const promptlyMs = answersWithinMs;
const aChangeMs = 3;

export type LinkParts = {
  readonly server: Server;
  readonly log: SyncLog;
  readonly clock: () => number;
  readonly mustExist: boolean;
};

/**
 * The way to PostgreSQL. It is there or it is away, for everybody at once: the first who gets no answer closes it, and
 * then nobody waits for a server that does not answer until it does again. Whoever holds its lock is the one service
 * that writes there; who has to give that up for good (`TakenOver`) does not come back.
 */
export class Link {
  readonly turn = new WritersTurn();
  readonly #urgent = new AsyncLocalStorage<true>();
  readonly #parts: LinkParts;
  #connections: Connections | undefined;
  #away: SyncState['away'];
  #isClosed = false;

  private constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  /** Throws AppError `unavailable` with a sentence. */
  static async open(parts: LinkParts): Promise<Link> {
    const link = new Link(parts);
    try {
      await link.#join();
      return link;
    } catch (error) {
      await link.close();
      throw openingRefusal(error, parts.server);
    }
  }

  get away(): SyncState['away'] {
    return this.#away;
  }

  /** Throws AppError `unavailable` while PostgreSQL is away. */
  requireHere(): void {
    if (this.#away !== undefined) throw new AppError('unavailable', this.#away.why);
    if (this.#isClosed) throw new AppError('unavailable', 'the records are closed');
  }

  /** Is this to be done before all others? */
  get isUrgent(): boolean {
    return this.#urgent.getStore() === true;
  }

  async read(sql: string, parameters: readonly unknown[]): Promise<QueryResult> {
    this.requireHere();
    const { urgent, readers } = this.#connections!; // there as long as PostgreSQL is
    return this.heard((this.isUrgent ? urgent : readers).query(sql, [...parameters]));
  }

  /** What PostgreSQL answers; errors in words, and a connection that is over closes the way for everybody. */
  async heard<T>(answer: Promise<T>): Promise<T> {
    const connections = this.#connections;
    try {
      return await answer;
    } catch (error) {
      if (connections === this.#connections && endsTheWay(error)) this.#lost(error);
      throw inWords(error);
    }
  }

  first<T>(work: () => Promise<T>): Promise<T> {
    return this.#urgent.run(true, work);
  }

  /** The same, and given up when it takes too long: whoever waits is refused, and the connections are made anew. */
  async promptly<T>(changes: number, work: () => Promise<T>): Promise<T> {
    this.requireHere();
    const connections = this.#connections;
    const working = this.first(work);
    const limitMs = promptlyMs + changes * aChangeMs;
    const silence = within(
      limitMs,
      working.then(
        () => undefined,
        () => undefined,
      ),
    );
    silence.catch((error: unknown) => {
      if (connections === this.#connections) this.#lost(error);
    });
    return working;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const leave = await this.turn.line.enter(); // what is being written is written
    this.turn.leave();
    await this.#connections?.end();
    leave();
  }

  #lost(error: unknown): void {
    if (this.#isClosed) this.#connections?.drop(); // whoever still waits, waits for nobody
    if (this.#isClosed || this.#away !== undefined) return;
    const { server, log, clock } = this.#parts;
    this.#away = { sinceMs: clock(), why: whyAway(error) };
    log.error({ reason: reasonOf(error) }, `the records in PostgreSQL ${server.name} are away: ${reasonOf(error)}`);
    this.turn.leave();
    this.#connections?.drop();
    if (!(error instanceof TakenOver)) void this.#comeBack();
  }

  async #comeBack(): Promise<void> {
    for (let waitMs = firstRetryMs; !this.#isClosed; waitMs = Math.min(waitMs * 2, longestRetryMs)) {
      await pause(waitMs, undefined, { ref: false });
      try {
        await within(rejoinWithinMs, this.#join());
        this.#connections?.over.throwIfAborted(); // one broke meanwhile
        return this.#back();
      } catch (error) {
        this.#connections?.drop();
        this.turn.leave();
        this.#stillAway(error);
        if (error instanceof TakenOver) return;
      }
    }
  }

  #back(): void {
    const { server, log, clock } = this.#parts;
    const awayMs = clock() - (this.#away?.sinceMs ?? clock());
    this.#away = undefined;
    log.warn({ awayMs }, `the records in PostgreSQL ${server.name} can be used again`);
  }

  /** Whoever looks is told the latest reason, and since when. */
  #stillAway(error: unknown): void {
    if (this.#isClosed || this.#away === undefined) return;
    if (error instanceof AppError) this.#parts.log.error({}, `the records stay away: ${error.message}`);
    this.#away = { ...this.#away, why: whyAway(error) };
  }

  /** Lock, right to write, readers: all of it, or none. */
  async #join(): Promise<void> {
    const connections = new Connections(this.#parts.server, (error) => this.#lostOf(connections, error));
    this.#connections = connections;
    const holder = await connections.one();
    const { server, mustExist } = this.#parts;
    const { isNew } = await requireFit(holder, server, mustExist);
    await takeLock(holder, server);
    if (isNew) await WritersTurn.makeRow(holder);
    await this.turn.join(await connections.one());
    for (const pool of [connections.urgent, connections.readers]) await pool.query('select 1');
    connections.over.throwIfAborted();
    void watchHeartbeat(holder, connections.over, (error) => this.#lostOf(connections, error));
  }

  #lostOf(connections: Connections, error: unknown): void {
    if (connections === this.#connections) this.#lost(error);
  }
}

/** For everybody who looks or asks; where the server is and what it said stands in the log. */
function whyAway(error: unknown): string {
  if (error instanceof TakenOver) return error.message;
  if (error instanceof Locked) return 'another service uses the records in PostgreSQL: stop one of the two';
  return 'the records in PostgreSQL cannot be reached; try again';
}

/** Nobody is at the other end any more, or nobody may be asked there any more. */
function endsTheWay(error: unknown): boolean {
  return error instanceof TakenOver || error instanceof InDoubt || isConnectionOver(error);
}
