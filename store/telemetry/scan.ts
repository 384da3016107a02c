import type { ClassicLevel, Iterator } from 'classic-level';
import { AppError } from '../../model/errors.ts';
import { type DamageLog, inWords } from './damage.ts';
import type { KeyRange } from './keys.ts';

/** Rows fetched at a time; never so many that the event loop waits. */
const manyRows = 1_000;
/** At first, for whoever most likely wants one: each fetch is a turn of another thread. */
export const fewRows = 16;
/** LevelDB's binding hands out no more at a time, whatever the number of rows. */
const bytesAtATime = 256 * 1024;

export type ScanOptions = KeyRange & {
  readonly reverse?: boolean;
  readonly limit?: number;
  readonly values?: boolean;
  readonly firstRows?: number;
};
export type Row = readonly [key: string, value: string];
export type DamageSink = Pick<DamageLog, 'add'>;

/**
 * The rows of a range, in order, many at a time: going from one to the next inside a chunk costs nothing. LevelDB passes
 * over a table block that it cannot read and says so at the end; that goes into the damage list, because what lies
 * before and after it is still worth having.
 */
export async function* chunks(
  db: ClassicLevel,
  { firstRows = manyRows, ...range }: ScanOptions,
  damage: DamageSink,
): AsyncGenerator<Row[]> {
  let iterator: Iterator<ClassicLevel, string, string> | undefined;
  try {
    iterator = db.iterator({ ...range, highWaterMarkBytes: bytesAtATime });
    const first = await iterator.nextv(firstRows);
    if (first.length > 0) yield first;
    if (first.length > 0) yield* manyAtATime(iterator);
  } catch (error) {
    if (codeOf(error) !== 'LEVEL_CORRUPTION') throw asRefusal(error);
    damage.add({ what: `some rows cannot be read: ${messageOf(error)}`, where: inWords(range.gte, 'range') });
  } finally {
    await iterator?.close();
  }
}

/** The next rows are read by another thread while these are looked at. */
async function* manyAtATime(iterator: Iterator<ClassicLevel, string, string>): AsyncGenerator<Row[]> {
  let rows = await iterator.nextv(manyRows);
  while (rows.length > 0) {
    const next = iterator.nextv(manyRows);
    next.catch(() => undefined); // heard of below, or nobody wants it any more
    yield rows;
    rows = await next;
  }
}

/** The rows of a range, one by one. */
export async function* scan(db: ClassicLevel, range: ScanOptions, damage: DamageSink): AsyncGenerator<Row> {
  for await (const rows of chunks(db, range, damage)) yield* rows;
}

/** The first key of a range; with `reverse` the last. */
export async function firstKey(db: ClassicLevel, range: ScanOptions, damage: DamageSink): Promise<string | undefined> {
  for await (const [key] of scan(db, { ...range, limit: 1, values: false }, damage)) return key;
  return undefined;
}

/** The rows of these keys; all undefined, and said to be damaged, when a block of them cannot be read. */
export async function getMany(
  db: ClassicLevel,
  keys: string[],
  damage: DamageSink,
): Promise<readonly (string | undefined)[]> {
  try {
    return await db.getMany(keys);
  } catch (error) {
    if (codeOf(error) !== 'LEVEL_CORRUPTION') throw asRefusal(error);
    damage.add({ what: `rows cannot be read: ${messageOf(error)}`, where: inWords(keys[0] ?? '', 'row') });
    return [];
  }
}

/** A store that is closed or being reopened is not a bug of whoever reads. */
export function asRefusal(error: unknown): unknown {
  const closed = ['LEVEL_DATABASE_NOT_OPEN', 'LEVEL_ITERATOR_NOT_OPEN'].includes(codeOf(error) ?? '');
  return closed ? new AppError('unavailable', 'the telemetry store is closed at the moment; try again') : error;
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
