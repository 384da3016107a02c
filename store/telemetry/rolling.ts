import { CommitFailed } from '../contracts.ts';
import { damagedReading } from './damage.ts';
import { dayMs, dayOf, denseFrom, fiveMinutes, type Grain, hours } from './day.ts';
import { encodeDayCount } from './day-row.ts';
import { DayTally } from './day-tally.ts';
import type { Ground } from './ground.ts';
import { lastRolledKey, rangeOfReadings, rolledKey, takenAtIn } from './keys.ts';
import { decodeReading } from './reading-row.ts';
import { encodeJson } from './rows.ts';
import { chunks, type Row } from './scan.ts';

/** A day is added up when it has been over for so long: most of what comes late has come. */
const settledAfterMs = 2 * 3_600_000;

/** The first day that is not over yet, as far as the newest message tells. */
export function firstOpenDay(newestMs: number): number {
  return dayOf(newestMs - settledAfterMs);
}

/**
 * Adds up one day of a subject and stores it, unless a row came meanwhile or one is damaged. The answer (by hours) is
 * right either way; undefined when the day has no reading. Reads about a day's rows, in small steps.
 */
export async function rollDay(ground: Ground, subjectId: string, day: number): Promise<Row | undefined> {
  const opened = ground.opened();
  // In turn, so that no commit is half way between being noted here and being on disk.
  const quiet = await ground.inTurn(async () => opened.unrolled.begin(subjectId, day));
  const { tally, whole } = await tallyOf(ground, subjectId, day);
  if (tally.readings === 0) return undefined;
  const row = (grain: Grain): Row => {
    const key = rolledKey(grain.kind, subjectId, day);
    return [key, tally.sealed(key, grain)];
  };
  const inHours = row(hours);
  const countKey = rolledKey('n', subjectId, day);
  const rows = [inHours, [countKey, encodeDayCount(countKey, tally)] as const];
  if (tally.readings >= denseFrom) rows.push(row(fiveMinutes));
  if (whole) await store(ground, rows, () => opened === ground.opened() && quiet());
  return inHours;
}

async function tallyOf(ground: Ground, subjectId: string, day: number): Promise<{ tally: DayTally; whole: boolean }> {
  const tally = new DayTally();
  let whole = true;
  const damage = {
    add: (report: Parameters<typeof ground.damage.add>[0]) => {
      whole = false;
      ground.damage.add(report);
    },
  };
  const range = rangeOfReadings(subjectId, { fromMs: day * dayMs, toMs: (day + 1) * dayMs });
  for await (const rows of chunks(ground.opened().db, range, damage)) {
    for (const [key, value] of rows) {
      const reading = decodeReading(key, value);
      if (reading === undefined) damage.add(damagedReading(key));
      else tally.add(takenAtIn(key), reading.facts);
    }
  }
  return { tally, whole };
}

async function store(ground: Ground, rows: readonly Row[], stillRight: () => boolean): Promise<void> {
  await ground
    .inTurn(async () => {
      if (!stillRight()) return;
      const { db, unrolled } = ground.opened();
      const all = [...rows, [lastRolledKey, encodeJson(lastRolledKey, [unrolled.lastRolled])] as const];
      // Not synced: when it is lost the day is added up again.
      await ground.write(() => all.reduce((chain, [key, value]) => chain.put(key, value), db.batch()), false);
    })
    .catch((error: unknown) => {
      // Whoever asks wants the answer, not to hear about the disk; commits say that.
      if (!(error instanceof CommitFailed)) throw error;
    });
}
