import { open } from 'node:fs/promises';
import { EtagMismatch, PMTiles, type RangeResponse, type Source, TileType } from 'pmtiles';
import { z } from 'zod';
import { AppError } from '../model/errors.ts';
import type { MapArchive } from './contracts.ts';

const typeOf: Readonly<Partial<Record<TileType, string>>> = {
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
  [TileType.Avif]: 'image/avif',
  [TileType.Mvt]: 'application/vnd.mapbox-vector-tile',
};
/** The pages know how to draw these; other vector maps name their layers otherwise. */
const drawnLayers = ['earth', 'water', 'roads'];
const Metadata = z.looseObject({ vector_layers: z.array(z.looseObject({ id: z.string() })) });

/** A PMTiles archive of raster tiles, or of vector tiles in the layers of Protomaps' basemap. It may be replaced by a newer file while it is read. Throws AppError `badRequest`. */
export async function openMapArchive(path: string): Promise<MapArchive> {
  const archive = new PMTiles(new ArchiveFile(path));
  const header = await archive.getHeader().catch((error: unknown) => {
    throw new AppError('badRequest', `ANJU_MAP_TILES names ${path}, which is no PMTiles archive: ${String(error)}`);
  });
  const type = typeOf[header.tileType];
  if (type === undefined)
    throw new AppError(
      'badRequest',
      `ANJU_MAP_TILES names ${path}, which holds no tiles that can be shown: raster tiles, or vector tiles of Protomaps' basemap, are needed`,
    );
  const kind = header.tileType === TileType.Mvt ? 'vector' : 'raster';
  if (kind === 'vector') await requireKnownLayers(archive, path);
  return {
    ...{ type, kind },
    minZoom: header.minZoom,
    maxZoom: header.maxZoom,
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    tile: async (z, x, y) => {
      const found = await archive.getZxy(z, x, y);
      return found && Buffer.from(found.data);
    },
  };
}

async function requireKnownLayers(archive: PMTiles, path: string): Promise<void> {
  const { data } = Metadata.safeParse(await archive.getMetadata().catch(() => undefined));
  const layers = data?.vector_layers.map(({ id }) => id) ?? [];
  const missing = drawnLayers.filter((layer) => !layers.includes(layer));
  if (missing.length === 0) return;
  throw new AppError(
    'badRequest',
    `ANJU_MAP_TILES names ${path}, whose vector tiles have no ${missing.join(', ')}: the layers of Protomaps' basemap are needed, it has ${layers.join(', ') || 'none that it names'}`,
  );
}

/** Opened for each read: a file that was replaced is seen by its time of change, and its directory read anew. */
class ArchiveFile implements Source {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  getKey(): string {
    return this.#path;
  }

  async getBytes(offset: number, length: number, _signal?: AbortSignal, etag?: string): Promise<RangeResponse> {
    await using file = await open(this.#path);
    const { mtimeMs } = await file.stat();
    if (etag !== undefined && etag !== String(mtimeMs)) throw new EtagMismatch(etag);
    const data = new ArrayBuffer(length);
    const { bytesRead } = await file.read(new Uint8Array(data), 0, length, offset);
    return { data: data.slice(0, bytesRead), etag: String(mtimeMs) };
  }
}
