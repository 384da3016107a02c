import type { Bilingual } from '../../model/alert.ts';

/** What is said about devices, homes and areas that are not heard from. Spans in whole minutes. */
export const silenceWords = {
  offline: (what: string, minutes: number) =>
    both(`${what}已失联 ${spanZh(minutes)}`, `${what} has been silent for ${spanEn(minutes)}`),
  online: (what: string) => both(`${what}恢复联系`, `${what} is back`),
  folded: (what: string) => both(`${what}失联属于区域通信中断`, `${what} is silent as part of an outage in the area`),

  lastHeard: (when: string, minutes: number) =>
    both(`最后一次消息在 ${when}，已过 ${spanZh(minutes)}`, `Last heard at ${when}, ${spanEn(minutes)} ago`),
  connectionLost: (when: string) =>
    both(`${when} 连接中断，没有再连上`, `Its connection broke at ${when} and did not come back`),
  allowed: (minutes: number) =>
    both(`这种设备最多可静默 ${spanZh(minutes)}`, `This kind of device may be silent for ${spanEn(minutes)}`),
  allowedByHabit: (minutes: number) =>
    both(`按这台设备的习惯，最多可静默 ${spanZh(minutes)}`, `By its own habit it may be silent for ${spanEn(minutes)}`),
  usualGapOver: (when: string) =>
    both(`每天这个时候都会断开，通常 ${when} 前恢复`, `It is away at this hour most days, and usually back by ${when}`),
  battery: (pct: number) => both(`最后一次电量 ${pct}%，可能没电了`, `Its battery was at ${pct} %: probably empty`),
  charging: both('最后一次消息时正在充电', 'It was on its charger when last heard'),
  outside: both(
    '最后位置在安全区外，由位置规则处理',
    'Last seen outside the safe zone: followed by the rules of places',
  ),
  together: (count: number) =>
    both(
      `家里其他 ${count} 台设备也同时没有消息：可能是网关或停电`,
      `The ${count} other devices of the home fell silent with it: probably the hub or the power`,
    ),
  othersAlive: (count: number) =>
    both(`家里其他 ${count} 台设备仍有消息`, `${count} other devices of the home are still heard`),
  behind: (devices: number) =>
    both(`它下面的 ${devices} 台设备也收不到`, `The ${devices} devices behind it cannot be heard either`),
  anyWordBefore: (when: string) =>
    both(`${when} 前收到它的任何消息就不会报警`, `Any word from it before ${when} would have kept this quiet`),
  nobodyMoved: both(
    '它只在有动静时发消息：若这期间家里其他传感器也没有动静，就不会报警',
    'It speaks only when something happens: had nothing moved in the rest of the home either, this would have been quiet',
  ),
  areaInstead: both(
    '若同一区域大量设备同时失联，只报一次区域中断',
    'Had many devices of the area fallen silent together, one alert for the area would stand for all',
  ),
} as const;

/** What is said about a whole area. */
export const outageWords = {
  outage: (area: string, devices: number, homes: number) =>
    both(
      `${area}通信中断：${homes} 户 ${devices} 台设备失联`,
      `Outage in ${area}: ${devices} devices in ${homes} homes are not heard`,
    ),
  over: (area: string) => both(`${area}通信已恢复`, `${area} can be heard again`),
  grown: (area: string) => both(`${area}的中断属于更大范围的中断`, `The outage in ${area} is part of a larger one`),
  lost: (devices: number, seconds: number) =>
    both(`${devices} 台设备在 ${seconds} 秒内失去联系`, `${devices} devices lost contact within ${seconds} seconds`),
  share: (devices: number, all: number) =>
    both(
      `区域内共有 ${all} 台常在线设备，失联 ${devices} 台`,
      `${devices} of the ${all} devices there that are always heard`,
    ),
  toCall: (count: number) =>
    both(`其中 ${count} 户高风险或独居，请逐户致电`, `${count} of the homes are at high risk or live alone: call each`),
  fewer: (devices: number, minutes: number) =>
    both(
      `${minutes} 分钟内失联少于 ${devices} 台就不会报区域中断`,
      `Fewer than ${devices} devices within ${minutes} minutes would not be an outage of the area`,
    ),
  backInTime: both('多数设备及时恢复就不会报警', 'Had most of them come back at once, nothing would have been told'),
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
