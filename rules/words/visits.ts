import type { Bilingual } from '../../model/alert.ts';
import { stamp } from '../../model/local-time.ts';
import type { VisitTier } from '../../model/people.ts';
import type { VisitPlan } from '../../model/visit.ts';

const rhythms: Readonly<Record<VisitTier, Bilingual>> = {
  red: both('每日', 'daily'),
  orange: both('每周', 'weekly'),
  yellow: both('每月', 'monthly'),
  blue: both('每季度', 'quarterly'),
  green: both('每半年', 'half-yearly'),
};

/** Colour and rhythm, as the pages have it. */
export const tierWords: Readonly<Record<VisitTier, Bilingual>> = {
  red: both('红 每日', 'red, daily'),
  orange: both('橙 每周', 'orange, weekly'),
  yellow: both('黄 每月', 'yellow, monthly'),
  blue: both('蓝 每季度', 'blue, quarterly'),
  green: both('绿 每半年', 'green, half-yearly'),
};

type Missed = { readonly dueAtMs: number; readonly overdueAtMs: number; readonly missed: number };

/** Visits that are planned: that one is overdue, why, and what would have kept it quiet. */
export const visitWords = {
  overdue: (who: string, tier: VisitTier) =>
    both(`${who}的${rhythms[tier].zh}探访已逾期`, `The ${rhythms[tier].en} visit to ${who} is overdue`),
  seen: (who: string) => both(`已联系到${who}`, `Somebody has spoken to ${who}`),
  noLongerDue: (who: string) => both(`${who}目前无需探访`, `No visit to ${who} is due for now`),

  because: (plan: VisitPlan, { dueAtMs, overdueAtMs, missed }: Missed, timeZone: string): Bilingual[] => {
    const [due, overdue] = [stamp(timeZone, dueAtMs), stamp(timeZone, overdueAtMs)];
    const { zh, en } = tierWords[plan.tier];
    return [
      both(`探访等级为“${zh}”`, `she is planned to be contacted (${en})`),
      lastContact(plan, timeZone),
      both(`应于 ${due} 前联系，自 ${overdue} 起逾期`, `it was due by ${due}, and overdue from ${overdue} on`),
      ...(missed > 1 ? [both(`已连续错过 ${missed} 次`, `it was missed ${missed} times in a row`)] : []),
    ];
  },
  unlessSeen: both(
    '若此前登记了联系到本人的探访、电话或视频，或家人设定了外出，则不提醒',
    'a visit, call or video recorded before that in which somebody spoke to her, or the word of her family that she is away',
  ),
} as const;

function lastContact({ sinceMs, lastContactMs }: VisitPlan, timeZone: string): Bilingual {
  if (lastContactMs !== undefined && lastContactMs >= sinceMs) {
    const when = stamp(timeZone, lastContactMs);
    return both(`上次联系到她是 ${when}`, `somebody last spoke to her at ${when}`);
  }
  const since = stamp(timeZone, sinceMs);
  return both(`自 ${since} 定下计划以来，无人联系到她`, `nobody has spoken to her since the plan was made at ${since}`);
}

function both(zh: string, en: string): Bilingual {
  return { zh, en };
}
