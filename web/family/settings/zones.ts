import { answerOf, everyPage, service } from '../../service/client.ts';
import type { Answer, Shape } from '../../service/types.ts';

export type Zone = Answer<'getZones'>['items'][number];
export type DraftZone = { readonly id: string | undefined; readonly name: string; readonly shape: Shape };

/** Hers, and those of the areas she lives in. Throws `Refused`, as all below. */
export function readZones(residentId: string): Promise<readonly Zone[]> {
  return everyPage((cursor) => {
    const query = { resident: residentId, limit: 200, ...(cursor !== undefined && { cursor }) };
    return answerOf(service.GET('/api/v1/zones', { params: { query } }));
  });
}

/** What was drawn is WGS-84, whatever it was before. */
export async function saveZone(residentId: string, { id, name, shape }: DraftZone): Promise<void> {
  const datum = 'WGS84' as const;
  if (id !== undefined) {
    await answerOf(service.PATCH('/api/v1/zones/{id}', { params: { path: { id } }, body: { name, shape, datum } }));
    return;
  }
  const made = { id: `zone-${crypto.randomUUID()}`, residentId, name, kind: 'safe' as const, shape, datum };
  await answerOf(service.POST('/api/v1/zones', { body: made }));
}

export async function removeZone(id: string): Promise<void> {
  await answerOf(service.DELETE('/api/v1/zones/{id}', { params: { path: { id } } }));
}

/** As it was before it was removed. */
export async function restoreZone(zone: Zone): Promise<void> {
  await answerOf(service.POST('/api/v1/zones', { body: zone }));
}
