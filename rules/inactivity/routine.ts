import { localDay, localTime } from '../../model/local-time.ts';

/**
 * How long this home is usually still, by time of day: what the alert line is drawn from. A month of history is seven
 * parts of four days; each part keeps, for each half hour of the day, the longest stillness seen in it. Times when
 * nobody was at home, or when a sensor was dead, are not in it: a holiday teaches nothing.
 */
export type Routine = {
  /** Days lived under our eyes, at most `learningDays`; below that the fixed limits hold. */
  readonly days: number;
  /** The last of them (days since 1970 on the wall). */
  readonly day?: number;
  /** Number of the newest part; a part is `daysInPart` days since 1970. */
  readonly part: number;
  /** Newest first. One letter for each half hour: `.` not seen, else `levels` in quarters of an hour. */
  readonly parts: readonly string[];
};

export const nothingLearned: Routine = { days: 0, part: 0, parts: [] };

const minuteMs = 60_000;
const slotMin = 30;
const slots = 48;
const learningDays = 14;
/** After a gap the home may have changed, but the month before it is still the best guess: a few days tell. */
const gapDays = 3;
const relearningDays = 3;
const daysInPart = 4;
const keptParts = 7;
const levels = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const levelMin = 15;
const unseen = '.'.repeat(slots);
const longestMs = 24 * 60 * minuteMs;

/**
 * Chosen on 28 homes of TIHM (`docs/INACTIVITY.md` has the curve): 0.026 false alarms a home-day, daytime median 3.5 h.
 * The maximum x 1.25 + 60 min, at least 3 h, gave 0.038 and 3.4 h before what follows an alarm was made part of it.
 */
export const alertLine = {
  /** Of the longest stillnesses of the parts, the mean of so many is taken. */
  longest: 3,
  factor: 1.5,
  /** Habits move: the longest stillness within so many half hours either side counts too. */
  spread: 3,
  dayFromMin: 7 * 60,
  dayToMin: 24 * 60,
  leastByDayMin: 200,
  leastByNightMin: 600,
  mostMin: 710,
};

/** Is there enough history for a line? */
export function isLearned({ days }: Routine): boolean {
  return days >= learningDays;
}

/**
 * Notes that somebody lived here at `toMs`, and (when `wasStill`) that nothing had been seen since `fromMs`.
 *
 * @param atMostMin a stillness that was an alarm may have been a fall: it counts for so much at most
 * @returns the same object when this was known
 */
export function lived(routine: Routine, timeZone: string, { fromMs, toMs, wasStill, atMostMin }: Stillness): Routine {
  const day = localDay(timeZone, toMs);
  const dated = routine.day === undefined || day > routine.day ? onDay(routine, day) : routine;
  return wasStill ? taught(dated, timeZone, Math.max(fromMs, toMs - longestMs), toMs, atMostMin) : dated;
}

export type Stillness = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly wasStill: boolean;
  readonly atMostMin: number;
};

function onDay({ days, day: before, part, parts }: Routine, day: number): Routine {
  const isAfterGap = before !== undefined && day - before > gapDays;
  const known = isAfterGap ? Math.min(days, learningDays - relearningDays) : days;
  const newest = Math.floor(day / daysInPart);
  const fresh = Array<string>(Math.min(keptParts, parts.length === 0 ? 1 : newest - part)).fill(unseen);
  return {
    days: Math.min(known + 1, learningDays),
    day,
    part: newest,
    parts: fresh.length === 0 ? parts : [...fresh, ...parts].slice(0, keptParts),
  };
}

