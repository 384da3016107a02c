import type { CommunityDocument } from '../model/community.ts';
import { devicesOf } from './community/devices.ts';
import { areas, communityAreaId, gridIds } from './community/places.ts';
import { residentOf } from './community/residents.ts';
import { usersOf } from './community/users.ts';
import { water, zoneOf } from './community/zones.ts';
import { randomOf } from './random.ts';

export type CommunityOptions = {
  readonly seed: string;
  readonly residents?: number;
  /**
   * Token of a device. The default comes from the seed, which anybody may know: good for a closed machine, never for a
   * service that others can reach.
   */
  readonly tokenOf?: (deviceId: string) => string;
  readonly passwordOf?: (username: string) => string;
  /** A webhook for the first contact of each resident besides the log; none when absent: nothing outside is called. */
  readonly webhookUrl?: string;
};

const defaultResidents = 50;

/**
 * A made-up community in Xiamen: residents with their contacts, bands, buttons, detectors, sensors and zones, and the
 * people who look after them. The same options give the same document.
 */
export function generateCommunity(options: CommunityOptions): CommunityDocument {
  const { seed, residents: count = defaultResidents } = options;
  const residents = Array.from({ length: count }, (_, index) =>
    residentOf(index, gridIds[index % gridIds.length]!, randomOf(`${seed}:resident:${index}`), options.webhookUrl),
  );
  const tokenOf = options.tokenOf ?? ((deviceId) => seededSecret(`${seed}:token:${deviceId}`));
  const passwordOf =
    options.passwordOf ?? ((username) => `demo-${seededSecret(`${seed}:password:${username}`).slice(0, 10)}`);
  return {
    areas: [...areas],
    residents,
    devices: residents.flatMap((resident, index) => devicesOf(resident, index, tokenOf)),
    zones: [...residents.map(zoneOf), water(communityAreaId)],
    users: usersOf(residents, passwordOf),
    policies: [],
    rosters: [],
    silences: [],
  };
}

function seededSecret(seed: string): string {
  const random = randomOf(seed);
  return Array.from({ length: 4 }, () =>
    random
      .whole(0, 2 ** 32 - 1)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
}
