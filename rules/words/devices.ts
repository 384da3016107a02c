import type { Bilingual } from '../../model/alert.ts';

/** A press, an open case, a battery, a band off the wrist: what is said of it, why, and what would have kept it quiet. */
export const deviceWords = {
  sos: (who: string) => both(`${who}按下了求助键`, `${who} pressed the help button`),
  sosLate: (who: string, when: string) =>
    both(`${who}曾于 ${when} 按下求助键（迟到的消息）`, `${who} pressed the help button at ${when} (late message)`),
  tamper: (what: string) => both(`${what}被拆动`, `${what} has been tampered with`),
  batteryLow: (what: string, pct: number) => both(`${what}电量剩 ${pct}%`, `${what} has ${pct} % battery left`),
  batteryOk: (what: string) => both(`${what}电量已恢复或正在充电`, `${what} is charged or charging again`),

  notWorn: (who: string, minutes: number) =>
    both(`${who}的手环已摘下 ${minutes} 分钟`, `${who} has not worn the band for ${minutes} minutes`),
  notWornOutside: (who: string) =>
    both(`${who}在安全区外摘下了手环`, `${who} took the band off outside every safe zone`),
  wornAgain: (who: string) => both(`${who}重新戴上了手环`, `${who} wears the band again`),

  pressed: (what: Bilingual): Bilingual =>
    both(`${what.zh}上的求助键被按下`, `the help button of the ${what.en} was pressed`),
  delayed: (minutes: number): Bilingual =>
    both(
      `消息迟到 ${spanZh(minutes)}，至今无人应答`,
      `it arrived ${spanEn(minutes)} late and nobody has answered it yet`,
    ),
  clockUnproven: both(
    '时间戳早于一天，但无法证明设备时钟正确，按刚刚按下处理',
    'its time stamp is over a day old, but nobody can vouch for the clock, so it counts as pressed now',
  ),
  clockProven: both('设备时钟前后均正确，确为过去的记录', 'the clock was right before and after: it did happen then'),
  sosRecord: (who: string, when: string): Bilingual =>
    both(
      `${who}曾于 ${when} 按下求助键（一天前的记录，请回访）`,
      `${who} pressed the help button at ${when} (a record, over a day old: please call back)`,
    ),
  unlessNeverSos: both('求助从不合并、延迟或忽略', 'nothing: a press is never held back'),
  unlessYoung: both(
    '若不足 24 小时，或设备时钟可疑，则按紧急求助处理',
    'under 24 hours old, or from a doubtful clock, it is an emergency',
  ),

  opened: (what: Bilingual): Bilingual => both(`${what.zh}报告外壳被打开`, `the ${what.en} says that its case is open`),
  unlessToldThisHour: both('若 1 小时内已报告过，则不重复', 'told for this device within the last hour'),

  batteryAt: (pct: number, limitPct: number): Bilingual =>
    both(`电量 ${pct}%，不高于 ${limitPct}%`, `battery at ${pct} %, at or below ${limitPct} %`),
  unlessCharging: both(
    '若两小时内在充电，或电量仍高于限值，则不提醒',
    'on the charger within the last two hours, or above the limit',
  ),

  offSince: (minutes: number): Bilingual =>
    both(`手环离开皮肤已 ${minutes} 分钟`, `no skin contact for ${minutes} minutes`),
  offOutside: (when: string): Bilingual =>
    both(`${when} 的定位在所有安全区之外`, `the fix at ${when} was outside every safe zone`),
  unlessWornSoon: both(
    '若在充电、夜间（22:00 至 7:00），或 30 分钟内重新戴上，则不提醒',
    'on the charger, at night (22:00 to 07:00), or worn again within 30 minutes',
  ),
  unlessInside: both(
    '若 5 分钟内重新戴上，或最近两小时的定位在安全区内，则不报警',
    'worn again within 5 minutes, or last seen inside a safe zone',
  ),
} as const;

function both(zh: string, en: string): Bilingual {
  return { zh, en };
}

function spanZh(minutes: number): string {
  return minutes < 120 ? `${minutes} 分钟` : `${Math.round(minutes / 60)} 小时`;
}

function spanEn(minutes: number): string {
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
