import { z } from 'zod';
import type { MapTiles } from '../api/routes/page-settings.ts';
import { AppError } from '../model/errors.ts';

/** A web address with the places of zoom, column and row in it. */
function isTemplate(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url) && ['{z}', '{x}', '{y}'].every((part) => url.includes(part));
}

/** The `ANJU_MAP_` variables: where the pages get map pictures from. Without them maps have a plain background. */
export const mapVariables = {
  ANJU_MAP_TILES: z
    .string()
    .refine(isTemplate, 'must be http(s)://… with {z}, {x} and {y} in it, as of raster tiles')
    .optional(),
  ANJU_MAP_TILES_DATUM: z.enum(['WGS84', 'GCJ02'], 'must be WGS84 or GCJ02').optional(),
  ANJU_MAP_ATTRIBUTION: z.string().max(200).optional(),
};

const Variables = z.object(mapVariables);

/** Undefined without a tile source. Throws AppError when a variable has no use alone. */
export function mapTilesOf(env: z.infer<typeof Variables>): MapTiles | undefined {
  const { ANJU_MAP_TILES: url, ANJU_MAP_TILES_DATUM: datum, ANJU_MAP_ATTRIBUTION: attribution } = env;
  if (url !== undefined) return { url, datum: datum ?? 'WGS84', attribution: attribution ?? '' };
  if (datum === undefined && attribution === undefined) return undefined;
  throw new AppError('badRequest', 'ANJU_MAP_TILES_DATUM and ANJU_MAP_ATTRIBUTION have no use without ANJU_MAP_TILES');
}
