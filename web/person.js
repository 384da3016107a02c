import { when } from './alerts.js';
import { make } from './elements.js';
import { serverNow } from './service.js';
import { legendOf, sketchOf } from './sketch.js';
import { metres, word } from './words.js';

const oldAfterMs = 30 * 60_000;

/** What is known of a resident now: a sketch of where, and facts in words. */
export function personOf(live, onRefresh) {
  return [
    ...(live.position || live.home ? [sketchOf(live), legendOf(live)] : []),
    make('p', { class: 'lead' }, ...leadOf(live)),
    make('dl', {}, ...factsOf(live).flatMap(([name, value]) => [make('dt', {}, word(name)), make('dd', {}, ...value)])),
    make('button', { type: 'button', class: 'quiet', onclick: onRefresh }, word('refresh')),
  ];
}

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
