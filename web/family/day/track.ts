import { answerOf, everyPage, service } from '../../service/client.ts';
import type { Answer } from '../../service/types.ts';

export type TrackPoint = Answer<'getResidentsIdTrack'>['items'][number];
const pointsAtOnce = 5_000;

/** Where she was between two times (epoch ms), oldest first. Throws `Refused`. */
export function readTrack(id: string, fromMs: number, toMs: number): Promise<readonly TrackPoint[]> {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString());
  return everyPage((cursor) => {
    const query = {
      ...(from && { from }),
      ...(to && { to }),
      limit: pointsAtOnce,
      ...(cursor !== undefined && { cursor }),
    };
    return answerOf(service.GET('/api/v1/residents/{id}/track', { params: { path: { id }, query } }));
  });
}
