const weekMs = 7 * 86_400_000;
const minuteMs = 60_000;

/** So long the wall clock stays so far ahead of UTC. */
export type Offset = { readonly aheadMs: number; readonly untilMs: number };

/** A week in which the clocks change at most once: no country keeps an offset for less than four weeks. */
type Week = { readonly before: number; readonly changeMs: number; readonly after: number };

/** The wall clock of one time zone, asked of `Intl` a few times for each week and remembered. */
export class Calendar {
  readonly #format: Intl.DateTimeFormat;
  readonly #weeks = new Map<number, Week>();

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  }

  at(atMs: number): Offset {
    const number = Math.floor(atMs / weekMs);
    let week = this.#weeks.get(number);
    if (week === undefined) {
      week = this.#look(number * weekMs);
      this.#weeks.set(number, week);
    }
    const { before, changeMs, after } = week;
    return atMs < changeMs
      ? { aheadMs: before, untilMs: changeMs }
      : { aheadMs: after, untilMs: (number + 1) * weekMs };
  }

  #look(fromMs: number): Week {
    const before = this.#ask(fromMs);
    const after = this.#ask(fromMs + weekMs);
    if (before === after) return { before, changeMs: fromMs + weekMs, after };
    let [early, late] = [fromMs, fromMs + weekMs];
    while (late - early > minuteMs) {
      const middle = Math.floor((early + late) / 2 / minuteMs) * minuteMs;
      if (this.#ask(middle) === before) early = middle;
      else late = middle;
    }
    return { before, changeMs: late, after };
  }

  /** From `1/2/2025, GMT+05:45`; just `GMT` where there is no offset. */
  #ask(atMs: number): number {
    const text = this.#format.format(atMs);
    const [, sign, hours, minutes, seconds] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
    const sizeMs = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000;
    return sign === '-' ? -sizeMs : sizeMs;
  }
}

/** There are some four hundred time zones. */
const calendars = new Map<string, Calendar>();

export function calendarOf(timeZone: string): Calendar {
  const known = calendars.get(timeZone);
  if (known !== undefined) return known;
  const calendar = new Calendar(timeZone);
  calendars.set(timeZone, calendar);
  return calendar;
}
