import { distanceM, isWithin } from '../../map/handles.ts';
import type { LatLon, Live } from '../../service/types.ts';
import { t } from '../../words/index.ts';
import { aboutMetres } from '../../words/measures.ts';
import { clockOf } from '../local-day.ts';
import type { Stretch } from './stays.ts';

/** What a day lies around. */
export type Around = { readonly home: LatLon | undefined; readonly zones: Live['zones'] };
const homeWithinM = 80;

/** "08:10–09:20 at home, 1 h 10 min" */
export function wordsOf(stretch: Stretch, { home, zones }: Around): string {
  const times = { from: clockOf(stretch.from), to: clockOf(stretch.to), long: lengthOf(stretch) };
  if (stretch.kind === 'way') return t('family.day.way', { ...times, m: aboutMetres(stretch.lengthM) });
  return t('family.day.stay', { ...times, where: placeOf(stretch.at, { home, zones }) });
}

/** Never an address: home, a zone by its name, or how far from home. */
function placeOf(at: LatLon, { home, zones }: Around): string {
  if (home && distanceM(home, at) <= homeWithinM) return t('family.day.home');
  const zone = zones.find(({ kind, shape }) => kind === 'safe' && isWithin(shape, at));
  if (zone) return t('family.day.inZone', { name: zone.name });
  return home ? t('family.day.out', { m: aboutMetres(distanceM(home, at)) }) : t('family.day.outside');
}

function lengthOf({ from, to }: Stretch): string {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  const [h, min] = [Math.floor(minutes / 60), minutes % 60];
  if (h === 0) return t('family.day.minutes', { min });
  return min === 0 ? t('family.day.hours', { h }) : t('family.day.hoursAndMinutes', { h, min });
}
