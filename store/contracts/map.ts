/** Map pictures (raster tiles), or shapes to draw them from (vector tiles), that lie on this machine. */
export type MapArchive = {
  /** Media type of every tile. */
  readonly type: string;
  readonly kind: 'raster' | 'vector';
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  /** Undefined where there is none. */
  tile(z: number, x: number, y: number): Promise<Buffer | undefined>;
};
