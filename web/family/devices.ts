import { computed, shallowRef } from 'vue';
import { answerOf, everyPage, service } from '../service/client.ts';
import type { Answer } from '../service/types.ts';
import { herId } from './her.ts';

export type Device = Answer<'getDevices'>['items'][number];

const known = shallowRef<readonly Device[]>([]);
/** Of the resident that is looked at, as last read. */
export const herDevices = computed(() => known.value.filter(({ residentId }) => residentId === herId.value));

/** Throws `Refused`. */
export async function readDevices(): Promise<void> {
  const resident = herId.value;
  if (resident === undefined) return;
  known.value = await everyPage((cursor) => {
    const query = { resident, limit: 200, ...(cursor !== undefined && { cursor }) };
    return answerOf(service.GET('/api/v1/devices', { params: { query } }));
  });
}
