import type { MapZone } from '../map/shapes.ts';
import { t } from '../words/index.ts';
import { metres } from '../words/measures.ts';
import type { PublicNotice } from './public-notice.ts';

/** DOMAIN 1.5: 1 km at once, 3 km after half an hour, 6 km after two hours. */
const radiiM = [1_000, 3_000, 6_000] as const;

/** Round where she was seen last, as far as people are asked to look by now. */
export function ringsOf({ ringM, lastSeen }: Pick<PublicNotice, 'ringM' | 'lastSeen'>): readonly MapZone[] {
  return radiiM
    .filter((radiusM) => radiusM <= ringM)
    .map((radiusM) => ({
      id: `ring-${radiusM}`,
      kind: 'notice',
      name: `${t('notice.map')} ${metres(radiusM)}`,
      shape: { type: 'circle', center: lastSeen.position, radiusM },
    }));
}
