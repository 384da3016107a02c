import type { Purpose } from '../contracts.ts';
import { type Chain, type Ground, touchDay } from './ground.ts';
import { horizonKey, rangeOfSubject, rolledKinds, subjectIn, takenAtIn } from './keys.ts';
import { bitOf, purposes, servedBy, withoutPurposes } from './row-purposes.ts';
import { decodeJson, encodeJson, isWhole } from './rows.ts';
import { chunks, getMany, type Row } from './scan.ts';

const everything = purposes.reduce((sum, purpose) => sum | bitOf(purpose), 0);
/** Rows removed in one batch: commits wait for one at most. */
const rowsAtATime = 500;

type Horizons = Record<Purpose, number>;

/** Takes readings away, for good, in steps between which commits go on. */
export class Removal {
  readonly #ground: Ground;
  /** Where each purpose's round has got to; a round that is forgotten starts again. */
  readonly #cursors = new Map<Purpose, string>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /**
   * Facts go when the time of their purpose is over, a reading with the last of them; how far each purpose has come is
   * remembered, so that what comes late goes as well.
   */
  async expire(purpose: Purpose, beforeMs: number, atMost: number): Promise<number> {
    const horizons = await this.#moveHorizon(purpose, beforeMs);
    const found: string[] = [];
    for await (const key of this.#ended(this.#cursors.get(purpose) ?? 'r!', horizons, horizons[purpose])) {
      found.push(key);
      if (found.length >= atMost) break;
    }
    if (found.length >= atMost) this.#cursors.set(purpose, found.at(-1) ?? 'r!');
    else this.#cursors.delete(purpose);
    for (let at = 0; at < found.length; at += rowsAtATime)
      await this.#letGo(found.slice(at, at + rowsAtATime), horizons);
    return found.length;
  }

  /** Readings and what was made of them. */
  async erase(subjectId: string): Promise<number> {
    const { db } = this.#ground.opened();
    let erased = 0;
    for await (const rows of chunks(db, { ...rangeOfSubject('r', subjectId), values: false }, this.#ground.damage)) {
      await this.#remove(rows.map(([key]) => key));
      erased += rows.length;
    }
    for (const kind of rolledKinds) {
      // Without their readings they are wrong already: the readings took them along.
      for await (const rows of chunks(db, { ...rangeOfSubject(kind, subjectId), values: false }, this.#ground.damage))
        await this.#removeKeys(rows.map(([key]) => key));
    }
    return erased;
  }

  async *#ended(from: string, horizons: Horizons, beforeMs: number): AsyncGenerator<string> {
    for (let gte: string | undefined = from; gte !== undefined; ) {
      let next: string | undefined;
      for await (const rows of chunks(this.#ground.opened().db, { gte, lt: 'r"' }, this.#ground.damage)) {
        const young = rows.findIndex(([key]) => takenAtIn(key) >= beforeMs);
        for (const row of young < 0 ? rows : rows.slice(0, young)) if (endedIn(row, horizons) !== 0) yield row[0];
        if (young < 0) continue;
        next = rangeOfSubject('r', subjectIn(rows[young]![0])).lt; // found there
        break;
      }
      gte = next;
    }
  }

  async #moveHorizon(purpose: Purpose, beforeMs: number): Promise<Horizons> {
    const horizons = await this.#horizons();
    if (beforeMs <= horizons[purpose]) return horizons;
    await this.#ground.inTurn(async () => {
      const key = horizonKey(purpose);
      await this.#ground.write(
        () =>
          this.#ground
            .opened()
            .db.batch()
            .put(key, encodeJson(key, [beforeMs])),
        false,
      );
    });
    return { ...horizons, [purpose]: beforeMs };
  }

  async #horizons(): Promise<Horizons> {
    const keys = purposes.map(horizonKey);
    const values = await getMany(this.#ground.opened().db, keys, this.#ground.damage);
    const [positions = 0, vitals = 0, motion = 0, device = 0] = keys.map((key, index) => {
      const value = values[index];
      return value === undefined ? 0 : (decodeJson<readonly number[]>(key, value)?.[0] ?? 0);
    });
    return { positions, vitals, motion, device };
  }

  /** The rows as they are now, between two commits: one that was erased since it was found must not come back. */
  async #letGo(keys: string[], horizons: Horizons): Promise<void> {
    await this.#ground.inTurn(async () => {
      const values = await getMany(this.#ground.opened().db, keys, this.#ground.damage);
      await this.#ground.write(() => {
        const chain = this.#ground.opened().db.batch();
        keys.forEach((key, index) => {
          const value = values[index];
          if (value !== undefined) this.#strip(chain, [key, value], horizons);
        });
        return chain;
      }, false);
    });
    this.#forgetLatest(keys);
  }

  #strip(chain: Chain, row: Row, horizons: Horizons): void {
    const [key, value] = row;
    const ended = endedIn(row, horizons);
    if (ended === 0) return;
    const left = ended === servesOf(row) ? undefined : withoutPurposes(key, value, ended);
    if (left === undefined) chain.del(key);
    else chain.put(key, left);
    // A day's sums know nothing of positions.
    if (left === undefined || ended !== bitOf('positions'))
      touchDay(chain, this.#ground.opened(), subjectIn(key), takenAtIn(key));
  }

  async #remove(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += rowsAtATime) {
      const some = keys.slice(at, at + rowsAtATime);
      await this.#ground.inTurn(() => this.#ground.write(() => this.#without(some), true));
      this.#forgetLatest(some);
    }
  }

  #forgetLatest(keys: readonly string[]): void {
    for (const subjectId of new Set(keys.map(subjectIn))) this.#ground.opened().latest.removed(subjectId);
  }

  #without(keys: readonly string[]): Chain {
    const opened = this.#ground.opened();
    const chain = opened.db.batch();
    for (const key of keys) {
      chain.del(key);
      touchDay(chain, opened, subjectIn(key), takenAtIn(key));
    }
    return chain;
  }

  async #removeKeys(keys: readonly string[]): Promise<void> {
    await this.#ground.inTurn(() =>
      this.#ground.write(() => keys.reduce((chain, key) => chain.del(key), this.#ground.opened().db.batch()), true),
    );
  }
}

/** What the row is kept for, as bits. Nobody can tell of a damaged one: it goes when everything has ended. */
function servesOf([key, value]: Row): number {
  return isWhole(key, value) ? servedBy(key, value) : everything;
}

/** Which of it has ended, as bits. */
function endedIn(row: Row, horizons: Horizons): number {
  const takenAtMs = takenAtIn(row[0]);
  let over = 0;
  for (const purpose of purposes) if (takenAtMs < horizons[purpose]) over |= bitOf(purpose);
  if (isWhole(...row)) return servedBy(...row) & over;
  return over === everything ? everything : 0;
}
