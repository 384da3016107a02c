import { z } from 'zod';
import type { Context, Http } from '../access.ts';

export const MapTiles = z.object({
  url: z.string().describe('Template of tiles with {z}, {x} and {y}; a path when this service has them'),
  kind: z
    .enum(['raster', 'vector'])
    .describe("Pictures, or shapes in the layers of Protomaps' basemap, from which the page draws them"),
  datum: z.enum(['WGS84', 'GCJ02']).describe('Of the pictures: places have to be shifted to it for display'),
  attribution: z.string(),
  minZoom: z.int().optional(),
  maxZoom: z.int().optional().describe('The closest there is; the map enlarges its pictures beyond'),
  bounds: z.array(z.number()).optional().describe('West, south, east, north of all pictures'),
});
export type MapTiles = Readonly<z.infer<typeof MapTiles>>;

const PageSettings = z.object({
  /** IANA name: days begin there. */
  timeZone: z.string(),
  map: z.object({ tiles: MapTiles.optional() }),
});

/** What a page has to know before anybody has logged in. */
export function pageSettingsRoutes(http: Http, { parts, mapTiles }: Context): void {
  http.get('/page-settings', {
    config: { access: 'open' },
    schema: { tags: ['pages'], summary: 'What the pages have to know', response: { 200: PageSettings } },
    handler: async () => ({ timeZone: parts.timeZone, map: mapTiles === undefined ? {} : { tiles: mapTiles } }),
  });
}
