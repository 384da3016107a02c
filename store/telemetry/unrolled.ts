import type { Reading } from '../../model/reading.ts';
import { dayOf } from './day.ts';

/** Above this all is forgotten, which costs a few needless deletions and nothing else. */
const maxKnown = 300_000;

/**
 * Days of subjects that are known to have no roll-up on disk. A row that comes to a day takes the day's roll-up away in
 * the same batch, so a roll-up that is there is right, also after `kill -9`; this memory only saves taking away what
 * is not there. Days after the last one that was ever rolled up, which is where nearly every row comes, have none.
 * Kept by day, because what comes in together is of one day: a set of everybody costs a third of a set for each.
 */
export class UnrolledDays {
  readonly #days = new Map<number, Set<string>>();
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

  /** May a day like this have a roll-up, so that a row must `touch` it before it is written? */
  mayBeRolled(takenAtMs: number): boolean {
    return dayOf(takenAtMs) <= this.#lastRolled;
  }

  /** A row comes or goes. The day whose roll-up has to be taken away, undefined when it has none. */
  touch(subjectId: string, takenAtMs: number): number | undefined {
    const day = dayOf(takenAtMs);
    return this.#add(this.#subjectsOf(day), subjectId) && day <= this.#lastRolled ? day : undefined;
  }

  /** The same for all that come, of which those that may have to take a roll-up away were touched before. */
  note(readings: readonly Reading[]): void {
    let day = Number.NaN;
    let subjects = new Set<string>();
    for (const { subjectId, takenAtMs } of readings) {
      const itsDay = dayOf(takenAtMs);
      if (itsDay !== day) subjects = this.#subjectsOf(itsDay);
      day = itsDay;
      this.#add(subjects, subjectId);
    }
  }

  /** Before the rows of a day are added up; tells afterwards whether anything came meanwhile. */
  begin(subjectId: string, day: number): () => boolean {
    this.#lastRolled = Math.max(this.#lastRolled, day);
    const subjects = this.#days.get(day);
    if (subjects?.delete(subjectId)) this.#known -= 1;
    if (subjects?.size === 0) this.#days.delete(day);
    const forgotten = this.#forgotten;
    return () => forgotten === this.#forgotten && this.#days.get(day)?.has(subjectId) !== true;
  }

  /** At most so many days that are over. */
  past(beforeDay: number, atMost: number): (readonly [subjectId: string, day: number])[] {
    const found: (readonly [string, number])[] = [];
    for (const [day, subjects] of this.#days) {
      if (day >= beforeDay) continue;
      for (const subjectId of subjects) {
        if (found.length >= atMost) return found;
        found.push([subjectId, day]);
      }
    }
    return found;
  }

  #subjectsOf(day: number): Set<string> {
    if (this.#known >= maxKnown) this.#forget();
    let subjects = this.#days.get(day);
    if (subjects === undefined) {
      subjects = new Set();
      this.#days.set(day, subjects);
    }
    return subjects;
  }

  #forget(): void {
    this.#days.clear();
    this.#known = 0;
    this.#forgotten += 1;
  }

  /** Was it not known? */
  #add(subjects: Set<string>, subjectId: string): boolean {
    const before = subjects.size;
    subjects.add(subjectId);
    if (subjects.size === before) return false;
    this.#known += 1;
    return true;
  }
}
