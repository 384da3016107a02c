import type { Bilingual } from '../../model/alert.ts';

/** What is said about a home in which nothing moves, and about a resident who stays out. */
export const words = {
  inactivity: (who: string, minutes: number) =>
    both(`${who}已 ${hoursZh(minutes)}没有活动迹象`, `No sign of activity from ${who} for ${hoursEn(minutes)}`),
  active: (who: string) => both(`${who}又有活动了`, `${who} is active again`),
  away: (who: string, minutes: number) =>
    both(`${who}外出 ${hoursZh(minutes)}未归`, `${who} has been out for ${hoursEn(minutes)} and is not back`),
  back: (who: string) => both(`${who}已回家`, `${who} is back home`),

  lastSeen: (where: string, when: string) =>
    both(
      `最后一次活动在 ${when}（${where}），此后家中没有动静`,
      `The last sign of life was at ${when} (${where}); nothing has moved since`,
    ),
  line: (minutes: number, days: number) =>
    both(
      `这个家在这个时段通常不会安静超过 ${hoursZh(minutes)}（依据 ${days} 天的观察）`,
      `At this time of day this home is not usually still for more than ${hoursEn(minutes)} (from ${days} days seen)`,
    ),
  fixed: (minutes: number) =>
    both(
      `还不能判断这个家的作息，按固定时限 ${hoursZh(minutes)}`,
      `This home's habits are not known well enough yet, so the fixed limit of ${hoursEn(minutes)} holds`,
    ),
  someSilent: (minutes: number) =>
    both(
      `有传感器没有信号，按固定时限 ${hoursZh(minutes)}`,
      `Some sensors are silent, so the fixed limit of ${hoursEn(minutes)} holds`,
    ),
  ceiling: (minutes: number) =>
    both(
      `满 ${hoursZh(minutes)}没有任何生命迹象，无论原因都要有人去看`,
      `A full ${hoursEn(minutes)} without any sign of life, whatever the reason, needs somebody to look`,
    ),
  blind: () => both('传感器没有信号，家中情况不明', 'The sensors are silent, so nobody knows what happens in the home'),
  toldBefore: (when: string) =>
    both(`${when} 已报过警，此后仍没有动静`, `People were told at ${when}, and nothing has moved since`),
  unanswered: (minutes: number) =>
    both(
      `已询问本人，${minutes} 分钟内没有回应`,
      `The resident was asked and did not answer within ${minutes} minutes`,
    ),
  notAsked: () => both('家中没有可以询问本人的设备', 'There is no device in the home to ask the resident with'),
  othersLiveHere: () => both('家中不止一人，判断的把握较低', 'Others live here too, so this is less certain'),
  pet: (minutes: number) =>
    both(
      `家中有宠物：20 分钟内至少 ${minutes} 分钟有动静才算是人`,
      `There is a pet: only movement in ${minutes} of 20 minutes counts as a person`,
    ),
  left: (when: string) =>
    both(
      `${when} 开过门，此后家中没有动静：多半已出门，也可能进门后没有再活动`,
      `The door moved at ${when} and nothing in the home since: most likely she left, but she may have come in and not moved`,
    ),
  leftWithBand: (when: string) => both(`手环自 ${when} 起不在家`, `The band has been away from home since ${when}`),

  unlessMoved: () => both('家中有任何活动', 'Any movement in the home'),
  unlessMovedOn: (minutes: number) =>
    both(
      `20 分钟内有 ${minutes} 分钟以上的活动，或门、按键、手环的动静`,
      `Movement in ${minutes} of 20 minutes, or the door, the button or the band`,
    ),
  unlessOk: () => both('本人按键确认没事', 'The resident pressing the button to say all is well'),
  unlessOut: () => both('门磁显示本人已出门', 'The door showing that the resident had gone out'),
  unlessAway: () => both('家人设定了外出', 'The family saying until when she is away'),
  unlessHeard: () => both('传感器重新上线', 'The sensors being heard again'),
  unlessBack: () => both('开门后家中有活动', 'Movement in the home after the door'),
} as const;

function both(zh: string, en: string): Bilingual {
  return { zh, en };
}

function hoursZh(minutes: number): string {
  return `${rounded(minutes)} 小时`;
}

function hoursEn(minutes: number): string {
  return `${rounded(minutes)} hours`;
}

/** Half hours below ten, whole ones above: nobody needs more. Never more than has passed. */
function rounded(minutes: number): number {
  return minutes < 600 ? Math.floor(minutes / 30) / 2 : Math.floor(minutes / 60);
}
