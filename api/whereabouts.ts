import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Bilingual } from '../model/alert.ts';
import { distanceM } from '../model/distance.ts';
import type { LatLon, Shape } from '../model/geo.ts';
import type { Live } from './live-board.ts';
import { agoWords, distanceWords, momentWords, roomWords } from './whereabouts-words.ts';

/** Where somebody is, as far as it is known, in words for the family; never an address. */
export type Whereabouts = {
  readonly place: 'home' | 'zone' | 'out' | 'unknown';
  /** What is said may be wrong, and the sentence says why. */
  readonly doubtful: boolean;
  readonly sentence: Bilingual;
};

export type WhereaboutsFacts = {
  readonly live: Live;
  /** WGS-84, as the shapes of her safe zones. */
  readonly home: LatLon | undefined;
  readonly zones: readonly { readonly name: string; readonly shape: Shape }[];
  /** The room a sensor hangs in. */
  roomOf(deviceId: string): string | undefined;
  readonly awayUntilMs: number | undefined;
  readonly nowMs: number;
  /** IANA name. */
  readonly timeZone: string;
};

const minuteMs = 60_000;
/** A position older than that is where she was. */
const freshMs = 30 * minuteMs;
/** Motion at home says so much longer: people sleep. */
const homeHoldsMs = 12 * 60 * minuteMs;
/** Whoever went out of the door is seen again by a sensor at home within that, or has gone. */
const doorSettlesMs = 10 * minuteMs;
/** A bad fix beside other news not older than that is not worth a word. */
const besideMs = 10 * minuteMs;
/** A home is not a point. */
const homeRadiusM = 50;

/** The sentence about where somebody is now, from facts alone. Pure. */
export function whereaboutsOf(facts: WhereaboutsFacts): Whereabouts {
  const found = withDoubt(facts, newestSign(facts)) ?? unknown(facts);
  const { awayUntilMs, nowMs, timeZone } = facts;
  if (awayUntilMs === undefined || awayUntilMs <= nowMs || found.place === 'home') return found;
  const until = momentWords(awayUntilMs, nowMs, timeZone);
  const { zh, en } = found.sentence;
  return {
    ...found,
    sentence: { zh: `${zh}；家人说外出至 ${until}`, en: `${en}; the family said away until ${until}` },
  };
}

/** Something that says where she was. */
type Sign = Whereabouts & { readonly atMs: number; readonly from: 'sensor' | 'position' };

function newestSign(facts: WhereaboutsFacts): Sign | undefined {
  const signs = [motionSign(facts), anchorSign(facts), positionSign(facts)].filter((sign) => sign !== undefined);
  return signs.reduce<Sign | undefined>((best, sign) => (best && best.atMs >= sign.atMs ? best : sign), undefined);
}

function motionSign({ live: { movedAtHome }, roomOf, nowMs }: WhereaboutsFacts): Sign | undefined {
  if (movedAtHome === undefined) return undefined;
  const room = roomWords(roomOf(movedAtHome.deviceId));
  const ago = agoWords(nowMs - movedAtHome.atMs);
  const sentence = { zh: `在家，${ago.zh}${room.zh}有活动`, en: `At home, last motion ${room.en} ${ago.en}` };
  return atHome(sentence, movedAtHome.atMs, nowMs, 'sensor');
}

function anchorSign({ live: { homeAnchor }, nowMs }: WhereaboutsFacts): Sign | undefined {
  if (homeAnchor?.value !== true) return undefined;
  const ago = agoWords(nowMs - homeAnchor.atMs);
  const sentence = { zh: `在家，${ago.zh}手环在家中`, en: `At home, the band was there ${ago.en}` };
  return atHome(sentence, homeAnchor.atMs, nowMs, 'sensor');
}

function atHome(sentence: Bilingual, atMs: number, nowMs: number, from: Sign['from']): Sign {
  const ageMs = nowMs - atMs;
  const sign = { place: 'home', atMs, from } as const;
  if (ageMs <= homeHoldsMs) return { ...sign, doubtful: false, sentence };
  const ago = agoWords(ageMs);
  const stale = { zh: `最后一次知道在家是 ${ago.zh}`, en: `Last known to be at home ${ago.en}` };
  return { ...sign, place: 'unknown', doubtful: true, sentence: stale };
}

