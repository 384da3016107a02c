import type { Map as GlMap, MapLayerMouseEvent, MapLayerTouchEvent, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';
import type { LatLon, Shape } from '../service/types.ts';
import { fromMap, type MapDatum } from './datum.ts';
import { dragged, handlesOf, heldAfter, withoutCorner } from './handles.ts';
import { fill } from './layers.ts';
import { pointFeatures, zoneFeatures } from './shapes.ts';

/** Lets somebody drag a shape by its handles, with mouse or finger. A double press takes a corner away. */
export class ShapeEditor {
  readonly #map: GlMap;
  readonly #datum: MapDatum;
  readonly #onChange: (shape: Shape) => void;
  #shape: Shape | undefined;
  #held: string | undefined;

  constructor(map: GlMap, datum: MapDatum, onChange: (shape: Shape) => void) {
    this.#map = map;
    this.#datum = datum;
    this.#onChange = onChange;
    map.on('mousedown', 'handles', (event) => this.#take(event));
    map.on('touchstart', 'handles', (event) => this.#take(event));
    map.on('mousemove', (event) => this.#drag(event));
    map.on('touchmove', (event) => this.#drag(event));
    for (const end of ['mouseup', 'touchend', 'touchcancel'] as const) map.on(end, () => this.#letGo());
    map.on('dblclick', 'handles', (event) => this.#removeCorner(event));
  }

  /** Undefined: nothing is edited. */
  show(shape: Shape | undefined): void {
    this.#shape = shape;
    const zones = shape ? [{ id: 'draft', name: '', kind: 'notice' as const, shape }] : [];
    const handles = shape ? handlesOf(shape) : [];
    fill(this.#map, 'draft', zoneFeatures(zones, this.#datum));
    const points = pointFeatures(
      handles.map(({ id, at, kind }) => ({ id, at, label: kind, look: 'place' as const })),
      this.#datum,
    );
    fill(this.#map, 'handles', points);
  }

  #take(event: MapLayerMouseEvent | MapLayerTouchEvent): void {
    const id: unknown = event.features?.[0]?.properties.id;
    if (typeof id !== 'string') return;
    event.preventDefault(); // the map stays where it is
    this.#held = id;
  }

  #drag({ lngLat }: MapMouseEvent | MapTouchEvent): void {
    if (this.#held === undefined || this.#shape === undefined) return;
    const to: LatLon = fromMap({ lat: lngLat.lat, lon: lngLat.lng }, this.#datum);
    const shape = dragged(this.#shape, this.#held, to);
    this.#held = heldAfter(this.#held);
    this.show(shape);
    this.#onChange(shape);
  }

  #letGo(): void {
    this.#held = undefined;
  }

  #removeCorner(event: MapLayerMouseEvent): void {
    const id: unknown = event.features?.[0]?.properties.id;
    if (typeof id !== 'string' || this.#shape === undefined) return;
    event.preventDefault();
    this.#onChange(withoutCorner(this.#shape, id));
  }
}
