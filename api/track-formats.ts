import type { TrackPoint } from '../store/contracts.ts';
import { instant } from './range.ts';

/** How a track is written: what comes first, each point, what stands between two, what comes last. */
type Format = {
  readonly contentType: string;
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  point(point: TrackPoint): string;
};

const json: Format = {
  contentType: 'application/json',
  head: '{"items":[',
  between: ',',
  tail: '],"nextCursor":null}',
  point: ({ atMs, ...rest }) => JSON.stringify({ t: instant(atMs), ...rest }),
};

const geojson: Format = {
  contentType: 'application/geo+json',
  head: '{"type":"FeatureCollection","features":[',
  between: ',',
  tail: ']}',
  point: ({ atMs, lat, lon, accuracyM, deviceId }) =>
    JSON.stringify({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { t: instant(atMs), accuracyM, deviceId },
    }),
};

const gpx: Format = {
  contentType: 'application/gpx+xml',
  head: '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Anju" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>\n',
  between: '\n',
  tail: '\n</trkseg></trk></gpx>\n',
  point: ({ atMs, lat, lon }) => `<trkpt lat="${lat}" lon="${lon}"><time>${instant(atMs)}</time></trkpt>`,
};

const csv: Format = {
  contentType: 'text/csv; charset=utf-8',
  head: 't,lat,lon,accuracyM,deviceId\r\n',
  between: '',
  tail: '',
  point: ({ atMs, lat, lon, accuracyM, deviceId }) =>
    `${instant(atMs)},${lat},${lon},${accuracyM ?? ''},${deviceId}\r\n`,
};

export const trackFormats = { json, geojson, gpx, csv } as const;
export type TrackFormat = keyof typeof trackFormats;

/** Characters gathered before they are handed to the socket. */
const pieceChars = 16_384;

/** The track as text in pieces: a year needs no more memory than an hour. */
export async function* written(points: AsyncIterable<TrackPoint>, format: Format): AsyncGenerator<string> {
  let piece = format.head;
  let isFirst = true;
  for await (const point of points) {
    piece += (isFirst ? '' : format.between) + format.point(point);
    isFirst = false;
    if (piece.length < pieceChars) continue;
    yield piece;
    piece = '';
  }
  yield piece + format.tail;
}
