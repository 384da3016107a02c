import { draw, make } from './elements.js';
import { metres, word } from './words.js';

const width = 400;
const height = 280;
const metresPerDegree = 111_195;
/** Tall enough to be seen behind the resident who is at home. */
const house = 'M-13 0 0-13 13 0V11H-13Z';
/** Zones that reach farther than this would make everything else a dot. */
const farM = 3_000;

/** Where the resident is, with home and the zones near it, north up. */
export function sketchOf({ home, position, zones }) {
  const centre = home ?? position;
  const near = zones
    .map((zone) => ({ ...zone, rings: ringsOf(zone.shape, centre) }))
    .filter(({ rings }) => reachOf(rings) < farM);
  const here = position && toMetres(position, centre);
  const around = here ? circle(here, Math.min(position.accuracyM ?? 10, farM)) : [];
  const fit = frameOf([...near.flatMap(({ rings }) => rings.flat()), ...around, ...(home ? [[0, 0]] : [])]);
  return draw(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, class: 'map sketch', role: 'img', 'aria-label': word('map') },
    ...near.map(({ rings, kind, name }) =>
      draw('path', { d: pathOf(rings, fit), class: kind }, draw('title', {}, name)),
    ),
    home ? marker(fit.at([0, 0]), house, 'home', word('home')) : '',
    here ? draw('path', { d: pathOf([around], fit), class: 'accuracy' }) : '',
    here ? draw('circle', { cx: fit.at(here)[0], cy: fit.at(here)[1], r: 7, class: 'here' }) : '',
    scaleBar(fit.pixelsPerM),
  );
}

/** What the shapes of the sketch mean, those that can be in it. */
export function legendOf({ home, position, zones }) {
  const kinds = new Set(zones.map(({ kind }) => kind));
  return make(
    'p',
    { class: 'legend' },
    position ? sign(word('here'), draw('circle', { r: 7, class: 'here' })) : '',
    home ? sign(word('home'), draw('path', { d: house, class: 'home' })) : '',
    kinds.has('safe') ? sign(word('safeZone'), draw('circle', { r: 10, class: 'safe' })) : '',
    kinds.has('forbidden') ? sign(word('forbiddenZone'), draw('circle', { r: 10, class: 'forbidden' })) : '',
  );
}

function sign(name, shape) {
  return make(
    'span',
    {},
    draw('svg', { viewBox: '-13 -13 26 26', class: 'sketch', 'aria-hidden': 'true' }, shape),
    name,
  );
}

/** East and north of `centre`. */
function toMetres({ lat, lon }, centre) {
  const shrink = Math.cos((centre.lat * Math.PI) / 180);
  return [(lon - centre.lon) * metresPerDegree * shrink, (lat - centre.lat) * metresPerDegree];
}

function circle([east, north], radiusM) {
  const angles = Array.from({ length: 48 }, (_, i) => (i * Math.PI) / 24);
  return angles.map((angle) => [east + radiusM * Math.cos(angle), north + radiusM * Math.sin(angle)]);
}

function ringsOf(shape, centre) {
  if (shape.type === 'circle') return [circle(toMetres(shape.center, centre), shape.radiusM)];
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  return polygons.flat().map((ring) => ring.map(([lon, lat]) => toMetres({ lat, lon }, centre)));
}

const reachOf = (rings) => Math.max(...rings.flat().map(([east, north]) => Math.hypot(east, north)));

/** A frame around all points, at least 100 m wide, and how to get from metres to the picture. */
function frameOf(points) {
  const [west, east] = spread(points.map(([x]) => x));
  const [south, north] = spread(points.map(([, y]) => y));
  const pixelsPerM = Math.min((width - 40) / Math.max(east - west, 100), (height - 60) / Math.max(north - south, 100));
  const at = ([x, y]) => [
    width / 2 + (x - (west + east) / 2) * pixelsPerM,
    (height - 20) / 2 - (y - (south + north) / 2) * pixelsPerM,
  ];
  return { pixelsPerM, at };
}

const spread = (values) => [Math.min(...values), Math.max(...values)];

function pathOf(rings, fit) {
  const ringPath = (ring) =>
    `M${ring
      .map((point) =>
        fit
          .at(point)
          .map((v) => v.toFixed(1))
          .join(' '),
      )
      .join('L')}Z`;
  return rings.map(ringPath).join('');
}

function marker([x, y], d, kind, name) {
  return draw('path', { d, class: kind, transform: `translate(${x} ${y})` }, draw('title', {}, name));
}

function scaleBar(pixelsPerM) {
  const lengths = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000, 1_000_000];
  const lengthM = lengths.findLast((m) => m * pixelsPerM <= 140) ?? lengths[0];
  const end = 16 + lengthM * pixelsPerM;
  const y = height - 14;
  return draw(
    'g',
    { class: 'scale' },
    draw('path', { d: `M16 ${y - 5}V${y}H${end}V${y - 5}` }),
    draw('text', { x: end + 6, y }, metres(lengthM)),
  );
}
