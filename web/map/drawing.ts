import { type GeoJSONSource, Map as GlMap, type MapLayerMouseEvent, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { LatLon, PageSettings, Shape } from '../service/types.ts';
import { fromMap, type MapDatum, ontoMap } from './datum.ts';
import { ShapeEditor } from './editor.ts';
import { Labels } from './labels.ts';
import { styleOf } from './layers.ts';
import {
  accuracyFeatures,
  boundsOf,
  type MapPoint,
  type MapTrack,
  type MapZone,
  pointFeatures,
  trackFeatures,
  zoneFeatures,
} from './shapes.ts';
import { drawSignsOn } from './signs.ts';

// A file of our own: the page's policy forbids the library's usual worker, which is made from a string.
setWorkerUrl(workerUrl);

const singlePlaceZoom = 15;
/** The buttons lie on the right. */
const fitPaddingPx = { top: 48, bottom: 48, left: 48, right: 72 };
const closestZoom = 17;

export type Shown = {
  readonly points: readonly MapPoint[];
  readonly zones: readonly MapZone[];
  readonly track: MapTrack;
  /** Where the slider of the track is. */
  readonly cursor: LatLon | undefined;
  /** A shape that somebody edits. */
  readonly draft: Shape | undefined;
};
export type DrawingOptions = {
  readonly container: HTMLElement;
  readonly tiles: PageSettings['map']['tiles'];
  readonly isClustered: boolean;
  /** How large signs are: 1 for a desk. */
  readonly scale: number;
  readonly label: string;
  onPick(id: string): void;
  /** Somebody pressed where there is nothing (WGS-84). */
  onPlace(at: LatLon): void;
  /** Somebody has changed the draft. */
  onEdit(shape: Shape): void;
  /** Somebody pressed a label. */
  onEnter(id: string): void;
  /** It will never be drawn: its files were not reached. */
  onFailure(): void;
};

/** South-west and north-east: west, south, east, north in WGS-84. */
export type Corners = readonly [west: number, south: number, east: number, north: number];

/** The map itself. Knows MapLibre; nobody else does. The constructor throws where there is no WebGL. */
export class Drawing {
  readonly map: GlMap;
  readonly #datum: MapDatum;
  readonly #scale: number;
  readonly #isLoaded: Promise<void>;
  readonly #editor: ShapeEditor;
  readonly labels: Labels;
  #isRemoved = false;
  #bounds: [number, number, number, number] | undefined;

  constructor(options: DrawingOptions) {
    this.#datum = options.tiles?.datum ?? 'WGS84';
    this.#scale = options.scale;
    const styles = getComputedStyle(options.container);
    const colour = (name: string) => styles.getPropertyValue(name).trim();
    this.map = new GlMap({
      container: options.container,
      style: styleOf(options, colour),
      attributionControl: options.tiles?.attribution ? { compact: true } : false,
      dragRotate: false,
      pitchWithRotate: false,
      center: [118.1, 24.48],
      zoom: 9,
      fadeDuration: 0,
      // Seen from twice as far, half as fine is as sharp: a large screen with a small computer stays smooth.
      pixelRatio: devicePixelRatio / Math.max(1, Math.floor(options.scale)),
      locale: { 'Map.Title': options.label },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new ScaleControl({ maxWidth: 120 * options.scale, unit: 'metric' }), 'bottom-left');
    drawSignsOn(this.map, colour);
    this.#isLoaded = new Promise((done) => this.map.once('load', () => done()));
    this.#editor = new ShapeEditor(this.map, this.#datum, options.onEdit);
    this.labels = new Labels(this.map, this.#datum, options.onEnter);
    this.#listen(options);
  }

  async show({ points, zones, track, cursor, draft }: Shown): Promise<void> {
    await this.#isLoaded;
    if (this.#isRemoved) return;
    const cursorPoint: MapPoint[] = cursor ? [{ id: 'cursor', at: cursor, label: '', look: 'place' }] : [];
    const parts = {
      points: pointFeatures(points, this.#datum),
      zones: zoneFeatures(zones, this.#datum),
      accuracy: accuracyFeatures(points, this.#datum),
      track: trackFeatures(track, this.#datum),
      cursor: pointFeatures(cursorPoint, this.#datum),
    };
    for (const [name, data] of Object.entries(parts)) this.map.getSource<GeoJSONSource>(name)?.setData(data);
    this.#editor.show(draft);
    const drafts = draft ? [{ id: 'draft', name: '', kind: 'safe' as const, shape: draft }] : [];
    this.#bounds = boundsOf([...Object.values(parts), zoneFeatures(drafts, this.#datum)]);
  }

  /** Everything in sight. */
  fit(): void {
    if (this.#bounds === undefined) return;
    this.map.fitBounds(this.#bounds, { padding: fitPaddingPx, maxZoom: closestZoom, animate: false });
    if (this.map.getZoom() > closestZoom - 0.01) this.map.setZoom(singlePlaceZoom);
  }

  /** These corners fill the picture, with room for labels above them. */
  goTo([west, south, east, north]: Corners): void {
    const [low, high] = [
      ontoMap({ lat: south, lon: west }, this.#datum),
      ontoMap({ lat: north, lon: east }, this.#datum),
    ];
    const { top, right, bottom, left } = fitPaddingPx;
    const scale = this.#scale;
    const padding = { top: 2 * top * scale, right: right * scale, bottom: bottom * scale, left: left * scale };
    const around = { padding, maxZoom: singlePlaceZoom + 1, animate: false };
    this.map.fitBounds([low.lon, low.lat, high.lon, high.lat], around);
  }

  /** Moves only when the place has left the picture. */
  keepInSight(at: LatLon): void {
    const [point] = pointFeatures([{ id: '', at, label: '', look: 'place' }], this.#datum).features;
    if (point?.geometry.type !== 'Point') return;
    const [lon = 0, lat = 0] = point.geometry.coordinates;
    if (!this.map.getBounds().contains([lon, lat])) this.map.easeTo({ center: [lon, lat] });
  }

  zoom(by: number): void {
    this.map.zoomTo(this.map.getZoom() + by);
  }

  /** Resolves when everything that was given is on the screen. */
  async isDrawn(): Promise<void> {
    await this.#isLoaded;
    if (!this.map.loaded()) await this.map.once('idle');
  }

  remove(): void {
    this.#isRemoved = true;
    this.map.remove();
  }

  #listen({ onPick, onPlace, onFailure }: DrawingOptions): void {
    // A picture of the ground that does not come leaves a plain place and nothing else.
    this.map.on('error', (event) => 'tile' in event || this.map.loaded() || onFailure());
    this.map.on('click', 'points', ({ features }) => {
      const id: unknown = features?.[0]?.properties.id;
      if (typeof id === 'string') onPick(id);
    });
    this.map.on('click', 'clusters', (event) => void this.#openCluster(event));
    this.map.on('click', ({ point, lngLat }) => {
      if (this.map.queryRenderedFeatures(point, { layers: ['points', 'clusters', 'handles'] }).length > 0) return;
      onPlace(fromMap({ lat: lngLat.lat, lon: lngLat.lng }, this.#datum));
    });
    for (const layer of ['points', 'clusters', 'handles']) {
      this.map.on('mouseenter', layer, () => this.map.getCanvas().classList.add('can-press'));
      this.map.on('mouseleave', layer, () => this.map.getCanvas().classList.remove('can-press'));
    }
  }

  async #openCluster({ features }: MapLayerMouseEvent): Promise<void> {
    const cluster = features?.[0];
    if (cluster?.geometry.type !== 'Point') return;
    const [lon = 0, lat = 0] = cluster.geometry.coordinates;
    const zoom = await this.map
      .getSource<GeoJSONSource>('points')
      ?.getClusterExpansionZoom(Number(cluster.properties.cluster_id));
    if (zoom !== undefined) this.map.easeTo({ center: [lon, lat], zoom });
  }
}
