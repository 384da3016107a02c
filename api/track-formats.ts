import type { Datum } from '../model/geo.ts';
import type { TrackPoint } from '../store/contracts.ts';
import { csvLine } from './csv.ts';
import { pieceChars } from './downloads.ts';
import { instant } from './range.ts';

/** How a track is written: what comes first, each point, what stands between two, what comes last. A datum is named when it was asked for. */
export type TrackWriter = {
  readonly contentType: string;
  head(datum: Datum | undefined): string;
  readonly between: string;
  readonly tail: string;
  point(point: TrackPoint, datum: Datum | undefined): string;
};

const json: TrackWriter = {
  contentType: 'application/json',
  head: (datum) => `{${datum ? `"datum":"${datum}",` : ''}"items":[`,
  between: ',',
  tail: '],"nextCursor":null}',
  point: jsonOf,
};

const ndjson: TrackWriter = {
  contentType: 'application/x-ndjson',
  head: () => '',
  between: '',
  tail: '',
  point: (point, datum) => `${JSON.stringify({ ...itemOf(point), ...(datum && { datum }) })}\n`,
};

/** GeoJSON means WGS-84 (RFC 7946, section 4) unless both sides agreed otherwise: whoever asks for a datum finds it named. */
const geojson: TrackWriter = {
  contentType: 'application/geo+json',
  head: (datum) => `{"type":"FeatureCollection",${datum ? `"datum":"${datum}",` : ''}"features":[`,
  between: ',',
  tail: ']}',
  point: ({ atMs, lat, lon, accuracyM, deviceId }) =>
    JSON.stringify({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { t: instant(atMs), accuracyM, deviceId },
    }),
};

/** WGS-84 by definition: another datum is refused before. */
const gpx: TrackWriter = {
  contentType: 'application/gpx+xml',
  head: () =>
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Anju" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>\n',
  between: '\n',
  tail: '\n</trkseg></trk></gpx>\n',
  point: ({ atMs, lat, lon }) => `<trkpt lat="${lat}" lon="${lon}"><time>${instant(atMs)}</time></trkpt>`,
};

const csv: TrackWriter = {
  contentType: 'text/csv; charset=utf-8',
  head: (datum) => csvLine(['t', 'lat', 'lon', 'accuracyM', 'deviceId', ...(datum ? ['datum'] : [])]),
  between: '',
  tail: '',
  point: ({ atMs, lat, lon, accuracyM, deviceId }, datum) =>
    csvLine([instant(atMs), lat, lon, accuracyM, deviceId, ...(datum ? [datum] : [])]),
};

export const trackFormats = { json, ndjson, geojson, gpx, csv } as const;
export type TrackFormat = keyof typeof trackFormats;

/** A point as JSON has it. */
export function itemOf({ atMs, ...rest }: TrackPoint) {
  return { t: instant(atMs), ...rest };
}

/** The same as `JSON.stringify(itemOf(point))`, which takes five times as long. */
function jsonOf({ atMs, lat, lon, accuracyM, deviceId }: TrackPoint): string {
  const accuracy = accuracyM === undefined ? '' : `"accuracyM":${accuracyM},`;
  return `{"t":"${instant(atMs)}","lat":${lat},"lon":${lon},${accuracy}"deviceId":${JSON.stringify(deviceId)}}`;
}

/** The track as text, in pieces: a step of an iteration costs as much as writing a point. */
export async function* written(
  points: AsyncIterable<TrackPoint>,
  format: TrackWriter,
  datum?: Datum,
): AsyncGenerator<string> {
  let piece = format.head(datum);
  let between = '';
  for await (const point of points) {
    piece += between + format.point(point, datum);
    between = format.between;
    if (piece.length < pieceChars) continue;
    yield piece;
    piece = '';
  }
  yield piece + format.tail;
}
