import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import type { Context, Http } from '../access.ts';

const zoomAtMost = 24;
const dayS = 86_400;

/** Where the pages find the pictures of a map that lies with the service. */
export const tileTemplate = '/api/v1/map/tiles/{z}/{x}/{y}';

const place = z.coerce.number().int().nonnegative();
const TileParams = z.object({ z: place.max(zoomAtMost), x: place, y: place });

/** Pictures of the ground, or shapes to draw it from, the same for everybody. */
export function mapTileRoutes(http: Http, { mapArchive }: Context): void {
  http.get('/map/tiles/:z/:x/:y', {
    config: { access: 'open' },
    schema: {
      tags: ['pages'],
      summary: 'A tile of the map; 204 where there is none',
      params: TileParams,
      produces: ['image/*', 'application/vnd.mapbox-vector-tile'],
    },
    handler: async ({ params }, reply) => {
      if (mapArchive === undefined) throw new AppError('notFound', 'This service has no map of its own.');
      const isOnMap = Math.max(params.x, params.y) < 2 ** params.z;
      const tile = isOnMap ? await mapArchive.tile(params.z, params.x, params.y) : undefined;
      reply.header('cache-control', `public, max-age=${dayS}`);
      return tile === undefined ? reply.code(204).send() : reply.type(mapArchive.type).send(tile);
    },
  });
}
