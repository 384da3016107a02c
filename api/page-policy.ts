import type { MapTiles } from './routes/page-settings.ts';

/**
 * Our own files and our own API, and the host of the map's pictures when there is one: a script that got into a page
 * could neither run nor call home. Map pictures and signs are drawn from memory, hence `data:` and `blob:` for images.
 */
export function pagePolicy(mapTiles: MapTiles | undefined) {
  const mapHost = mapTiles === undefined || mapTiles.url.startsWith('/') ? [] : [new URL(mapTiles.url).origin];
  return {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    styleSrc: ["'self'"],
    fontSrc: ["'self'"],
    mediaSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:', ...mapHost],
    connectSrc: ["'self'", ...mapHost],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  };
}
