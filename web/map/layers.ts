import type {
  GeoJSONSourceSpecification,
  LayerSpecification,
  RasterSourceSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { PageSettings } from '../service/types.ts';

type Tiles = PageSettings['map']['tiles'];
/** The value of a colour of `look/tokens.css`. */
type Colours = (name: string) => string;

type Style = { readonly tiles: Tiles; readonly isClustered: boolean; readonly scale: number };

const empty = { type: 'FeatureCollection' as const, features: [] };
const clusterRadiusPx = 48;
const clusterMaxZoom = 15;

/** Everything the map may show, empty; data come later. */
export function styleOf({ tiles, isClustered, scale }: Style, colour: Colours): StyleSpecification {
  const points: GeoJSONSourceSpecification = isClustered
    ? {
        type: 'geojson',
        data: empty,
        cluster: true,
        clusterRadius: clusterRadiusPx * scale,
        clusterMaxZoom,
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
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('--ground') } },
      ...(tiles ? [{ id: 'tiles', type: 'raster', source: 'tiles' } satisfies LayerSpecification] : []),
      ...areaLayers(colour),
      ...lineLayers(colour),
      ...pointLayers(scale),
      ...editLayers(colour),
    ],
  };
}

function groundOf({ url, attribution, minZoom, maxZoom, bounds }: NonNullable<Tiles>): RasterSourceSpecification {
  const [west, south, east, north] = bounds ?? [];
  return {
    ...{ type: 'raster', tileSize: 256, attribution },
    tiles: [url.startsWith('/') ? location.origin + url : url],
    ...(minZoom !== undefined && { minzoom: minZoom }),
    ...(maxZoom !== undefined && { maxzoom: maxZoom }),
    ...(west !== undefined &&
      south !== undefined &&
      east !== undefined &&
      north !== undefined && { bounds: [west, south, east, north] }),
  };
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

function pointLayers(scale: number): LayerSpecification[] {
  return [
    {
      id: 'points',
      type: 'symbol',
      source: 'points',
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
      id: 'clusters',
      type: 'symbol',
      source: 'points',
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
