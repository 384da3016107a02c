import type { Bilingual } from '../../model/alert.ts';
import type { Limits, News2Parameter, Vital } from '../vitals/news2.ts';

type Name = Bilingual & { readonly unit: string };

const names: Readonly<Record<Vital, Name>> = {
  heartRateBpm: { zh: '心率', en: 'pulse', unit: '/min' },
  spo2Pct: { zh: '血氧', en: 'blood oxygen', unit: ' %' },
  systolicMmHg: { zh: '收缩压', en: 'systolic pressure', unit: ' mmHg' },
  diastolicMmHg: { zh: '舒张压', en: 'diastolic pressure', unit: ' mmHg' },
  temperatureC: { zh: '体温', en: 'temperature', unit: ' °C' },
  respirationPerMin: { zh: '呼吸', en: 'breathing', unit: '/min' },
};

const parameters: Readonly<Record<News2Parameter, Bilingual>> = {
  ...names,
  oxygenSupply: { zh: '是否吸氧', en: 'oxygen supply' },
  consciousness: { zh: '意识', en: 'consciousness' },
};

/** `pulse 135/min`. */
function measured(vital: Vital, value: number): Bilingual {
  const { zh, en, unit } = names[vital];
  return { zh: `${zh} ${shown(value)}${unit}`, en: `${en} ${shown(value)}${unit}` };
}

function limits({ low, high }: Limits): string {
  return [low === undefined ? '' : `≤ ${low}`, high === undefined ? '' : `≥ ${high}`].filter(Boolean).join(' / ');
}

function list(all: readonly Bilingual[]): Bilingual {
  return { zh: all.map(({ zh }) => zh).join('、'), en: all.map(({ en }) => en).join(', ') };
}

function shown(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What the rule about vital signs says. `values`: the medians it rests on. */
export const vitalsWords = {
  values: (all: readonly (readonly [Vital, number])[]) => list(all.map(([vital, value]) => measured(vital, value))),
  abnormal: (who: string, what: Bilingual): Bilingual => ({
    zh: `${who}生命体征异常：${what.zh}`,
    en: `Vital signs of ${who} are out of range: ${what.en}`,
  }),
  unrepeated: (who: string, what: Bilingual): Bilingual => ({
    zh: `${who}测得${what.zh}，未复测，请再测一次`,
    en: `${who} measured ${what.en} and has not measured again: please repeat it`,
  }),
  usualAgain: (who: string): Bilingual => ({
    zh: `${who}的生命体征已恢复 30 分钟`,
    en: `Vital signs of ${who} have been back for 30 minutes`,
  }),

  heldRed: (vital: Vital, value: number, limit: Limits, minutes: number): Bilingual => ({
    zh: `${measured(vital, value).zh}（红线 ${limits(limit)}），已持续 ${minutes} 分钟`,
    en: `${measured(vital, value).en} (red ${limits(limit)}) for ${minutes} minutes`,
  }),
  heldAmber: (vital: Vital, value: number, limit: Limits, minutes: number): Bilingual => ({
    zh: `${measured(vital, value).zh}（黄线 ${limits(limit)}），已持续 ${minutes} 分钟`,
    en: `${measured(vital, value).en} (amber ${limits(limit)}) for ${minutes} minutes`,
  }),
  sessions: (vital: Vital, value: number, limit: Limits, times: number): Bilingual => ({
    zh: `${measured(vital, value).zh}（黄线 ${limits(limit)}），连续第 ${times} 次测量`,
    en: `${measured(vital, value).en} (amber ${limits(limit)}), ${times} measurements in a row`,
  }),
  unlikeHer: (vital: Vital, centre: number): Bilingual => ({
    zh: `平时这个时段的${names[vital].zh}约为 ${shown(centre)}`,
    en: `at this time of day ${names[vital].en} is usually about ${shown(centre)}`,
  }),
  partialNews2: (score: number, missing: readonly News2Parameter[]): Bilingual => ({
    zh: `部分 NEWS2 为 ${score} 分，缺少：${list(missing.map((one) => parameters[one])).zh}；不是完整评分`,
    en: `partial NEWS2 ${score}, without ${list(missing.map((one) => parameters[one])).en}; not a full score`,
  }),

  unlessHeld: {
    zh: '若红线值不足 10 分钟（血压计复测回到正常），或黄线值不足 30 分钟，则不报警',
    en: 'a red value for under 10 minutes (or usual again when repeated at the cuff), or an amber one for under 30',
  },
  unlessUsual: {
    zh: '若与本人平时相近（3 个标准差以内），黄线值不报警',
    en: 'amber values within 3 standard deviations of what is usual for this person',
  },
  unlessNotWorn: {
    zh: '若手环未佩戴、正在充电或佩戴者正在活动，读数不计',
    en: 'values while the band is off, charging or moving',
  },
  unlessAsleep: {
    zh: '夜间 41 至 50 次的慢心率，在了解本人夜间平时值之前不报警',
    en: 'a pulse of 41 to 50 at night, until it is known what is usual for this person at night',
  },
  unlessBetterOxygen: {
    zh: '手腕血氧以 90 分钟内较好的几次为准；黄线值须持续 60 分钟',
    en: 'better values among the last five at the wrist within 90 minutes (amber has to last for 60 there)',
  },
  unlessSaid: {
    zh: '同一黄线值 24 小时内只报一次',
    en: 'the same amber value told within the last 24 hours',
  },
  unlessRepeated: {
    zh: '若 15 分钟内复测恢复正常，则不报警',
    en: 'a second value within 15 minutes that is usual again',
  },
  notice: {
    zh: '本服务不是医疗器械，数值仅供提醒',
    en: 'Not a medical device: these numbers are a reason to look, not a diagnosis',
  },
} as const;
