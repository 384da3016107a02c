import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryStatistics } from '../contracts.ts';
import { dayMs, dayOf } from './day.ts';
import { type DayCount, decodeDayCount } from './day-row.ts';
import type { Ground } from './ground.ts';
import { dayIn, rangeOfReadings, subjectIn, takenAtIn } from './keys.ts';
import { asRefusal, scan } from './scan.ts';

/** Days that were added up say how many readings they have; rows of other days are counted one by one. */
export async function statisticsOf(ground: Ground): Promise<HistoryStatistics> {
  const { db } = ground.opened();
  const days = new CountedDays(ground);
  const count = new Count();
  const rows = db.keys({ gte: 'r!', lt: 'r"', fillCache: false });
  try {
    for (let size = fewRows; ; ) {
      const keys = await rows.nextv(size);
      if (keys.length === 0) break;
      const next = await countKeys(keys, days, count);
      if (next !== undefined) rows.seek(next);
      // After a leap there is often little to count before the next one.
      size = next === undefined ? manyRows : fewRows;
    }
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await rows.close();
    await days.close();
  }
  return { ...count.told(), bytesOnDisk: await bytesIn(db.location) };
}

const fewRows = 64;
const manyRows = 1_000;

/** Counts keys but those of days that are counted already; where to go on when such days reach beyond these keys. */
async function countKeys(keys: readonly string[], days: CountedDays, count: Count): Promise<string | undefined> {
  let from = '';
  for (const key of keys) {
    if (key < from) continue;
    const subjectId = subjectIn(key);
    const takenAtMs = takenAtIn(key);
    const behind = await countDays(subjectId, takenAtMs, days, count);
    if (behind === undefined) count.add(subjectId, 1, takenAtMs, takenAtMs);
    else from = behind;
  }
  return (keys.at(-1) ?? '') < from ? from : undefined;
}

/** When the day of this row and maybe its neighbours are counted already: the first key behind them. */
async function countDays(
  subjectId: string,
  takenAtMs: number,
  days: CountedDays,
  count: Count,
): Promise<string | undefined> {
  let fromMs: number | undefined;
  let counted = await days.at(subjectId, dayOf(takenAtMs));
  while (counted !== undefined) {
    count.add(subjectId, counted.readings, takenAtMs, counted.newestMs);
    fromMs = (counted.day + 1) * dayMs;
    counted = await days.next(counted);
  }
  return fromMs === undefined ? undefined : rangeOfReadings(subjectId, { fromMs, toMs: fromMs }).gte;
}

class Count {
  #subjectId: string | undefined;
  #subjects = 0;
  #readings = 0;
  #oldestMs: number | undefined;
  #newestMs: number | undefined;

  add(subjectId: string, readings: number, oldestMs: number, newestMs: number): void {
    if (subjectId !== this.#subjectId) this.#subjects += 1;
    this.#subjectId = subjectId;
    this.#readings += readings;
    this.#oldestMs = Math.min(this.#oldestMs ?? oldestMs, oldestMs);
    this.#newestMs = Math.max(this.#newestMs ?? newestMs, newestMs);
  }

  told(): Omit<HistoryStatistics, 'bytesOnDisk'> {
    return {
      readings: this.#readings,
      subjects: this.#subjects,
      oldestMs: this.#oldestMs,
      newestMs: this.#newestMs,
    };
  }
}

type CountedDay = DayCount & { readonly subjectId: string; readonly day: number };

/** The days that were added up, in the order of the readings, walked through once. */
class CountedDays {
  readonly #rows: AsyncGenerator<CountedDay>;
  #ahead: CountedDay | undefined;
  #ended = false;

  constructor(ground: Ground) {
    this.#rows = countedDays(ground);
  }

  async at(subjectId: string, day: number): Promise<CountedDay | undefined> {
    while (!this.#ended && (this.#ahead === undefined || isBefore(this.#ahead, subjectId, day))) await this.#step();
    return this.#take(subjectId, day);
  }

  /** The day after, when it has been added up too. */
  async next({ subjectId, day }: CountedDay): Promise<CountedDay | undefined> {
    if (this.#ahead === undefined) await this.#step();
    return this.#take(subjectId, day + 1);
  }

  async close(): Promise<void> {
    await this.#rows.return(undefined);
  }

  #take(subjectId: string, day: number): CountedDay | undefined {
    const found = this.#ahead;
    if (found?.subjectId !== subjectId || found.day !== day) return undefined;
    this.#ahead = undefined;
    return found;
  }

  async #step(): Promise<void> {
    const { done, value } = await this.#rows.next();
    this.#ended = done === true;
    this.#ahead = done ? undefined : value;
  }
}

/** Subjects compare as they do in keys: their ends are followed by `!`, below every character of a name. */
function isBefore(one: CountedDay, subjectId: string, day: number): boolean {
  return one.subjectId === subjectId ? one.day < day : `${one.subjectId}!` < `${subjectId}!`;
}

async function* countedDays(ground: Ground): AsyncGenerator<CountedDay> {
  for await (const [key, value] of scan(ground.opened().db, { gte: 'n!', lt: 'n"' }, ground.damage)) {
    const count = decodeDayCount(key, value);
    // One that is damaged is counted row by row.
    if (count !== undefined) yield { subjectId: subjectIn(key), day: dayIn(key), ...count };
  }
}

async function bytesIn(dir: string): Promise<number> {
  const names = await readdir(dir);
  // LevelDB may drop a file between the two looks.
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(dir, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
