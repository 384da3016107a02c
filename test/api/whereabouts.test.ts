import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Live } from '../../api/live-board.ts';
import { type WhereaboutsFacts, whereaboutsOf } from '../../api/whereabouts.ts';
import { noonMs, openTown, type Town } from './support/town.ts';

const minute = 60_000;
const hour = 60 * minute;
const home = { lat: 24.4451, lon: 118.0823 };
const circle = { type: 'circle', center: { lat: 24.46, lon: 118.09 }, radiusM: 200 } as const;
const rooms: Readonly<Record<string, string>> = { pir: 'kitchen', odd: '小房间' };

const ago = <T>(value: T, ms: number, deviceId = 'band') => ({ value, atMs: noonMs - ms, deviceId });
const fix = (lat: number, accuracyM?: number) => ({
  lat,
  lon: 118.0823,
  ...(accuracyM !== undefined && { accuracyM }),
});

function said(live: Partial<Live>, more: Partial<WhereaboutsFacts> = {}) {
  return whereaboutsOf({
    live: { battery: new Map(), heardAtMs: new Map(), lastHeardAtMs: noonMs - 5 * minute, ...live },
    home,
    zones: [{ name: 'Park', shape: circle }],
    roomOf: (deviceId) => rooms[deviceId],
    awayUntilMs: undefined,
    nowMs: noonMs,
    timeZone: 'Asia/Shanghai',
    ...more,
  });
}

const stories: readonly {
  readonly name: string;
  readonly live: Partial<Live>;
  readonly more?: Partial<WhereaboutsFacts>;
  readonly place: string;
  readonly doubtful: boolean;
  readonly zh: string;
  readonly en: string;
}[] = [
  {
    name: 'the kitchen sensor saw her',
    live: { movedAtHome: ago(true, 4 * minute, 'pir') },
    place: 'home',
    doubtful: false,
    zh: '在家，4 分钟前厨房有活动',
    en: 'At home, last motion in the kitchen 4 min ago',
  },
  {
    name: 'she sleeps: nothing moved for three hours',
    live: { movedAtHome: ago(true, 3 * hour, 'odd') },
    place: 'home',
    doubtful: false,
    zh: '在家，3 小时前小房间有活动',
    en: 'At home, last motion in “小房间” 3 h ago',
  },
  {
    name: 'nothing moved since yesterday',
    live: { movedAtHome: ago(true, 26 * hour, 'pir') },
    place: 'unknown',
    doubtful: true,
    zh: '最后一次知道在家是 1 天前',
    en: 'Last known to be at home 1 day ago',
  },
  {
    name: 'she walks in town',
    live: { goodPosition: ago(fix(24.4558, 12), 2 * minute), position: ago(fix(24.4558, 12), 2 * minute) },
    place: 'out',
    doubtful: false,
    zh: '在外，离家约 1.2 公里，2 分钟前',
    en: 'Out, about 1.2 km from home, 2 min ago',
  },
  {
    name: 'she is in her park',
    live: { goodPosition: ago({ lat: 24.4601, lon: 118.0901, accuracyM: 12 }, minute) },
    place: 'zone',
    doubtful: false,
    zh: '在“Park”，1 分钟前',
    en: 'In “Park”, 1 min ago',
  },
  {
    name: 'her band has not reported a place for two hours',
    live: { goodPosition: ago(fix(24.4496, 12), 2 * hour), position: ago(fix(24.4496, 12), 2 * hour) },
    place: 'out',
    doubtful: true,
    zh: '2 小时前在外，离家约 500 米，之后没有新位置',
    en: 'Out, about 500 m from home 2 h ago, no position since',
  },
  {
    name: 'only a radio cell knows her',
    live: { position: ago(fix(24.47, 800), 2 * minute), goodPosition: ago(fix(24.4558, 12), 58 * minute) },
    place: 'unknown',
    doubtful: true,
    zh: '位置不可靠（误差约 800 米），最后可靠位置 11:02',
    en: 'Position doubtful (off by about 800 m); last good one 11:02',
  },
  {
    name: 'a rough fix while the kitchen sensor sees her',
    live: { position: ago(fix(24.47, 800), minute), movedAtHome: ago(true, 4 * minute, 'pir') },
    place: 'home',
    doubtful: false,
    zh: '在家，4 分钟前厨房有活动',
    en: 'At home, last motion in the kitchen 4 min ago',
  },
  {
    name: 'the band lies on a table in town',
    live: {
      position: ago(fix(24.4558, 12), minute),
      goodPosition: ago(fix(24.4558, 12), minute),
      worn: ago(false, 50 * minute),
    },
    place: 'unknown',
    doubtful: true,
    zh: '手环自 11:10 起未佩戴，位置是手环的',
    en: "Band not worn since 11:10: the position is the band's",
  },
  {
    name: 'the door was used and the home is still',
    live: { movedAtHome: ago(true, 45 * minute, 'pir'), contactOpen: ago(false, 40 * minute, 'door') },
    place: 'unknown',
    doubtful: true,
    zh: '家门 40 分钟前开过，之后家中没有活动',
    en: 'The door was used 40 min ago, and nothing moved at home since',
  },
  {
    name: 'her family said that she is away',
    live: {},
    more: { awayUntilMs: noonMs + 30 * hour },
    place: 'unknown',
    doubtful: true,
    zh: '位置未知，最后一次消息 5 分钟前；家人说外出至 03-08 18:00',
    en: 'Whereabouts unknown; last heard 5 min ago; the family said away until 03-08 18:00',
  },
];

for (const { name, live, more, place, doubtful, zh, en } of stories) {
  test(name, () => expect(said(live, more)).toEqual({ place, doubtful, sentence: { zh, en } }));
}

test('nothing heard at all is said, not left empty', () => {
  const { lastHeardAtMs: _never, ...nothing } = { lastHeardAtMs: 0, battery: new Map(), heardAtMs: new Map() };
  expect(said({}, { live: nothing }).sentence.en).toBe('Nothing heard in the last 7 days');
});

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

test('the daughter reads it with the live position, and a sensor that says "still" is no motion', async () => {
  await town.say('motion-0', { motion: true }, noonMs - 4 * minute);
  await town.say('motion-0', { motion: false }, noonMs - minute);
  const { json } = await town.as('daughter', 'GET', '/residents/r0/live');
  expect(json).toMatchObject({
    sentence: { zh: '在家，4 分钟前厨房有活动', en: 'At home, last motion in the kitchen 4 min ago' },
    place: 'home',
    doubtful: false,
  });
});
