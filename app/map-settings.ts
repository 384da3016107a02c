import { z } from 'zod';
import { tileTemplate } from '../api/routes/map-tiles.ts';
import type { MapTiles } from '../api/routes/page-settings.ts';
import { AppError } from '../model/errors.ts';
import type { MapArchive } from '../store/contracts.ts';
import { openMapArchive } from '../store/map-archive.ts';

const archivePrefix = 'pmtiles:';

/** A web address with the places of zoom, column and row in it. */
function isTemplate(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url) && ['{z}', '{x}', '{y}'].every((part) => url.includes(part));
}

function isArchive(source: string): boolean {
  return source.startsWith(archivePrefix) && source.length > archivePrefix.length;
}

/** The `ANJU_MAP_` variables: where the pages get map pictures from. Without them maps have a plain background. */
export const mapVariables = {
  ANJU_MAP_TILES: z
    .string()
    .refine(
      (source) => isTemplate(source) || isArchive(source),
      'must be http(s)://… with {z}, {x} and {y} in it, as of raster tiles, or pmtiles:/path/of/an/archive.pmtiles',
    )
    .optional(),
  ANJU_MAP_TILES_DATUM: z.enum(['WGS84', 'GCJ02'], 'must be WGS84 or GCJ02').optional(),
  ANJU_MAP_ATTRIBUTION: z.string().max(200).optional(),
};

const Variables = z.object(mapVariables);

/** Where map pictures come from, and which file holds them when the service has them itself. */
export type MapSource = { readonly tiles: MapTiles; readonly archive: string | undefined };

/** Undefined without a tile source. Throws AppError when a variable has no use alone. */
export function mapSourceOf(env: z.infer<typeof Variables>): MapSource | undefined {
  const { ANJU_MAP_TILES: source, ANJU_MAP_TILES_DATUM: datum, ANJU_MAP_ATTRIBUTION: attribution } = env;
  if (source !== undefined) {
    const archive = isArchive(source) ? source.slice(archivePrefix.length) : undefined;
    const url = archive === undefined ? source : tileTemplate;
    return { tiles: { url, kind: 'raster', datum: datum ?? 'WGS84', attribution: attribution ?? '' }, archive };
  }
  if (datum === undefined && attribution === undefined) return undefined;
  throw new AppError('badRequest', 'ANJU_MAP_TILES_DATUM and ANJU_MAP_ATTRIBUTION have no use without ANJU_MAP_TILES');
}

/** Opens the archive, if there is one. Throws AppError for one that cannot serve. */
export async function openMapSource(
  source: MapSource | undefined,
): Promise<{ readonly mapTiles?: MapTiles; readonly mapArchive?: MapArchive }> {
  if (source === undefined) return {};
  if (source.archive === undefined) return { mapTiles: source.tiles };
  const mapArchive = await openMapArchive(source.archive);
  const { kind, minZoom, maxZoom, bounds } = mapArchive;
  return { mapTiles: { ...source.tiles, kind, minZoom, maxZoom, bounds: [...bounds] }, mapArchive };
}
