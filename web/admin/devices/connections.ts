import { shallowRef } from 'vue';
import { answerOf, Refused, service } from '../../service/client.ts';
import type { Answer } from '../../service/types.ts';
import { type Device, devices, type Records } from '../records/records.ts';

export type Connection = Answer<'getDeviceConnections'>['items'][number];

const known = shallowRef<ReadonlyMap<string, Connection>>(new Map());

/** When a device was heard of and whether it has a token; undefined until it was asked for. */
export function connectionOf(id: string): Connection | undefined {
  return known.value.get(id);
}

/** Devices as always; of each page that is shown the connections are asked for, and the list does not wait for them. */
export const devicesWithConnections: Records<Device> = {
  ...devices,
  async page(query) {
    const found = await devices.page(query);
    void readConnections(found.items.map(({ id }) => id)).catch(letRefusalBe);
    return found;
  },
};

/** Throws `Refused`. */
export async function readConnections(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const query = { ids: ids.join(',') };
  const { items } = await answerOf(service.GET('/api/v1/device-connections', { params: { query } }));
  known.value = new Map([...known.value, ...items.map((one) => [one.deviceId, one] as const)]);
}

/** The list is there all the same. */
function letRefusalBe(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}
