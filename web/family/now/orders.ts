import { onScopeDispose, shallowRef, watch } from 'vue';
import { answerOf, Refused, service } from '../../service/client.ts';
import type { Answer } from '../../service/types.ts';

export type Order = Answer<'getDevicesIdCommands'>['items'][number];
export type OrderName = 'callBack' | 'locate' | 'ring';
export type OrderBody =
  | { name: 'ring'; durationS: number }
  | { name: 'locate' }
  | { name: 'callBack'; number?: string };

const askEveryMs = 2_000;
const over: readonly Order['state'][] = ['done', 'refused', 'unanswered'];

export const isOver = ({ state }: Order): boolean => over.includes(state);

/** What this page had a device do, and what becomes of it, asked for until that is known. */
export function useOrder() {
  const order = shallowRef<Order>();
  const trouble = shallowRef<Refused>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let deviceId = '';

  async function give(device: string, body: OrderBody): Promise<void> {
    [deviceId, trouble.value] = [device, undefined];
    try {
      order.value = await answerOf(
        service.POST('/api/v1/devices/{id}/commands', { params: { path: { id: device } }, body }),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      [order.value, trouble.value] = [undefined, error];
    }
  }

  async function look(id: string): Promise<void> {
    const asked = service.GET('/api/v1/devices/{id}/commands', { params: { path: { id: deviceId } } });
    const answer = await answerOf(asked).catch(nothingYet);
    const found = answer?.items.find((one) => one.id === id);
    if (order.value?.id !== id) return;
    order.value = found ?? { ...order.value };
  }

  watch(order, (now) => {
    clearTimeout(timer);
    if (now !== undefined && !isOver(now)) timer = setTimeout(() => void look(now.id), askEveryMs);
  });
  onScopeDispose(() => clearTimeout(timer));
  return { order, trouble, give };
}

/** A connection that is gone for a moment: it is asked for again. */
function nothingYet(error: unknown): undefined {
  if (!(error instanceof Refused)) throw error;
}
