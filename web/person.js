import { draw, make } from './elements.js';
import { serverNow } from './service.js';
import { ago, exactly, word } from './words.js';

const width = 400;
const height = 280;
const metresPerDegree = 111_195;
const oldAfterMs = 30 * 60_000;
/** Zones that reach farther than this would make everything else a dot. */
const farM = 3_000;

/** What is known of a resident now: a sketch of where, and facts in words. */
export function personOf(live, onRefresh) {
  return [
    live.position || live.home ? mapOf(live) : '',
    make('p', { class: 'lead' }, ...leadOf(live)),
    make('dl', {}, ...factsOf(live).flatMap(([name, value]) => [make('dt', {}, word(name)), make('dd', {}, ...value)])),
    make('button', { type: 'button', class: 'quiet', onclick: onRefresh }, word('refresh')),
  ];
}

const when = (isoTime) =>
  make('time', { datetime: isoTime, title: exactly(isoTime) }, ago(serverNow() - Date.parse(isoTime)));

function leadOf({ position }) {
  if (position === undefined) return [word('noPosition')];
  const accuracy =
    position.accuracyM === undefined ? word('accuracyUnknown') : `${word('accuracy')} ${metres(position.accuracyM)}`;
  const isOld = serverNow() - Date.parse(position.t) > oldAfterMs;
  return [
    `${word('lastPosition')} `,
    when(position.t),
    ` · ${accuracy}`,
    isOld ? make('em', {}, word('oldPosition')) : '',
  ];
}

function factsOf({ lastHeardAt, worn, battery, heartRateBpm, presence }) {
  const lowest = [...battery].sort((a, b) => a.batteryPct - b.batteryPct)[0];
  const place = presence?.room ? ` · ${presence.room}` : '';
  return [
    lastHeardAt && ['lastHeard', [when(lastHeardAt)]],
    worn && ['wearing', [word(worn.value ? 'worn' : 'notWorn')]],
    lowest && ['battery', [`${lowest.batteryPct} %`]],
    heartRateBpm && ['heart', [`${heartRateBpm.value} ${word('perMinute')} · `, when(heartRateBpm.t)]],
    presence && ['movement', [`${word(presence.motion ? 'moving' : 'still')}${place} · `, when(presence.t)]],
  ].filter(Boolean);
}

const metres = (m) => (m >= 1000 ? `${m / 1000} km` : `${Math.round(m)} m`);

function mapOf({ home, position, zones }) {
  const centre = home ?? position;
  const near = zones
    .map((zone) => ({ ...zone, rings: ringsOf(zone.shape, centre) }))
    .filter(({ rings }) => reachOf(rings) < farM);
  const here = position && toMetres(position, centre);
  const around = here ? circle(here, Math.min(position.accuracyM ?? 10, farM)) : [];
  const fit = frameOf([...near.flatMap(({ rings }) => rings.flat()), ...around, ...(home ? [[0, 0]] : [])]);
  return draw(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, class: 'map', role: 'img', 'aria-label': word('map') },
    ...near.map(({ rings, kind, name }) =>
      draw('path', { d: pathOf(rings, fit), class: kind }, draw('title', {}, name)),
    ),
    home ? marker(fit.at([0, 0]), 'M-9 2 0-8 9 2V10H-9Z', 'home', word('home')) : '',
    here ? draw('path', { d: pathOf([around], fit), class: 'accuracy' }) : '',
    here ? draw('circle', { cx: fit.at(here)[0], cy: fit.at(here)[1], r: 7, class: 'here' }) : '',
    scaleBar(fit.pixelsPerM),
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
