import { type Map as GlMap, Marker } from 'maplibre-gl';
import type { LatLon } from '../service/types.ts';
import { type MapDatum, ontoMap } from './datum.ts';

/** A place with words on it that can be pressed: an area on the wall. */
export type MapLabel = {
  readonly id: string;
  readonly at: LatLon;
  readonly text: string;
  /** Something grave is there: it stands out. */
  readonly isGrave?: boolean;
};

/** Labels are elements over the map, so that a keyboard reaches them and a screen reader says them. */
export class Labels {
  readonly #map: GlMap;
  readonly #datum: MapDatum;
  readonly #onEnter: (id: string) => void;
  #markers: readonly Marker[] = [];

  constructor(map: GlMap, datum: MapDatum, onEnter: (id: string) => void) {
    this.#map = map;
    this.#datum = datum;
    this.#onEnter = onEnter;
  }

  show(labels: readonly MapLabel[]): void {
    const focused = document.activeElement?.getAttribute('data-label');
    for (const marker of this.#markers) marker.remove();
    this.#markers = labels.map((label) => this.#markerOf(label));
    // What is drawn anew must not take the keyboard away from whoever is on it.
    this.#markers
      .find((marker) => marker.getElement().dataset.label === focused)
      ?.getElement()
      .focus();
  }

  #markerOf({ id, at, text, isGrave }: MapLabel): Marker {
    const element = document.createElement('button');
    element.type = 'button';
    element.className = isGrave ? 'map-label grave' : 'map-label';
    element.dataset.label = id;
    element.textContent = text;
    element.setAttribute('aria-label', text);
    element.addEventListener('click', (event) => {
      event.stopPropagation();
      this.#onEnter(id);
    });
    const { lat, lon } = ontoMap(at, this.#datum);
    return new Marker({ element, anchor: 'bottom', offset: [0, -28] }).setLngLat([lon, lat]).addTo(this.#map);
  }
}
