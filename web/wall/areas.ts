import { answerOf, everyPage, Refused, service } from '../service/client.ts';
import type { Answer } from '../service/types.ts';

export type Overview = Awaited<ReturnType<typeof readOverview>>;
export type AreaNode = Overview['area'];
export type Dot = Answer<'getAreasIdPositions'>['rows'][number];
export type AreaRecord = Answer<'getAreas'>['items'][number];

/** The areas of the scope. Throws `Refused`. */
export function readAreas(): Promise<AreaRecord[]> {
  return everyPage((cursor) => {
    const query = { limit: 1000, ...(cursor !== undefined && { cursor }) };
    return answerOf(service.GET('/api/v1/areas', { params: { query } }));
  });
}

/** Those above which there is none in the scope: where a wall begins. Pure. */
export function topOf(areas: readonly AreaRecord[]): readonly AreaRecord[] {
  const ids = new Set(areas.map(({ id }) => id));
  return areas.filter(({ parentId }) => parentId === undefined || !ids.has(parentId));
}

/** Throws `Refused`. */
export function readOverview(id: string, signal: AbortSignal) {
  return answerOf(service.GET('/api/v1/areas/{id}/overview', { params: { path: { id } }, signal }));
}

export type Dots = { readonly areaId: string; readonly etag: string | null; readonly rows: readonly Dot[] };

/** Everybody of an area with masked names: whoever is in the room reads a wall. The same object when nothing changed. Throws `Refused`. */
export async function readDots(id: string, signal: AbortSignal, known: Dots | undefined): Promise<Dots> {
  const etag = known?.areaId === id ? known.etag : null;
  const asked = service.GET('/api/v1/areas/{id}/positions', {
    params: { path: { id }, query: { masked: 'true' } },
    headers: etag === null ? {} : { 'if-none-match': etag },
    signal,
  });
  const { data, response } = await asked.catch((error: unknown) => {
    throw new Refused(0, String(error));
  });
  if (response.status === 304 && known !== undefined) return known;
  if (!response.ok || data === undefined) throw new Refused(response.status, `answered ${response.status}`);
  return { areaId: id, etag: response.headers.get('etag'), rows: data.rows };
}
