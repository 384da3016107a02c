import type { Bilingual } from '../../model/alert.ts';

/** Sentences about where somebody is: zones, lost contact, wandering. `who` is the resident's name, or the device's id. */
export const words = {
  zoneExit: (who: string, metres: number) =>
    both(`${who}离开安全区 ${metres} 米`, `${who} has left the safe zone, ${metres} m outside`),
  zoneSilent: (who: string, metres: number) =>
    both(
      `${who}最后出现在安全区外 ${metres} 米，此后没有消息`,
      `${who} was last seen ${metres} m outside the safe zone, and nothing has been heard since`,
    ),
  silentSince: (when: string, minutes: number) =>
    both(`${when} 之后 ${minutes} 分钟没有任何消息`, `Nothing heard since ${when}, for ${minutes} minutes`),
  zoneBack: (who: string) => both(`${who}已回到安全区`, `${who} is back in the safe zone`),
  forbidden: (who: string, zone: string) =>
    both(`${who}进入了禁入区“${zone}”`, `${who} has entered the forbidden zone "${zone}"`),
  forbiddenLeft: (who: string, zone: string) =>
    both(`${who}已离开禁入区“${zone}”`, `${who} has left the forbidden zone "${zone}"`),
  moved: both(
    '手环报告有走动，步数与路程相符，或位置明显移动',
    'The band reports moving, has counted the steps for the way, or the fixes lie a way apart',
  ),
} as const;

/** Why fixes were believed, by the name the rule gives it. */
export const reasonWords = {
  twoFar: both(
    '连续两次定位都在边界外很远，误差无法解释',
    'Two fixes in a row were so far outside that no error explains both',
  ),
  several: both(
    '一分钟以上多次定位都在边界外，超出自身误差',
    'Several fixes over more than a minute were outside by more than their error',
  ),
  lingering: both('五分钟以上没有一次定位在边界内', 'For more than five minutes no fix was inside'),
  manyRough: both('四分钟以上所有粗略定位都在边界外很远', 'For more than four minutes every rough fix was far outside'),
  silent: both(
    '多次定位都不在边界内，其中至少一次超出自身误差，然后失去消息',
    'No fix was inside any more, one at least was outside by more than its error, and then came silence',
  ),
  nightDoor: both('夜间门被打开，随后定位在边界外', 'The door was opened at night, and then a fix was outside'),
} as const;

/** Why an excursion is an emergency. */
export const urgencyWords = {
  night: both('夜间（22 点至 6 点）', 'It is night (22:00 to 06:00)'),
  far: both('离家超过 2 公里', 'More than 2 km from home'),
  vehicle: both('以车速移动', 'Moving at the speed of a vehicle'),
  lowBattery: both('手环电量低于 15%', 'The battery of the band is below 15 %'),
  long: both('在外超过一小时', 'Outside for more than an hour'),
  silent: both('手环没有消息', 'The band is not heard from'),
} as const;

/** What would have kept an exit quiet. */
export const unlessWords = {
  twoFar: both(
    '若其中一次不在边界外很远，则不报警',
    'If one of the two had not been far outside, it would have kept quiet',
  ),
  several: both('若其中两次定位不在边界外，则不报警', 'If two of them had not been outside, it would have kept quiet'),
  lingering: both(
    '其间若有一次定位在边界内，则重新计时',
    'One fix inside in that time would have begun the count again',
  ),
  manyRough: both(
    '其间若有一次定位在边界内，则重新计时',
    'One fix inside in that time would have begun the count again',
  ),
  silent: both(
    '其间若收到手环的任何消息，则重新计时；若有一次定位在边界内，则不报警',
    'Any word of the device would have begun the count again, and a fix inside would have kept it quiet',
  ),
  nightDoor: both('若门未打开，则等待更多定位', 'Had the door stayed shut, more fixes would have been waited for'),
  accuracy: (metres: number) =>
    both(
      `若定位精度差于 ${metres} 米，则不计入`,
      `Fixes with an accuracy worse than ${metres} m would not have counted`,
    ),
  anchor: both(
    '若三分钟内听到家中信标，则不报警',
    'The home beacon heard within three minutes would have kept it quiet',
  ),
  homeSince: both(
    '若此后门被打开或室内有人活动（独居），则不报警',
    'The door opened since, or motion indoors, of somebody living alone, would have kept it quiet',
  ),
  indoors: both(
    '若门未开而五分钟内室内有人活动（独居），则暂缓',
    'Motion indoors within five minutes behind a closed door, of somebody living alone, would have held it back',
  ),
} as const;

