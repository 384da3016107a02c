import { type Map as GlMap, Marker } from 'maplibre-gl';
import type { LatLon } from '../service/types.ts';
import { type MapDatum, ontoMap } from './datum.ts';
import { type Around, type Box, type Offset, placesOf } from './label-places.ts';

/** A place with words on it that can be pressed: an area on the wall. */
export type MapLabel = {
  readonly id: string;
  readonly at: LatLon;
  readonly text: string;
  /** Something grave is there: it stands out. */
  readonly isGrave?: boolean;
};

type Shown = { readonly marker: Marker; readonly element: HTMLElement; label: MapLabel; offset?: Offset | undefined };

export type LabelOptions = {
  readonly map: GlMap;
  readonly datum: MapDatum;
  readonly scale: number;
  onEnter(id: string): void;
};

/** Layers whose signs a label must not cover, and those it leaves free where it can. */
const [signLayers, circleLayers] = [
  ['urgent', 'urgent-clusters'],
  ['clusters', 'points'],
];
/** Half a sign, and half a circle, at scale 1. */
const [signPx, circlePx] = [20, 18];
const edgePx = 8;
/** The map's own buttons lie on the right, its scale below. */
const [buttonsPx, scaleBarPx] = [72, 32];

/** Labels are elements over the map, so that a keyboard reaches them and a screen reader says them. */
export class Labels {
  readonly #options: LabelOptions;
  readonly #shown = new Map<string, Shown>();
  #isToArrange = false;

  constructor(options: LabelOptions) {
    this.#options = options;
    const { map } = options;
    for (const event of ['moveend', 'resize'] as const) map.on(event, () => this.arrange());
    // What has to be left free comes from a worker, some pictures after it was handed over.
    map.on('sourcedata', ({ tile }) => {
      if (tile !== undefined) this.#isToArrange = true;
    });
    map.on('idle', () => this.#isToArrange && this.#arrange());
  }

  show(labels: readonly MapLabel[]): void {
    const wanted = new Set(labels.map(({ id }) => id));
    for (const [id, { marker }] of this.#shown) {
      if (wanted.has(id)) continue;
      marker.remove();
      this.#shown.delete(id);
    }
    if (labels.map((label) => this.#keep(label)).includes(true)) this.arrange();
  }

  /** They look for their places anew as soon as the map stands still. */
  arrange(): void {
    this.#isToArrange = true;
    this.#options.map.triggerRepaint();
  }

  /** True when it is another one than before. What is there is changed, not made anew: a keyboard may be on it. */
  #keep(label: MapLabel): boolean {
    const known = this.#shown.get(label.id);
    const shown = known ?? this.#newOne(label);
    const { element, marker } = shown;
    if (known && isSame(known.label, label)) return false;
    shown.label = label;
    element.classList.toggle('grave', label.isGrave === true);
    element.textContent = label.text;
    element.setAttribute('aria-label', label.text);
    const { lat, lon } = ontoMap(label.at, this.#options.datum);
    marker.setLngLat([lon, lat]);
    if (!known) marker.addTo(this.#options.map);
    return true;
  }

  #newOne(label: MapLabel): Shown {
    const element = document.createElement('button');
    element.type = 'button';
    element.className = 'map-label tucked';
    element.dataset.label = label.id;
    element.addEventListener('click', (event) => {
      event.stopPropagation();
      this.#options.onEnter(label.id);
    });
    const shown = { marker: new Marker({ element, anchor: 'center' }), element, label };
    this.#shown.set(label.id, shown);
    return shown;
  }

  #arrange(): void {
    this.#isToArrange = false;
    const { map } = this.#options;
    const labels = [...this.#shown.values()].map(({ label, element, marker, offset }) => ({
      id: label.id,
      at: map.project(marker.getLngLat()),
      widthPx: element.offsetWidth,
      heightPx: element.offsetHeight,
      isGrave: label.isGrave === true,
      now: offset,
    }));
    const places = placesOf(labels, this.#around());
    for (const [id, shown] of this.#shown) {
      shown.offset = places.get(id);
      if (shown.offset) shown.marker.setOffset([...shown.offset]);
      shown.element.classList.toggle('tucked', shown.offset === undefined);
    }
  }

  #around(): Around {
    const { map, scale } = this.#options;
    const { clientWidth, clientHeight } = map.getContainer();
    return {
      frame: { left: edgePx, top: edgePx, right: clientWidth - buttonsPx, bottom: clientHeight - scaleBarPx * scale },
      signs: this.#boxesOf(signLayers, signPx * scale),
      circles: this.#boxesOf(circleLayers, circlePx * scale),
      gapPx: signPx * scale,
    };
  }

  #boxesOf(layers: string[], halfPx: number): Box[] {
    const { map } = this.#options;
    const there = layers.filter((layer) => map.getLayer(layer) !== undefined);
    return map.queryRenderedFeatures({ layers: there }).flatMap(({ geometry }) => {
      if (geometry.type !== 'Point') return [];
      const [lon = 0, lat = 0] = geometry.coordinates;
      const { x, y } = map.project([lon, lat]);
      return [{ left: x - halfPx, top: y - halfPx, right: x + halfPx, bottom: y + halfPx }];
    });
  }
}

function isSame(a: MapLabel, b: MapLabel): boolean {
  return a.text === b.text && a.isGrave === b.isGrave && a.at.lat === b.at.lat && a.at.lon === b.at.lon;
}
