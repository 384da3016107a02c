import { setImmediate } from 'node:timers/promises';
import { localDay, localTime } from '../../../model/local-time.ts';
import type { Recording, Score } from './recording.ts';
import { live, type Manner, type Trial } from './silence-trials.ts';
import { outageOf, type RecordedHome, readHomes, type Span, timeZone, waysOut } from './tihm-homes.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
const learningDays = 14;
/** Trials begin in each of these hours of each day, at a minute drawn for home and day. */
const byDayHours = [8, 10, 12, 14, 16, 18, 20];
const byNightHours = [21, 22, 23, 25, 27];
const seed = 20_190_401;

/** One rule on all homes. `firstMs`: from here on the home's learning is over. */
type Outcome = {
  readonly atHome: number;
  readonly away: number;
  readonly again: number;
  /** Inside the outage common to all homes, of which the rule may not know. */
  readonly inOutage: number;
  readonly trials: readonly Trial[];
};
type Judged = {
  readonly home: RecordedHome;
  readonly outage: Span | undefined;
  readonly days: number;
  readonly firstDay: number;
};

/**
 * Inactivity on the homes of TIHM (people living with dementia; CC BY 4.0, Surrey and Borders Partnership NHS Foundation
 * Trust and Howz; Palermo et al., Scientific Data 2023). It has no emergencies: every alarm counts as false, and
 * silences of 24 h are made by cutting all activations out. The check-in counts as unanswered. Scored twice: with a heartbeat
 * an hour of each sensor, and as it is. Alarms in the outage common to all homes are counted apart.
 */
export const tihm: Recording = {
  folder: 'tihm',
  async score(dir, progress) {
    const homes = await readHomes(dir);
    const outage = outageOf(homes);
    const judged = homes.map((home) => judgedOf(home, outage));
    const ours = await oursOnAll(judged, 'heartbeats', progress);
    return [
      ...scores('learned line', judged, ours),
      ...scores('learned line, events only', judged, await oursOnAll(judged, 'eventsOnly', progress)),
      ...scores(
        'fixed 12 h',
        judged,
        naively(judged, ours, () => 12),
      ),
      ...scores('fixed 4 h by day, 12 h at night', judged, naively(judged, ours, fourByDay)),
    ];
  },
};

/** Days with activity after the first fourteen days of the home. */
function judgedOf(home: RecordedHome, outage: Span | undefined): Judged {
  const days = new Set(home.activations.map(({ atMs }) => localDay(timeZone, atMs)));
  const firstDay = Math.min(...days) + learningDays;
  return { home, outage, firstDay, days: [...days].filter((day) => day >= firstDay).length };
}

async function oursOnAll(
  judged: readonly Judged[],
  manner: Manner,
  progress: (line: string) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of judged) {
    outcomes.push(oursOn(one, manner));
    progress(`tihm ${manner}: home ${one.home.id}, ${outcomes.length} of ${judged.length}`);
    await setImmediate();
  }
  return outcomes;
}

/** Ids of an alarm that is raised again: at twice the limit, and a day later. */
const isRaisedAgain = /:(P2|again:\d+)$/;

function oursOn({ home, outage, firstDay }: Judged, manner: Manner): Outcome {
  const { alarms, trials } = live(home, outage, startsOf(home), manner);
  const raised = alarms.filter(({ effect, atMs }) => effect === 'raise' && localDay(timeZone, atMs) >= firstDay);
  const isInOutage = (atMs: number) => outage !== undefined && atMs > outage.fromMs && atMs < outage.toMs;
  const counted = raised.filter(({ atMs }) => !isInOutage(atMs));
  const atHome = counted.filter(({ type, id }) => type === 'inactivity' && !isRaisedAgain.test(id)).length;
  const away = counted.filter(({ type }) => type === 'awayTooLong').length;
  return { atHome, away, again: counted.length - atHome - away, inOutage: raised.length - counted.length, trials };
}

/** Hours without a movement after which a naive rule tells; no heed of doors or of anything else. */
type LimitH = (fromMs: number) => number;

/** The same trials for the naive rule. */
function naively(judged: readonly Judged[], ours: readonly Outcome[], limitH: LimitH): Outcome[] {
  return judged.map((one, i) => {
    const trials = (ours[i]?.trials ?? []).map((trial) => ({
      ...trial,
      toldAtMs: trial.lastMs + limitH(trial.lastMs) * hourMs,
    }));
    return { ...naiveAlarms(one, limitH), again: 0, inOutage: 0, trials };
  });
}

function naiveAlarms({ home, outage, firstDay }: Judged, limitH: LimitH): { atHome: number; away: number } {
  let [atHome, away, doorMs] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const [i, { atMs, place }] of home.activations.entries()) {
    if (waysOut.has(place)) doorMs = atMs;
    const toldMs = atMs + limitH(atMs) * hourMs;
    const nextMs = home.activations[i + 1]?.atMs ?? atMs;
    const untilMs = outage && atMs <= outage.fromMs ? Math.min(nextMs, outage.fromMs) : nextMs;
    if (toldMs >= untilMs || localDay(timeZone, toldMs) < firstDay) continue;
    if (atMs - doorMs <= minuteMs) away += 1;
    else atHome += 1;
  }
  return { atHome, away };
}

