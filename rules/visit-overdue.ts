import type { Severity } from '../model/alert.ts';
import type { VisitTier } from '../model/people.ts';
import type { VisitPlan } from '../model/visit.ts';
import { countsFromMs, dueVisit, missedBy, planOf } from '../model/visit-plan.ts';
import type { Household, Outcome, Rule } from './rule.ts';
import { clear, fromDeadline, raise } from './signals.ts';
import { visitWords } from './words/visits.ts';
import { whoOf } from './words.ts';

/**
 * Somebody is to see her every so often, and nobody has. Remembered is only what was told; whether it holds is read from
 * the records each time, so that it is true also of a home in which nothing is ever heard, and after days in which the
 * service was down.
 *
 * Each planned contact that nobody made is told once. While the alert is open it only grows by it; when somebody closed
 * that without seeing her, the next one opens another.
 */
type State = {
  readonly told?: Told;
  /** So often what was told was over: the same day may be told again, when a contact was a slip, and is something else. */
  readonly ended?: number;
};
type Told = {
  readonly tier: VisitTier;
  /** Of how many contacts in a row: the first overdue at `overdueAtMs`, the last planned for `day`. */
  readonly missed: number;
  readonly day: number;
  readonly overdueAtMs: number;
  /** From when the plan counted. */
  readonly fromMs: number;
};

/** With a daily contact somebody worries today; the others are work for the next days. */
const severities: Readonly<Record<VisitTier, Severity>> = {
  red: 'P3',
  orange: 'P4',
  yellow: 'P4',
  blue: 'P4',
  green: 'P4',
};

export const visitOverdue: Rule<State> = {
  kind: 'visitOverdue',
  initial: {},
  isByTheWall: true,
  awaits: ({ visitTier }) => visitTier !== undefined,
  step(home, state, input) {
    if (input.kind !== 'deadline') return { state };
    const plan = planOf(home.resident);
    if (state.told !== undefined && isOver(home, state.told, plan)) return over(home, state, state.told, plan);
    if (plan === undefined) return { state };
    // Of what passed while the service was down the last one is told, and how many there were.
    return judged(home, state, plan, input.nowMs, Math.max(input.nowMs, input.listeningSinceMs));
  },
  deadlineAtMs(home, { told }) {
    const plan = planOf(home.resident);
    if (told !== undefined && isOver(home, told, plan)) return told.overdueAtMs; // at once
    return plan && dueVisit(plan, home.timeZone, told?.missed).overdueAtMs;
  },
};

/** Somebody spoke to her, another plan holds or none, or the family says that she is away: it is not overdue any more. */
function isOver({ timeZone }: Household, told: Told, plan: VisitPlan | undefined): boolean {
  return plan === undefined || dueVisit(plan, timeZone).overdueAtMs > told.overdueAtMs;
}

function over(home: Household, state: State, told: Told, plan: VisitPlan | undefined): Outcome<State> {
  const { lastContactMs = 0 } = plan ?? {};
  const isSeen = lastContactMs > told.fromMs;
  const { ended = 0 } = state;
  const atMs = Math.max(told.overdueAtMs, isSeen ? lastContactMs : 0);
  const signal = clear(home, fromDeadline('', atMs, atMs), {
    type: 'visitOverdue',
    key: keyOf(home, told.day, ended),
    severity: severities[told.tier],
    summary: isSeen
      ? visitWords.seen(whoOf(home, home.subjectId))
      : visitWords.noLongerDue(whoOf(home, home.subjectId)),
    evidence: { tier: told.tier, ...(isSeen && { lastContactAtMs: lastContactMs }) },
  });
  return { state: { ended: ended + 1 }, signals: [signal] };
}

function judged(home: Household, state: State, plan: VisitPlan, nowMs: number, countedAtMs: number): Outcome<State> {
  const { timeZone } = home;
  const missed = missedBy(plan, timeZone, countedAtMs);
  if (missed <= (state.told?.missed ?? 0)) return { state };
  const { day } = dueVisit(plan, timeZone, missed - 1);
  const { overdueAtMs } = dueVisit(plan, timeZone);
  const told: Told = { tier: plan.tier, missed, day, overdueAtMs, fromMs: countsFromMs(plan) };
  return { state: { ...state, told }, signals: [isOverdue(home, plan, told, keyOf(home, day, state.ended), nowMs)] };
}

function isOverdue(home: Household, plan: VisitPlan, told: Told, key: string, nowMs: number) {
  const { tier, missed, overdueAtMs } = told;
  const { dueAtMs } = dueVisit(plan, home.timeZone);
  const { sinceMs, lastContactMs, awayUntilMs } = plan;
  return raise(home, fromDeadline('', nowMs, nowMs), {
    type: 'visitOverdue',
    key,
    severity: severities[tier],
    summary: visitWords.overdue(whoOf(home, home.subjectId), tier),
    evidence: {
      ...{ tier, dueAtMs, overdueAtMs, missed, plannedSinceMs: sinceMs },
      ...(lastContactMs !== undefined && { lastContactAtMs: lastContactMs }),
      ...(awayUntilMs !== undefined && { awayUntilMs }),
    },
    because: visitWords.because(plan, { dueAtMs, overdueAtMs, missed }, home.timeZone),
    unless: [visitWords.unlessSeen],
  });
}

function keyOf({ subjectId }: Household, day: number, ended = 0): string {
  return `${subjectId}:${day}${ended === 0 ? '' : `:${ended}`}`;
}
