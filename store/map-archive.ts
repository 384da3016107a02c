import { open } from 'node:fs/promises';
import { EtagMismatch, PMTiles, type RangeResponse, type Source, TileType } from 'pmtiles';
import { AppError } from '../model/errors.ts';
import type { MapArchive } from './contracts.ts';

const typeOf: Readonly<Partial<Record<TileType, string>>> = {
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
  [TileType.Avif]: 'image/avif',
};

/** A PMTiles archive of raster tiles. It may be replaced by a newer file while it is read. Throws AppError `badRequest`. */
export async function openMapArchive(path: string): Promise<MapArchive> {
  const archive = new PMTiles(new ArchiveFile(path));
  const header = await archive.getHeader().catch((error: unknown) => {
    throw new AppError('badRequest', `ANJU_MAP_TILES names ${path}, which is no PMTiles archive: ${String(error)}`);
  });
  const type = typeOf[header.tileType];
  if (type === undefined)
    throw new AppError('badRequest', `ANJU_MAP_TILES names ${path}, which holds no pictures: raster tiles are needed`);
  return {
    type,
    minZoom: header.minZoom,
    maxZoom: header.maxZoom,
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    tile: async (z, x, y) => {
      const found = await archive.getZxy(z, x, y);
      return found && Buffer.from(found.data);
    },
  };
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
