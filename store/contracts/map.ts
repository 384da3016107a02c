/** Map pictures (raster tiles) that lie on this machine. */
export type MapArchive = {
  /** Media type of every picture. */
  readonly type: string;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  /** Undefined where there is none. */
  tile(z: number, x: number, y: number): Promise<Buffer | undefined>;
};
