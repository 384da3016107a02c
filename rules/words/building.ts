import type { Bilingual } from '../../model/alert.ts';

/** What is said about fire in a building. */
export const buildingWords = {
  fire: (place: string, homes: number) =>
    both(`${place}有 ${homes} 户烟雾或燃气报警`, `Smoke or gas in ${homes} homes of ${place}`),
  /** A space between them: of grid 1 and house 8 nobody may make house 18. */
  building: (area: string, building: string) => both(`${area} ${building}`, `${building}, ${area}`),
  neighbours: (area: string) => both(`${area}相邻住户`, `one building in ${area}`),
  confirmed: (who: string) =>
    both(`${who}家的报警得到邻户报警的印证`, `The alarm at the home of ${who} is confirmed by a neighbour's`),
  besideMe: (seconds: number, metres: number | undefined) =>
    both(
      `${seconds} 秒内${metres === undefined ? '同楼' : `相距 ${metres} 米的`}另一户也报警`,
      `Another home ${metres === undefined ? 'of the building' : `${metres} m away`} raised an alarm within ${seconds} seconds`,
    ),
  nobodyBeside: (minutes: number) =>
    both(
      `若 ${minutes} 分钟内邻近没有另一户报警，则不标为已确认；本户的报警从不等待`,
      `Without another alarm nearby within ${minutes} minutes it would not be called confirmed; this home's own alarm never waits for that`,
    ),
  homes: (homes: number, minutes: number) =>
    both(`${homes} 户在 ${minutes} 分钟内先后报警`, `${homes} homes raised an alarm within ${minutes} minutes`),
  fewerHomes: (homes: number) =>
    both(
      `少于 ${homes} 户时只有各户自己的报警，各户报警从不等待`,
      `With fewer than ${homes} homes there are only the alarms of each home, which never wait for this`,
    ),
} as const;

function both(zh: string, en: string): Bilingual {
  return { zh, en };
}
