import { answerOf, service } from '../../service/client.ts';
import { nowMs } from '../../service/clock.ts';
import type { Answer } from '../../service/types.ts';
import { t } from '../../words/index.ts';
import { ago, metres } from '../../words/measures.ts';
import { useAsked } from '../asked.ts';

/** Somebody on duty, with how far they are as far as they say. */
export type Nearby = Answer<'getAlertsIdResponders'>['items'][number];
/** Whoever is on the way moves. */
const askEveryMs = 20_000;

/** Who is on duty around an alert, nearest first; asked anew while it is shown. */
export function useNearby(alertId: () => string | undefined) {
  return useAsked(
    alertId,
    async (id) => (await answerOf(service.GET('/api/v1/alerts/{id}/responders', { params: { path: { id } } }))).items,
    () => Math.floor(nowMs.value / askEveryMs),
  );
}

/** "350 米 · 约 5 分钟 · 1 分钟前的位置"; for whoever does not say where they are, that. */
export function approachOf({
  distanceM,
  arrivalMin,
  positionAgeS,
}: Omit<Nearby, 'userId' | 'name' | 'username'>): string {
  if (distanceM === undefined) return t('console.nearby.unknown');
  const arrival = arrivalMin === undefined ? undefined : t('console.nearby.arrival', { n: arrivalMin });
  const age = positionAgeS === undefined ? undefined : t('console.nearby.age', { ago: ago(positionAgeS * 1000) });
  return [metres(distanceM), arrival, age].filter((word) => word !== undefined).join(' · ');
}
