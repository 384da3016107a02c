import type { FeatureCollection } from 'geojson';
import type {
  GeoJSONSource,
  GeoJSONSourceSpecification,
  Map as GlMap,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { PageSettings } from '../service/types.ts';
import { groundLayers, groundOf } from './ground.ts';

type Tiles = PageSettings['map']['tiles'];
/** The value of a colour of `look/tokens.css`. */
type Colours = (name: string) => string;

type Style = { readonly tiles: Tiles; readonly isClustered: boolean; readonly scale: number };

const empty = { type: 'FeatureCollection' as const, features: [] };
const clusterRadiusPx = 48;
/** So close and no closer: who lives in one house, or is told of to 100 m, stays one circle with a number. */
export const clusterMaxZoom = 18;

/** Everything the map may show, empty; data come later. */
export function styleOf({ tiles, isClustered, scale }: Style, colour: Colours): StyleSpecification {
  const points: GeoJSONSourceSpecification = isClustered
    ? {
        type: 'geojson',
        data: empty,
        promoteId: 'id',
        cluster: true,
        clusterRadius: clusterRadiusPx * scale,
        clusterMaxZoom,
        maxzoom: clusterMaxZoom + 1,
        clusterProperties: gravest,
      }
    : { type: 'geojson', data: empty };
  // A circle must stay round: less is left out of shapes than usual.
  const geojson: GeoJSONSourceSpecification = { type: 'geojson', data: empty, tolerance: 0.05 };
  return {
    version: 8,
    sources: {
      ...(tiles && { tiles: groundOf(tiles) }),
      zones: geojson,
      accuracy: geojson,
      track: geojson,
      cursor: geojson,
      draft: geojson,
      handles: geojson,
      points,
      // Emergencies are gathered with nobody else: none of them is a number among hundreds who are well.
      ...(isClustered && { urgent: points }),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('--ground') } },
      ...(tiles ? groundLayers(tiles, colour) : []),
      ...[...areaLayers(colour), ...lineLayers(colour)].map(hidden),
      ...pointLayers('points', scale).map(hidden),
      ...(isClustered ? pointLayers('urgent', scale * 1.25).map(hidden) : []),
      ...editLayers(colour).map(hidden),
    ],
  };
}

/** Layers without anything in them cost as much for each picture as full ones, so they are not there until they are filled. */
function hidden(layer: LayerSpecification): LayerSpecification {
  return { ...layer, layout: { ...layer.layout, visibility: 'none' } } as LayerSpecification; // each kind has it
}

/** Puts everything of a source on the map. */
export function fill(map: GlMap, source: string, data: FeatureCollection): void {
  if (showLayersOf(map, source, data.features.length > 0)) map.getSource<GeoJSONSource>(source)?.setData(data);
}

/** True when there is, or was until now, something to be seen of the source. */
export function showLayersOf(map: GlMap, source: string, isFilled: boolean): boolean {
  const ids = map.getLayersOrder().filter((id) => map.getLayer(id)?.source === source);
  const wasFilled = ids.some((id) => map.getLayoutProperty(id, 'visibility') !== 'none');
  if (wasFilled !== isFilled)
    for (const id of ids) map.setLayoutProperty(id, 'visibility', isFilled ? 'visible' : 'none');
  return wasFilled || isFilled;
}

const gravest: NonNullable<GeoJSONSourceSpecification['clusterProperties']> = { gravest: ['min', ['get', 'rank']] };

function areaLayers(colour: Colours): LayerSpecification[] {
  const kind = ['match', ['get', 'kind'], 'forbidden', colour('--P2'), 'notice', colour('--accent'), colour('--well')];
  const zoneColour = kind as unknown as string; // the library's own expression type is deeper than the compiler follows
  return [
    { id: 'zones', type: 'fill', source: 'zones', paint: { 'fill-color': zoneColour, 'fill-opacity': 0.12 } },
    { id: 'zone-edges', type: 'line', source: 'zones', paint: { 'line-color': zoneColour, 'line-width': 2 } },
    {
      id: 'accuracy',
      type: 'fill',
      source: 'accuracy',
      paint: { 'fill-color': colour('--accent'), 'fill-opacity': 0.16 },
    },
  ];
}

function lineLayers(colour: Colours): LayerSpecification[] {
  const accent = colour('--accent');
  const cursor = {
    'circle-radius': 8,
    'circle-color': accent,
    'circle-stroke-width': 3,
    'circle-stroke-color': colour('--paper'),
  };
  return [
    {
      id: 'track',
      type: 'line',
      source: 'track',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': accent, 'line-width': 3 },
    },
    { id: 'cursor', type: 'circle', source: 'cursor', paint: cursor },
  ];
}

export type PointSource = 'points' | 'urgent';

/** The layer of what lies together in a source. */
export const clustersOf = (source: PointSource) => (source === 'points' ? 'clusters' : 'urgent-clusters');

function pointLayers(source: PointSource, scale: number): LayerSpecification[] {
  return [
    {
      id: source,
      type: 'symbol',
      source,
      filter: ['!', ['has', 'point_count']],
      layout: {
        'icon-image': ['get', 'look'],
        'icon-size': scale,
        'icon-allow-overlap': true,
        // The gravest lies on top.
        'symbol-sort-key': ['-', 9, ['get', 'rank']],
      },
    },
    {
      id: clustersOf(source),
      type: 'symbol',
      source,
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': [
          'concat',
          'cluster/',
          ['to-string', ['get', 'gravest']],
          '/',
          ['to-string', ['get', 'point_count_abbreviated']],
        ],
        'icon-allow-overlap': true,
        'icon-size': 1.4 * scale,
      },
    },
  ];
}

/** A shape under somebody's hands: what they see of a handle is small, what they can take hold of is not. */
function editLayers(colour: Colours): LayerSpecification[] {
  const [accent, paper] = [colour('--accent'), colour('--paper')];
  const seen = {
    'circle-radius': 8,
    'circle-color': paper,
    'circle-stroke-width': 3,
    'circle-stroke-color': accent,
  };
  return [
    { id: 'draft', type: 'fill', source: 'draft', paint: { 'fill-color': accent, 'fill-opacity': 0.16 } },
    { id: 'draft-edge', type: 'line', source: 'draft', paint: { 'line-color': accent, 'line-width': 3 } },
    { id: 'handles-seen', type: 'circle', source: 'handles', paint: seen },
    {
      id: 'handles',
      type: 'circle',
      source: 'handles',
      paint: { 'circle-radius': 22, 'circle-color': accent, 'circle-opacity': 0 },
    },
  ];
}
