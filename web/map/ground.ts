import type {
  ExpressionSpecification,
  LayerSpecification,
  RasterSourceSpecification,
  VectorSourceSpecification,
} from 'maplibre-gl';
import type { PageSettings } from '../service/types.ts';

type Tiles = NonNullable<PageSettings['map']['tiles']>;
/** The value of a custom property of `look/tokens.css`. */
type Colours = (name: string) => string;

/** What everything else lies on: pictures, or the shapes of Protomaps' basemap (versions 3 and 4) in calm colours. */
export function groundOf(tiles: Tiles): RasterSourceSpecification | VectorSourceSpecification {
  const { url, attribution, minZoom, maxZoom, bounds } = tiles;
  const [west, south, east, north] = bounds ?? [];
  const corners = west !== undefined && south !== undefined && east !== undefined && north !== undefined;
  return {
    ...(isVector(tiles) ? { type: 'vector' as const } : { type: 'raster' as const, tileSize: 256 }),
    attribution,
    tiles: [url.startsWith('/') ? location.origin + url : url],
    ...(minZoom !== undefined && { minzoom: minZoom }),
    ...(maxZoom !== undefined && { maxzoom: maxZoom }),
    ...(corners && { bounds: [west, south, east, north] as [number, number, number, number] }),
  };
}

export function groundLayers(tiles: Tiles, colour: Colours): LayerSpecification[] {
  if (!isVector(tiles)) return [{ id: 'tiles', type: 'raster', source: 'tiles' }];
  return [...surfaces(colour), ...roads(colour), ...names(colour)];
}

const isVector = ({ kind }: Tiles) => kind === 'vector';

/** Layers whose words follow the language of the page. */
export const nameLayers = ['road-names', 'place-names'] as const;

/** The name in this language where the map has one, else the name on the spot. */
export function nameIn(language: 'zh' | 'en'): ExpressionSpecification {
  const tags = language === 'zh' ? ['name:zh-Hans', 'name:zh', 'name'] : ['name:en', 'name'];
  const given = tags.map((tag): ExpressionSpecification => ['get', tag]);
  return ['coalesce', ...given, ''] as unknown as ExpressionSpecification; // deeper than the compiler follows
}

/** Version 3 of the schema has a prefix. The library's own expression types are deeper than the compiler follows. */
const kind = ['coalesce', ['get', 'kind'], ['get', 'pmap:kind'], ''];
const isOneOf = (...kinds: string[]) => ['in', kind, ['literal', kinds]] as never;
const green = ['park', 'forest', 'wood', 'grass', 'grassland', 'scrub', 'garden', 'cemetery', 'golf_course'];
const protectedLand = [
  'nature_reserve',
  'national_park',
  'protected_area',
  'meadow',
  'recreation_ground',
  'village_green',
];

function surfaces(colour: Colours): LayerSpecification[] {
  const of = (id: string, layer: string, paint: string) =>
    ({
      ...{ id, type: 'fill', source: 'tiles', 'source-layer': layer },
      paint: { 'fill-color': colour(paint), 'fill-antialias': false },
    }) satisfies LayerSpecification;
  const isArea = ['==', ['geometry-type'], 'Polygon'] as never;
  return [
    { ...of('earth', 'earth', '--map-land'), filter: isArea },
    { ...of('green', 'landuse', '--map-green'), filter: isOneOf(...green, ...protectedLand) },
    { ...of('water', 'water', '--map-water'), filter: isArea },
    { ...of('buildings', 'buildings', '--map-building'), minzoom: 14, filter: isArea },
  ];
}

/** Pixels at zoom 10, 14 and 18. */
type Widths = readonly [far: number, middle: number, near: number];

function roads(colour: Colours): LayerSpecification[] {
  const of = (id: string, kinds: readonly string[], paint: string, [far, middle, near]: Widths, minzoom = 0) =>
    ({
      ...{ id, type: 'line', source: 'tiles', 'source-layer': 'roads', minzoom, filter: isOneOf(...kinds) },
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': colour(paint),
        'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 10, far, 14, middle, 18, near],
      },
    }) satisfies LayerSpecification;
  return [
    of('paths', ['path', 'other'], '--map-way', [0.2, 0.6, 2], 15),
    of('minor-roads', ['minor_road'], '--map-way', [0.3, 1.2, 8], 12),
    of('major-roads', ['major_road', 'medium_road'], '--map-road', [0.6, 2.2, 12]),
    of('highways', ['highway'], '--map-road', [1.2, 3.5, 16]),
    of('rails', ['rail'], '--map-way', [0.4, 0.8, 2], 12),
  ];
}

/** Written with fonts of this device: none is fetched from anywhere. */
function names(colour: Colours): LayerSpecification[] {
  const font = colour('--font')
    .replaceAll('"', '')
    .split(',')
    .map((family) => family.trim());
  const paint = { 'text-color': colour('--map-name'), 'text-halo-color': colour('--map-land'), 'text-halo-width': 1.5 };
  const text = { 'text-field': nameIn('zh'), 'text-font': font };
  const places = {
    source: 'tiles',
    'source-layer': 'places',
    filter: isOneOf('locality', 'neighbourhood', 'macrohood'),
  };
  const streets = {
    source: 'tiles',
    'source-layer': 'roads',
    minzoom: 15,
    filter: isOneOf('highway', 'major_road', 'minor_road'),
  };
  const along = { 'symbol-placement': 'line' as const, 'text-size': 12 };
  const sized = { 'text-size': ['interpolate', ['linear'], ['zoom'], 8, 12, 15, 16] as never, 'text-max-width': 7 };
  return [
    { id: 'road-names', type: 'symbol', ...streets, layout: { ...text, ...along }, paint },
    { id: 'place-names', type: 'symbol', ...places, layout: { ...text, ...sized }, paint },
  ];
}
