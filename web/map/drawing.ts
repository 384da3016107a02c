import { type GeoJSONSource, Map as GlMap, type MapLayerMouseEvent, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { LatLon, PageSettings, Shape } from '../service/types.ts';
import { fromMap, type MapDatum, ontoMap } from './datum.ts';
import { ShapeEditor } from './editor.ts';
import { nameIn, nameLayers } from './ground.ts';
import { Labels } from './labels.ts';
import { clusterMaxZoom, clustersOf, fill, type PointSource, showLayersOf, styleOf } from './layers.ts';
import { ManyPoints } from './many-points.ts';
import {
  accuracyFeatures,
  boundsOf,
  type MapPoint,
  type MapTrack,
  type MapZone,
  pointFeature,
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
  /** Of a map for thousands: who is in an emergency, and everybody else. */
  readonly #gathered: { readonly urgent: ManyPoints; readonly points: ManyPoints } | undefined;
  readonly labels: Labels;
  #isRemoved = false;
  #shown: Partial<Shown> = {};

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
      ...(options.isClustered && { maxZoom: clusterMaxZoom }),
      pixelRatio: finenessOf(options),
      locale: { 'Map.Title': options.label },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new ScaleControl({ maxWidth: 120 * options.scale, unit: 'metric' }), 'bottom-left');
    drawSignsOn(this.map, colour);
    this.#isLoaded = new Promise((done) => this.map.once('load', () => done()));
    this.#editor = new ShapeEditor(this.map, this.#datum, options.onEdit);
    const { scale, onEnter } = options;
    this.labels = new Labels({ map: this.map, datum: this.#datum, scale, onEnter });
    if (options.isClustered) this.#gathered = { urgent: this.#manyOf('urgent'), points: this.#manyOf('points') };
    this.#listen(options);
  }

  /** Draws what is another one than before; an unchanged part costs nothing. */
  async show(shown: Shown): Promise<void> {
    await this.#isLoaded;
    if (this.#isRemoved) return;
    const before = this.#shown;
    this.#shown = shown;
    const { points, zones, track, cursor, draft } = shown;
    if (zones !== before.zones) fill(this.map, 'zones', zoneFeatures(zones, this.#datum));
    if (track !== before.track) fill(this.map, 'track', trackFeatures(track, this.#datum));
    if (cursor !== before.cursor) fill(this.map, 'cursor', pointFeatures(cursorOf(cursor), this.#datum));
    if (draft !== before.draft) this.#editor.show(draft);
    if (points !== before.points) await this.#showPoints(points);
  }

  async #showPoints(points: readonly MapPoint[]): Promise<void> {
    fill(this.map, 'accuracy', accuracyFeatures(points, this.#datum));
    if (this.#gathered === undefined) return fill(this.map, 'points', pointFeatures(points, this.#datum));
    const [urgent, others] = [points.filter(isUrgent), points.filter((point) => !isUrgent(point))];
    for (const [source, some] of [
      ['urgent', urgent],
      ['points', others],
    ] as const)
      showLayersOf(this.map, source, some.length > 0);
    await Promise.all([this.#gathered.urgent.show(urgent), this.#gathered.points.show(others)]);
    if (!this.#isRemoved) this.labels.arrange();
  }

  #manyOf(source: string): ManyPoints {
    const find = () => (this.#isRemoved ? undefined : this.map.getSource<GeoJSONSource>(source));
    return new ManyPoints(find, (point) => pointFeature(point, this.#datum));
  }

  /** Everything in sight. */
  fit(): void {
    const bounds = boundsOf(this.#everything());
    if (bounds === undefined) return;
    this.map.fitBounds(bounds, { padding: fitPaddingPx, maxZoom: closestZoom, animate: false });
    if (this.map.getZoom() > closestZoom - 0.01) this.map.setZoom(singlePlaceZoom);
  }

  #everything() {
    const { points = [], zones = [], track = [], cursor, draft } = this.#shown;
    const drafts = draft ? [{ id: 'draft', name: '', kind: 'safe' as const, shape: draft }] : [];
    return [
      pointFeatures([...points, ...cursorOf(cursor)], this.#datum),
      accuracyFeatures(points, this.#datum),
      zoneFeatures([...zones, ...drafts], this.#datum),
      trackFeatures(track, this.#datum),
    ];
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

  /** Names on the map are in this language where it has them. */
  async speak(language: 'zh' | 'en'): Promise<void> {
    await this.#isLoaded;
    if (this.#isRemoved) return;
    for (const layer of nameLayers)
      if (this.map.getLayer(layer)) this.map.setLayoutProperty(layer, 'text-field', nameIn(language));
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
    const sources = this.#gathered === undefined ? (['points'] as const) : (['urgent', 'points'] as const);
    for (const source of sources) {
      this.map.on('click', source, ({ features }) => {
        const id: unknown = features?.[0]?.properties.id;
        if (typeof id === 'string') onPick(id);
      });
      this.map.on('click', clustersOf(source), (event) => void this.#openCluster(source, event));
    }
    const pressable = [...sources, ...sources.map(clustersOf), 'handles'];
    this.map.on('click', ({ point, lngLat }) => {
      if (this.map.queryRenderedFeatures(point, { layers: pressable }).length > 0) return;
      onPlace(fromMap({ lat: lngLat.lat, lon: lngLat.lng }, this.#datum));
    });
    // One question for each move of the mouse, and none while the map itself moves.
    this.map.on('mousemove', ({ point }) => {
      if (this.map.isMoving()) return;
      const isOnOne = this.map.queryRenderedFeatures(point, { layers: pressable }).length > 0;
      this.map.getCanvas().classList.toggle('can-press', isOnOne);
    });
  }

  async #openCluster(source: PointSource, { features }: MapLayerMouseEvent): Promise<void> {
    const cluster = features?.[0];
    if (cluster?.geometry.type !== 'Point') return;
    const [lon = 0, lat = 0] = cluster.geometry.coordinates;
    const zoom = await this.map
      .getSource<GeoJSONSource>(source)
      ?.getClusterExpansionZoom(Number(cluster.properties.cluster_id));
    if (zoom !== undefined) this.map.easeTo({ center: [lon, lat], zoom: Math.min(zoom, clusterMaxZoom) });
  }
}

const isUrgent = ({ look }: MapPoint) => look === 'P1';

function cursorOf(at: LatLon | undefined): MapPoint[] {
  return at ? [{ id: 'cursor', at, label: '', look: 'place' }] : [];
}

/**
 * Picture points for one of the page. Seen from twice as far, half as fine is as sharp; and a map of thousands is never
 * finer than the page: a large screen with a small computer stays smooth.
 */
function finenessOf({ isClustered, scale }: Pick<DrawingOptions, 'isClustered' | 'scale'>): number {
  const own = isClustered ? Math.min(1, devicePixelRatio) : devicePixelRatio;
  return own / Math.max(1, Math.floor(scale));
}
