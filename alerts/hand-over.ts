import type { Alert, AlertType, Bilingual } from '../model/alert.ts';
import { fromWgs84 } from '../model/datum.ts';
import type { LatLon } from '../model/geo.ts';
import type { Resident } from '../model/people.ts';
import { destinationOf, outside } from './place.ts';

/** What a person reads out to 110, 119 or 120. The service dials nobody. */
export type HandOverCard = {
  /** The number to dial first for this type of alert. */
  readonly dial: '110' | '119' | '120';
  readonly name: string;
  readonly ageYears?: number;
  readonly what: Bilingual;
  readonly address?: string;
  /** On a map of the datum that public maps in China use. Where she was last seen, else her home. */
  readonly gcj02: LatLon;
  readonly place: 'lastSeen' | 'home';
  readonly accuracyM?: number;
  readonly conditions?: string;
  readonly entry?: string;
  readonly contacts: readonly { readonly name: string; readonly phone?: string }[];
  readonly say: Bilingual;
};

const fire: readonly AlertType[] = ['smoke', 'gas'];
const yearMs = 365.25 * 86_400_000;

/** The card of an alert. `resident` is the one it is about. */
export function handOverCard(alert: Alert, resident: Resident, nowMs: number): HandOverCard {
  const { place, at, accuracyM } = destinationOf(alert, resident);
  const { lat, lon } = fromWgs84(at, 'GCJ02');
  const ageYears = ageOf(resident, nowMs);
  const facts = {
    dial: dialFor(alert.type),
    name: resident.name,
    ...(ageYears !== undefined && { ageYears }),
    what: alert.summary,
    gcj02: { lat: rounded(lat), lon: rounded(lon) },
    place,
    ...(accuracyM !== undefined && { accuracyM }),
    ...(resident.address !== undefined && { address: resident.address }),
    ...(resident.conditions !== undefined && { conditions: resident.conditions }),
    ...(resident.entry !== undefined && { entry: resident.entry }),
    contacts: resident.contacts.map(({ name, phone }) => (phone === undefined ? { name } : { name, phone })),
  } as const;
  return { ...facts, say: sayOf(facts) };
}

function dialFor(type: AlertType): HandOverCard['dial'] {
  if (fire.includes(type)) return '119';
  return outside.includes(type) ? '110' : '120';
}

function ageOf({ birthDate }: Resident, nowMs: number): number | undefined {
  return birthDate === undefined ? undefined : Math.floor((nowMs - Date.parse(birthDate)) / yearMs);
}

/** About ten centimetres: more digits are noise on the telephone. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** Where first, then what, then who: a line that breaks must have said where. */
function sayOf(card: Omit<HandOverCard, 'say'>): Bilingual {
  const { lat, lon } = card.gcj02;
  const { address, name, ageYears, what, conditions, entry } = card;
  const at = { zh: `高德坐标 ${lat}, ${lon}`, en: `AMap coordinates ${lat}, ${lon}` };
  const isHome = card.place === 'home';
  const zh = [
    isHome ? `地址：${address ?? '未登记'}，${at.zh}` : `最后位置：${at.zh}`,
    what.zh,
    `${name}${ageYears === undefined ? '' : `，${ageYears} 岁`}`,
    ...(conditions === undefined ? [] : [`病史：${conditions}`]),
    ...(entry === undefined || !isHome ? [] : [`进门方式：${entry}`]),
  ];
  const en = [
    isHome ? `Address: ${address ?? 'not on record'}, ${at.en}` : `Last seen at ${at.en}`,
    what.en,
    `${name}${ageYears === undefined ? '' : `, ${ageYears} years old`}`,
    ...(conditions === undefined ? [] : [`Conditions: ${conditions}`]),
    ...(entry === undefined || !isHome ? [] : [`How to get in: ${entry}`]),
  ];
  return { zh: `${zh.join('。')}。`, en: `${en.join('. ')}.` };
}
