import type { Feature, FeatureCollection, Polygon, Position } from 'geojson';
import type { LatLon, Severity, Shape } from '../service/types.ts';
import { type MapDatum, ontoMap } from './datum.ts';

/** How a point looks: an alert by its severity, or what it is. */
export type PointLook = Severity | 'person' | 'home' | 'responder' | 'device' | 'place';
export type MapPoint = {
  readonly id: string;
  readonly at: LatLon;
  readonly label: string;
  readonly look: PointLook;
  /** 68 % radius; drawn as a circle. */
  readonly accuracyM?: number | undefined;
};
export type MapZone = {
  readonly id: string;
  readonly name: string;
  /** `notice`: where a missing person is searched for. */
  readonly kind: 'safe' | 'forbidden' | 'notice';
  readonly shape: Shape;
};
export type MapTrack = readonly (LatLon & { readonly t: string })[];

const metresPerDegree = 111_195;
const circleCorners = 64;
/** Beyond it a circle would be most of the world. */
const radiusAtMostM = 1_000_000;

type Features = FeatureCollection;

export function pointFeatures(points: readonly MapPoint[], datum: MapDatum): Features {
  return collection(points.map((point) => pointFeature(point, datum)));
}

export function pointFeature({ id, at, look }: MapPoint, datum: MapDatum): Feature {
  return {
    type: 'Feature',
    properties: { id, look, rank: rankOf(look) },
    geometry: { type: 'Point', coordinates: positionOf(at, datum) },
  };
}

export function accuracyFeatures(points: readonly MapPoint[], datum: MapDatum): Features {
  const circles = points.filter(({ accuracyM }) => accuracyM !== undefined);
  return collection(circles.map(({ at, accuracyM = 0 }) => feature({}, circle(at, accuracyM, datum))));
}

export function zoneFeatures(zones: readonly MapZone[], datum: MapDatum): Features {
  return collection(
    zones.flatMap(({ kind, shape }) => polygonsOf(shape, datum).map((rings) => feature({ kind }, rings))),
  );
}

export function trackFeatures(track: MapTrack, datum: MapDatum): Features {
  if (track.length < 2) return collection([]);
  const coordinates = track.map((at) => positionOf(at, datum));
  return collection([{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } }]);
}

/** West, south, east, north of everything; undefined when there is nothing. */
export function boundsOf(collections: readonly Features[]): [number, number, number, number] | undefined {
  const corners = collections.flatMap(({ features }) => features.flatMap(({ geometry }) => positionsOf(geometry)));
  if (corners.length === 0) return undefined;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon = 0, lat = 0] of corners) {
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  return [west, south, east, north];
}

/** Lower is graver: a cluster shows the gravest in it. */
function rankOf(look: PointLook): number {
  return /^P\d$/.test(look) ? Number(look.slice(1)) : 9;
}

function positionOf(at: LatLon, datum: MapDatum): Position {
  const { lat, lon } = ontoMap(at, datum);
  return [lon, lat];
}

function polygonsOf(shape: Shape, datum: MapDatum): Position[][][] {
  if (shape.type === 'circle') return [circle(shape.center, shape.radiusM, datum)];
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  return polygons.map((rings) =>
    rings.map((ring) => ring.map(([lon = 0, lat = 0]) => positionOf({ lat, lon }, datum))),
  );
}

function circle(center: LatLon, radiusM: number, datum: MapDatum): Position[][] {
  const radiusDeg = Math.min(radiusM, radiusAtMostM) / metresPerDegree;
  const shrink = Math.cos((center.lat * Math.PI) / 180);
  const ring = Array.from({ length: circleCorners + 1 }, (_, i) => {
    const angle = ((i % circleCorners) * 2 * Math.PI) / circleCorners;
    const [lat, lon] = [center.lat + radiusDeg * Math.sin(angle), center.lon + (radiusDeg * Math.cos(angle)) / shrink];
    return positionOf({ lat, lon }, datum);
  });
  return [ring];
}

function positionsOf(geometry: Feature['geometry']): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates];
  if (geometry.type === 'LineString') return geometry.coordinates;
  return geometry.type === 'Polygon' ? geometry.coordinates.flat() : [];
}

const collection = (features: Feature[]): Features => ({ type: 'FeatureCollection', features });
const feature = (properties: Record<string, unknown>, coordinates: Position[][]): Feature<Polygon> => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates },
});