/** One fix, as evidence: `08:02 离边界 60 米（精度 12 米）`. */
export function fixInWords(when: string, outsideM: number, accuracyM: number): Bilingual {
  const metres = Math.abs(outsideM);
  if (accuracyM === 0) return both(`${when} 听到家中信标`, `${when} the home beacon was heard`);
  return outsideM > 0
    ? both(
        `${when} 在边界外 ${metres} 米（精度 ${accuracyM} 米）`,
        `${when} ${metres} m outside (accuracy ${accuracyM} m)`,
      )
    : both(
        `${when} 在边界内 ${metres} 米（精度 ${accuracyM} 米）`,
        `${when} ${metres} m inside (accuracy ${accuracyM} m)`,
      );
}

export function listed(parts: readonly Bilingual[]): Bilingual {
  return both(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; '));
}

export function both(zh: string, en: string): Bilingual {
  return { zh, en };
}

export const contactWords = {
  lost: (who: string, minutes: number) =>
    both(
      `${who}在安全区外失去联系 ${minutes} 分钟`,
      `Lost contact with ${who} outside the safe zone, for ${minutes} minutes`,
    ),
  back: (who: string) => both(`又收到${who}的消息`, `${who} is heard from again`),
  lastSeen: (minutes: number, outsideM: number, accuracyM: number) =>
    both(
      `最后一次定位在边界外 ${outsideM} 米（精度 ${accuracyM} 米），此后 ${minutes} 分钟没有任何消息`,
      `The last fix was ${outsideM} m outside (accuracy ${accuracyM} m); no word for ${minutes} minutes since`,
    ),
  course: (courseDeg: number, speedMps: number) =>
    both(
      `当时朝${compass(courseDeg).zh}，每秒 ${speedMps} 米`,
      `Going ${compass(courseDeg).en} at ${speedMps} m/s then`,
    ),
  battery: (pct: number) => both(`手环电量只剩 ${pct}%`, `The band had ${pct} % battery left`),
  unlessHeard: (minutes: number) =>
    both(`若 ${minutes} 分钟内有任何消息，则不报警`, `Any word within ${minutes} minutes would have kept it quiet`),
  unlessInside: both('若最后一次定位在安全区内，则不报警', 'A last fix inside a safe zone would have kept it quiet'),
} as const;

const winds = [
  both('北', 'north'),
  both('东北', 'north-east'),
  both('东', 'east'),
  both('东南', 'south-east'),
  both('南', 'south'),
  both('西南', 'south-west'),
  both('西', 'west'),
  both('西北', 'north-west'),
];

function compass(deg: number): Bilingual {
  return winds[Math.round(deg / 45) % 8] ?? both('', '');
}

/** Martino-Saltzman's patterns. */
export const patternWords = {
  pacing: both('来回走动', 'to and fro'),
  lapping: both('绕圈走动', 'round and round'),
  random: both('无目的走动', 'without aim'),
} as const;

type Figures = { readonly pathM: number; readonly netM: number; readonly minutes: number };

export const wanderingWords = {
  wanders: (who: string, how: Bilingual) => both(`${who}在外${how.zh}`, `${who} is walking ${how.en} outside`),
  farFromUsual: (who: string) =>
    both(`${who}离常去的地方超过 1 公里`, `${who} is more than 1 km from anywhere she usually goes`),
  over: (who: string) => both(`${who}已回到安全区`, `${who} is back in the safe zone`),
  figures: ({ pathM, netM, minutes }: Figures) =>
    both(
      `${minutes} 分钟走了 ${pathM} 米，离起点只有 ${netM} 米`,
      `${pathM} m in ${minutes} minutes, only ${netM} m from where it began`,
    ),
  unknown: both('近四周没有来过这一带', 'No visit to this neighbourhood in four weeks'),
  unlessStraight: both(
    '若路程不足 300 米，或不到直线距离的 4 倍，则不报警',
    'A way shorter than 300 m, or less than four times as long as it leads, would have kept it quiet',
  ),
  unlessUsual: both('若近四周来过附近，则不报警', 'A visit nearby in the last four weeks would have kept it quiet'),
} as const;

export const forbiddenWords = {
  fixes: (insideM: number, accuracyM: number) =>
    both(
      `两次定位都在禁入区内，最近一次在边界内 ${insideM} 米（精度 ${accuracyM} 米）`,
      `Two fixes lay in the zone, the last ${insideM} m inside its edge (accuracy ${accuracyM} m)`,
    ),
  unlessOutside: both('若第二次定位不在禁入区内，则不报警', 'A second fix outside it would have kept it quiet'),
  unlessPoor: (metres: number) =>
    both(
      `若定位精度差于 ${metres} 米，则不计入`,
      `Fixes with an accuracy worse than ${metres} m would not have counted`,
    ),
} as const;
