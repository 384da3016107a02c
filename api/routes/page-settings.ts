import { z } from 'zod';
import type { Context, Http } from '../access.ts';

export const MapTiles = z.object({
  url: z.string().describe('Template of raster tiles with {z}, {x} and {y}'),
  datum: z.enum(['WGS84', 'GCJ02']).describe('Of the pictures: places have to be shifted to it for display'),
  attribution: z.string(),
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
