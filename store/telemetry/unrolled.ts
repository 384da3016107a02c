import { dayOf } from './day.ts';

/** Above this all is forgotten, which costs a few needless deletions and nothing else. */
const maxKnown = 300_000;

/**
 * Days of subjects that are known to have no roll-up on disk. A row that comes to a day takes the day's roll-up away in
 * the same batch, so a roll-up that is there is right, also after `kill -9`; this memory only saves taking away what
 * is not there. Days after the last one that was ever rolled up, which is where nearly every row comes, have none.
 */
export class UnrolledDays {
  readonly #days = new Map<string, Set<number>>();
  #lastRolled: number;
  #known = 0;
  #forgotten = 0;

  constructor(lastRolled: number) {
    this.#lastRolled = lastRolled;
  }

  /** The last day any subject ever had a roll-up of; kept on disk with the roll-ups. */
  get lastRolled(): number {
    return this.#lastRolled;
  }

  /** A row comes or goes. The day whose roll-up has to be taken away, undefined when it has none. */
  touch(subjectId: string, takenAtMs: number): number | undefined {
    const day = dayOf(takenAtMs);
    let days = this.#days.get(subjectId);
    if (days?.has(day)) return undefined;
    if (this.#known >= maxKnown) days = this.#forget();
    if (days === undefined) {
      days = new Set();
      this.#days.set(subjectId, days);
    }
    days.add(day);
    this.#known += 1;
    return day <= this.#lastRolled ? day : undefined;
  }

  /** Before the rows of a day are added up; tells afterwards whether anything came meanwhile. */
  begin(subjectId: string, day: number): () => boolean {
    this.#lastRolled = Math.max(this.#lastRolled, day);
    const days = this.#days.get(subjectId);
    if (days?.delete(day)) this.#known -= 1;
    if (days?.size === 0) this.#days.delete(subjectId);
    const forgotten = this.#forgotten;
    return () => forgotten === this.#forgotten && this.#days.get(subjectId)?.has(day) !== true;
  }

  /** At most so many days that are over. */
  past(beforeDay: number, atMost: number): (readonly [subjectId: string, day: number])[] {
    const found: (readonly [string, number])[] = [];
    for (const [subjectId, days] of this.#days) {
      for (const day of days) {
        if (found.length >= atMost) return found;
        if (day < beforeDay) found.push([subjectId, day]);
      }
    }
    return found;
  }

  #forget(): undefined {
    this.#days.clear();
    this.#known = 0;
    this.#forgotten += 1;
  }
}