/** Four hours when they lie between 07:00 and 22:00. */
function fourByDay(fromMs: number): number {
  const { minute } = localTime(timeZone, fromMs);
  return minute >= 7 * 60 && minute <= 18 * 60 ? 4 : 12;
}

function startsOf({ id, activations }: RecordedHome): number[] {
  const [firstMs, lastMs] = [activations[0]?.atMs ?? 0, activations.at(-1)?.atMs ?? 0];
  const random = randomOf(`${seed}${id}`);
  const starts: number[] = [];
  for (let midnightMs = midnightOf(firstMs); midnightMs < lastMs; midnightMs += 24 * hourMs) {
    for (const hour of [...byDayHours, ...byNightHours]) {
      starts.push(midnightMs + hour * hourMs + Math.floor(random() * 60) * minuteMs);
    }
  }
  return starts.filter((atMs) => atMs > firstMs && atMs < lastMs).sort((a, b) => a - b);
}

function midnightOf(atMs: number): number {
  return Math.floor(atMs / minuteMs) * minuteMs - localTime(timeZone, atMs).minute * minuteMs;
}

/** The same numbers for the same home each time (xorshift32). */
function randomOf(text: string): () => number {
  let state = 2_166_136_261;
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function scores(rule: string, judged: readonly Judged[], outcomes: readonly Outcome[]): Score[] {
  const days = judged.reduce((sum, one) => sum + one.days, 0);
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const say = (figure: string, value: number, of?: number): Score => ({
    set: 'tihm',
    rule,
    figure,
    value,
    ...(of !== undefined && { of }),
  });
  return [
    say('false alarms at home per home-day', sum(({ atHome }) => atHome) / days, days),
    say('false alarms while away per home-day', sum(({ away }) => away) / days, days),
    say('the same raised again per home-day', sum(({ again }) => again) / days, days),
    say(
      'alarms in the outage of all homes',
      sum(({ inOutage }) => inOutage),
    ),
    ...trialScores(say, judged, outcomes),
  ];
}

function trialScores(
  say: (figure: string, value: number, of?: number) => Score,
  judged: readonly Judged[],
  outcomes: readonly Outcome[],
): Score[] {
  const isLearned = ({ startMs }: Trial, i: number) => localDay(timeZone, startMs) >= (judged[i]?.firstDay ?? 0);
  const all = outcomes.flatMap(({ trials }) => trials).filter(({ isOut }) => !isOut);
  const learned = outcomes.flatMap(({ trials }, i) => trials.filter((trial) => !trial.isOut && isLearned(trial, i)));
  const out = outcomes.flatMap(({ trials }) => trials).filter(({ isOut }) => isOut);
  const day = delaysH(learned.filter(isByDay));
  const night = delaysH(learned.filter((trial) => !isByDay(trial)));
  const learning = outcomes.flatMap(({ trials }, i) =>
    trials.filter((trial) => !trial.isOut && isLearning(trial, judged[i])),
  );
  const inFull = outcomes.filter(({ trials }) => trials.every((trial) => trial.isOut || trial.toldAtMs !== undefined));
  return [
    say('silences found %', (100 * delaysH(all).length) / all.length, all.length),
    say('homes with every silence found', inFull.length, outcomes.length),
    say('delay by day median h', quantile(day, 0.5), day.length),
    say('delay by day p75 h', quantile(day, 0.75), day.length),
    say('delay by day p90 h', quantile(day, 0.9), day.length),
    say('delay at night median h', quantile(night, 0.5), night.length),
    say('delay at night p90 h', quantile(night, 0.9), night.length),
    say('delay at night longest h', quantile(night, 1), night.length),
    say('delay in the second week median h', quantile(delaysH(learning), 0.5), learning.length),
    say('delay in the second week p90 h', quantile(delaysH(learning), 0.9), learning.length),
    say('silences begun while out, found %', (100 * delaysH(out).length) / out.length, out.length),
    say('silences begun while out, delay median h', quantile(delaysH(out), 0.5), out.length),
  ];
}

/** In the second of the two weeks that a home is learned. */
function isLearning({ startMs }: Trial, judged: Judged | undefined): boolean {
  const day = localDay(timeZone, startMs) - (judged?.firstDay ?? 0);
  return day < 0 && day >= -learningDays / 2;
}

/** Night begins at 21:00 and ends at 07:00. */
function isByDay({ startMs }: Trial): boolean {
  const { minute } = localTime(timeZone, startMs);
  return minute >= 7 * 60 && minute < 21 * 60;
}

function delaysH(trials: readonly Trial[]): number[] {
  return trials.flatMap(({ toldAtMs, lastMs }) => (toldAtMs === undefined ? [] : [(toldAtMs - lastMs) / hourMs]));
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
}
