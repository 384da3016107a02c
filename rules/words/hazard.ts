import type { Bilingual } from '../../model/alert.ts';

type Named = (who: string, where: string) => Bilingual;

/** What a detector watches for, in words. */
export type HazardWords = {
  readonly raised: Named;
  readonly cleared: Named;
  readonly record: (who: string, where: string, when: string) => Bilingual;
  readonly reported: (what: string) => Bilingual;
  readonly unless: Bilingual;
};

export const smokeWords: HazardWords = {
  raised: (who, where) => both(`${who}家${where}烟雾报警`, `Smoke at the home of ${who}${inRoom(where)}`),
  cleared: (who, where) =>
    both(`${who}家${where}烟雾已消散`, `Smoke has cleared at the home of ${who}${inRoom(where)}`),
  record: (who, where, when) =>
    both(
      `${who}家${where}曾于 ${when} 烟雾报警（一天前的记录）`,
      `Smoke at the home of ${who}${inRoom(where)} at ${when} (a record, over a day old)`,
    ),
  reported: (what) => both(`${what}报告烟雾`, `${what} reports smoke`),
  unless: both(
    '烟雾报警从不延迟，也从不因家中无人而取消',
    'nothing: smoke is told at the first report, whoever is at home',
  ),
};

export const gasWords: HazardWords = {
  raised: (who, where) => both(`${who}家${where}燃气报警`, `Gas at the home of ${who}${inRoom(where)}`),
  cleared: (who, where) => both(`${who}家${where}燃气已消散`, `Gas has cleared at the home of ${who}${inRoom(where)}`),
  record: (who, where, when) =>
    both(
      `${who}家${where}曾于 ${when} 燃气报警（一天前的记录）`,
      `Gas at the home of ${who}${inRoom(where)} at ${when} (a record, over a day old)`,
    ),
  reported: (what) => both(`${what}报告燃气泄漏`, `${what} reports gas`),
  unless: both(
    '燃气报警从不延迟，也从不因家中无人而取消',
    'nothing: gas is told at the first report, whoever is at home',
  ),
};

/** What is added to an alarm of smoke or gas. */
export const hazardWords = {
  secondDetector: (what: string) => both(`${what}也在报警`, `${what} reports it too`),
  hot: (what: string, celsius: number) => both(`${what}测得 ${celsius} °C`, `${what} measures ${celsius} °C`),
  heating: (what: string, perMin: number) =>
    both(`${what}处每分钟升温 ${perMin} °C`, `it gets ${perMin} °C hotter each minute at ${what}`),
  stillOn: (seconds: number) =>
    both(`报警已持续 ${seconds} 秒，无人应答`, `it has gone on for ${seconds} seconds and nobody has answered`),
  unlessConfirmed: both(
    '若 120 秒内消散或有人应答，且无第二个探测器或升温佐证，则不标为已确认',
    'it is not called confirmed when it clears or somebody answers within 120 s and no second detector or heat agrees',
  ),
  atHome: (what: string, when: string) =>
    both(`家中可能有人：${what} ${when} 有动静`, `Likely at home: ${what} at ${when}`),
  nobodySeen: both('最近 30 分钟家中没有动静记录', 'No sign of anybody at home in the last 30 minutes'),
  shortAndAnswered: (who: string) =>
    both(`${who}家报警 60 秒内消散且本人应答平安`, `It cleared within 60 s and ${who} answered: all is well`),
  nuisance: (what: string, times: number) =>
    both(
      `${what} 7 天内短暂误报 ${times} 次，请移位或清洁`,
      `${what} has raised ${times} short alarms in 7 days: move or clean the detector`,
    ),
  nuisanceBecause: (times: number) =>
    both(
      `7 天内 ${times} 次报警都在 5 分钟内自行消散，且未被确认`,
      `${times} alarms in 7 days cleared within 5 minutes and none was confirmed`,
    ),
  nuisanceUnless: both('7 天内不超过 3 次', 'no more than 3 of them in 7 days'),
} as const;

function both(zh: string, en: string): Bilingual {
  return { zh, en };
}

function inRoom(where: string): string {
  return where === '' ? '' : ` (${where})`;
}
