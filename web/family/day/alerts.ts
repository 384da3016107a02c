import { answerOf, everyPage, service } from '../../service/client.ts';
import type { Answer } from '../../service/types.ts';

export type PastAlert = Answer<'getAlerts'>['items'][number];
const alertsAtOnce = 200;

/** What was raised about her between two times (epoch ms), earliest first. Throws `Refused`. */
export async function readAlerts(resident: string, fromMs: number, toMs: number): Promise<readonly PastAlert[]> {
  const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const all = await everyPage((cursor) => {
    const query = { resident, ...range, limit: alertsAtOnce, ...(cursor !== undefined && { cursor }) };
    return answerOf(service.GET('/api/v1/alerts', { params: { query } }));
  });
  return all.toSorted((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt));
}
