import { answerOf, everyPage, service } from '../../service/client.ts';
import { t } from '../../words/index.ts';
import type { Device } from '../devices.ts';

/** Movement in one room on one day; times are epoch ms, oldest first. */
export type RoomMotion = { readonly room: string; readonly times: readonly number[] };
type Raw = { readonly t: string; readonly value: number; readonly deviceId: string };

/** Movement at home by room, the liveliest first; what a band feels is no movement at home. Throws `Refused`. */
export async function readMotion(
  id: string,
  devices: readonly Device[],
  [fromMs, toMs]: readonly [number, number],
): Promise<readonly RoomMotion[]> {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  const items = await everyPage(async (cursor) => {
    const query = { metric: 'motion' as const, from, to, limit: 10_000, ...(cursor !== undefined && { cursor }) };
    const page = await answerOf(service.GET('/api/v1/residents/{id}/readings', { params: { path: { id }, query } }));
    return { items: page.items.filter(isRaw), nextCursor: page.nextCursor };
  });
  const roomOf = new Map(devices.filter(({ kind }) => kind !== 'wristband').map(({ id: one, room }) => [one, room]));
  const seen = items.filter(({ value, deviceId }) => value > 0 && roomOf.has(deviceId));
  const rooms = Map.groupBy(seen, ({ deviceId }) => roomOf.get(deviceId) ?? t('family.day.indoors'));
  const all = [...rooms].map(([room, moved]) => ({ room, times: moved.map((one) => Date.parse(one.t)) }));
  return all.toSorted((a, b) => b.times.length - a.times.length);
}

/** Without buckets every item is a value. */
function isRaw(item: object): item is Raw {
  return 'value' in item && 'deviceId' in item;
}