/** Writes the stillness into every half hour it went through, as long as it was at the end of each. */
function taught(routine: Routine, timeZone: string, fromMs: number, toMs: number, atMostMin: number): Routine {
  const [newest = unseen, ...older] = routine.parts;
  let letters = newest;
  for (let atMs = fromMs; atMs <= toMs; ) {
    const { minute } = localTime(timeZone, atMs);
    const endMs = atMs + (slotMin - (minute % slotMin)) * minuteMs - (atMs % minuteMs);
    const stillMin = Math.min(atMostMin, (Math.min(endMs, toMs) - fromMs) / minuteMs);
    letters = raisedTo(letters, Math.floor(minute / slotMin), Math.ceil(stillMin / levelMin));
    atMs = endMs;
  }
  return letters === newest ? routine : { ...routine, parts: [letters, ...older] };
}

function raisedTo(letters: string, slot: number, level: number): string {
  const before = levels.indexOf(letters.charAt(slot));
  if (before >= level) return letters;
  return letters.slice(0, slot) + levels.charAt(Math.min(level, levels.length - 1)) + letters.slice(slot + 1);
}

const lines = new WeakMap<Routine, readonly number[]>();

/** The alert line: for each half hour of the day, after how many minutes of stillness somebody should ask. */
function lineOf(routine: Routine): readonly number[] {
  const known = lines.get(routine);
  if (known !== undefined) return known;
  const stillMin = routine.parts.map(longestAround);
  const line = Array.from({ length: slots }, (_, slot) => clamped(slot, usuallyStillMin(stillMin, slot)));
  lines.set(routine, line);
  return line;
}

const minutesOfLetter: ReadonlyMap<string, number> = new Map(
  [...levels].map((letter, level) => [letter, level * levelMin]),
);
const neverSeen = -1;

/** Minutes for each half hour: the longest within `alertLine.spread` of it. */
function longestAround(letters: string): number[] {
  const minutes = Array.from(letters, (letter) => minutesOfLetter.get(letter) ?? neverSeen);
  return minutes.map((_, slot) => {
    let longest = neverSeen;
    for (let near = slot - alertLine.spread; near <= slot + alertLine.spread; near++) {
      longest = Math.max(longest, minutes[(near + slots) % slots] ?? neverSeen);
    }
    return longest;
  });
}

/** The mean of the longest stillnesses of the parts; undefined when this time of day was never seen. */
function usuallyStillMin(parts: readonly (readonly number[])[], slot: number): number | undefined {
  const left = parts.map((part) => part[slot] ?? neverSeen).filter((minutes) => minutes !== neverSeen);
  const count = Math.min(alertLine.longest, left.length);
  let sum = 0;
  for (let taken = 0; taken < count; taken++) {
    const longest = Math.max(...left);
    sum += longest;
    left[left.indexOf(longest)] = neverSeen;
  }
  return count === 0 ? undefined : sum / count;
}

function clamped(slot: number, usualMin: number | undefined): number {
  const { factor, dayFromMin, dayToMin, leastByDayMin, leastByNightMin, mostMin } = alertLine;
  if (usualMin === undefined) return mostMin;
  const minute = slot * slotMin;
  const leastMin = minute >= dayFromMin && minute < dayToMin ? leastByDayMin : leastByNightMin;
  return Math.min(mostMin, Math.max(leastMin, usualMin * factor));
}

/** When the stillness since `fromMs` meets the line, and how high the line is there. */
export function meetsLine(
  routine: Routine,
  timeZone: string,
  fromMs: number,
): { readonly atMs: number; readonly limitMin: number } {
  const line = lineOf(routine);
  for (let atMs = fromMs; atMs < fromMs + longestMs; ) {
    const { minute } = localTime(timeZone, atMs);
    const limitMin = line[Math.floor(minute / slotMin)] ?? alertLine.mostMin;
    const endMs = atMs + (slotMin - (minute % slotMin)) * minuteMs - (atMs % minuteMs);
    const metAtMs = Math.max(atMs, fromMs + Math.round(limitMin * minuteMs));
    if (metAtMs < endMs) return { atMs: metAtMs, limitMin };
    atMs = endMs;
  }
  return { atMs: fromMs + longestMs, limitMin: longestMs / minuteMs };
}
