import type { Bilingual } from '../../model/alert.ts';
import type { SaidType } from '../../model/by-hand.ts';
import type { Role } from '../../model/people.ts';
import { typeNames } from '../wording.ts';

/** Who said it, as far as anybody may know who is told: names stand in the time line, for those who may see it. */
export const reporters: Readonly<Record<Role, Bilingual>> = {
  admin: { zh: '管理员', en: 'an administrator' },
  operator: { zh: '值班员', en: 'the centre' },
  responder: { zh: '网格员', en: 'a responder' },
  family: { zh: '家人', en: 'the family' },
  viewer: { zh: '工作人员', en: 'the staff' },
};

const summaries: Readonly<Record<SaidType, (who: string) => Bilingual>> = {
  missing: (who) => ({ zh: `找不到${who}了`, en: `${who} cannot be found` }),
  sos: (who) => ({ zh: `有人为${who}求助`, en: `Somebody calls for help for ${who}` }),
  fall: (who) => ({ zh: `有人报告${who}跌倒了`, en: `Somebody reports that ${who} has fallen` }),
};

/** One sentence, and nothing in it that somebody typed: it goes over other people's machines and onto walls. */
export function summaryOf(type: SaidType, who: string, seenAt: string | undefined): Bilingual {
  const { zh, en } = summaries[type](who);
  if (seenAt === undefined) return { zh, en };
  return { zh: `${zh}，最后看到 ${seenAt}`, en: `${en}, last seen ${seenAt}` };
}

/** The reasons, one sentence each. */
export const reasons = {
  reported: (role: Role, at: string): Bilingual => ({
    zh: `${reporters[role].zh}于 ${at} 人工报警`,
    en: `Reported by ${reporters[role].en} at ${at}`,
  }),
  lastSeen(at: string | undefined, place: string | undefined): Bilingual {
    if (at === undefined) return { zh: `最后看到：${place}`, en: `Last seen: ${place}` };
    const where = place === undefined ? { zh: '', en: '' } : { zh: `，${place}`, en: `, ${place}` };
    return { zh: `最后看到 ${at}${where.zh}`, en: `Last seen ${at}${where.en}` };
  },
  note: (note: string): Bilingual => ({ zh: `报告人说：${note}`, en: `In their words: ${note}` }),
  lastFix: (at: string, minutes: number, isWorn: boolean): Bilingual => ({
    zh: `手环最后的可靠位置：${at}，${minutes} 分钟前${isWorn ? '' : '；手环没有戴在身上'}`,
    en: `Last good position of the band: ${at}, ${minutes} min ago${isWorn ? '' : '; the band is not worn'}`,
  }),
  noFix: { zh: '手环没有可靠的位置', en: 'The band has no good position' },
  cognitiveRisk: { zh: '已登记有认知障碍风险', en: 'She is on record as at cognitive risk' },
  alsoOpen: (types: readonly Also[]): Bilingual => ({
    zh: `报告时已有警报：${types.map(({ type, at }) => `${typeNames[type].zh}（${at}）`).join('、')}`,
    en: `Open at the time: ${types.map(({ type, at }) => `${typeNames[type].en} (${at})`).join(', ')}`,
  }),
} as const;

type Also = { readonly type: keyof typeof typeNames; readonly at: string };

/** What would have kept it quiet. */
export const unless: Bilingual = {
  zh: '无：由人报告，不取决于任何界限；不会自行解除，由人关闭',
  en: 'Nothing: a person said it, and no limit stands behind it. It does not end by itself: a person closes it',
};