function positionSign(facts: WhereaboutsFacts): Sign | undefined {
  const { live, home, nowMs } = facts;
  const good = live.goodPosition;
  if (good === undefined) return undefined;
  const { value, atMs } = good;
  const ago = agoWords(nowMs - atMs);
  const awayM = home === undefined ? undefined : distanceM(home, value);
  if (awayM !== undefined && awayM <= homeRadiusM + (value.accuracyM ?? 0))
    return atHome({ zh: `在家，位置更新于${ago.zh}`, en: `At home, by a position ${ago.en}` }, atMs, nowMs, 'position');
  const isFresh = nowMs - atMs <= freshMs;
  const zone = facts.zones.find(({ shape }) => isWithin(value, shape));
  const where = zone === undefined ? outWords(awayM) : { zh: `在“${zone.name}”`, en: `In “${zone.name}”` };
  const sentence = isFresh
    ? { zh: `${where.zh}，${ago.zh}`, en: `${where.en}, ${ago.en}` }
    : { zh: `${ago.zh}${where.zh}，之后没有新位置`, en: `${where.en} ${ago.en}, no position since` };
  return { place: zone ? 'zone' : 'out', doubtful: !isFresh, sentence, atMs, from: 'position' };
}

function outWords(awayM: number | undefined): Bilingual {
  if (awayM === undefined) return { zh: '在外', en: 'Out' };
  const away = distanceWords(awayM);
  return { zh: `在外，离家约 ${away.zh}`, en: `Out, about ${away.en} from home` };
}

function isWithin({ lat, lon }: LatLon, shape: Shape): boolean {
  if (shape.type === 'circle') return distanceM(shape.center, { lat, lon }) <= shape.radiusM;
  return booleanPointInPolygon([lon, lat], shape);
}

/** The sign, unless something speaks against it. */
function withDoubt(facts: WhereaboutsFacts, sign: Sign | undefined): Whereabouts | undefined {
  const doubt = badFix(facts, sign) ?? notWorn(facts, sign) ?? doorUsed(facts, sign);
  if (doubt !== undefined) return { place: 'unknown', doubtful: true, sentence: doubt };
  if (sign === undefined) return undefined;
  const { place, doubtful, sentence } = sign;
  return { place, doubtful, sentence };
}

/** The newest position is too rough to be one, and nothing else says where she is. */
function badFix({ live, nowMs, timeZone }: WhereaboutsFacts, sign: Sign | undefined): Bilingual | undefined {
  const { position, goodPosition } = live;
  if (position === undefined || position.atMs === goodPosition?.atMs) return undefined;
  if (sign !== undefined && sign.atMs >= position.atMs - besideMs) return undefined;
  const off = position.value.accuracyM === undefined ? undefined : distanceWords(position.value.accuracyM);
  const zh = `位置不可靠${off ? `（误差约 ${off.zh}）` : ''}`;
  const en = `Position doubtful${off ? ` (off by about ${off.en})` : ''}`;
  if (goodPosition === undefined) return { zh, en };
  const last = momentWords(goodPosition.atMs, nowMs, timeZone);
  return { zh: `${zh}，最后可靠位置 ${last}`, en: `${en}; last good one ${last}` };
}

/** A band on the table says where the table is. */
function notWorn({ live, nowMs, timeZone }: WhereaboutsFacts, sign: Sign | undefined): Bilingual | undefined {
  const { worn, goodPosition } = live;
  if (sign?.from !== 'position' || worn?.value !== false || worn.deviceId !== goodPosition?.deviceId) return undefined;
  const since = momentWords(worn.atMs, nowMs, timeZone);
  return {
    zh: `手环自 ${since} 起未佩戴，位置是手环的`,
    en: `Band not worn since ${since}: the position is the band's`,
  };
}

/** She may have gone out: the door was used and nothing moved at home since. */
function doorUsed({ live, nowMs }: WhereaboutsFacts, sign: Sign | undefined): Bilingual | undefined {
  const door = live.contactOpen;
  if (sign?.place !== 'home' || door === undefined || door.atMs <= sign.atMs) return undefined;
  if (nowMs - door.atMs < doorSettlesMs) return undefined;
  const ago = agoWords(nowMs - door.atMs);
  return {
    zh: `家门 ${ago.zh}开过，之后家中没有活动`,
    en: `The door was used ${ago.en}, and nothing moved at home since`,
  };
}

function unknown({ live: { lastHeardAtMs }, nowMs }: WhereaboutsFacts): Whereabouts {
  const ago = lastHeardAtMs === undefined ? undefined : agoWords(nowMs - lastHeardAtMs);
  const sentence = ago
    ? { zh: `位置未知，最后一次消息 ${ago.zh}`, en: `Whereabouts unknown; last heard ${ago.en}` }
    : { zh: '最近 7 天没有收到任何消息', en: 'Nothing heard in the last 7 days' };
  return { place: 'unknown', doubtful: true, sentence };
}
