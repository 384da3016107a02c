import { stamp } from '../../model/local-time.ts';
import type { Reading } from '../../model/reading.ts';
import type { Household } from '../rule.ts';
import { hazardWords } from '../words/hazard.ts';
import { nameOf } from '../words.ts';

/** The last sign of somebody at home: which device, and when. */
export type Sighting = { readonly deviceId: string; readonly atMs: number };

const minuteMs = 60_000;
const holdsMs = 30 * minuteMs;
/** The same sensor is written down once in so long, another one once a minute. */
const sameGrainMs = 5 * minuteMs;
const otherGrainMs = minuteMs;

/** Does a reading show somebody at home? A pet does too: whoever goes there is told what was seen, not what it was. */
function showsSomebody({ kind, facts }: Reading): boolean {
  if (kind === 'motionSensor' || kind === 'bedSensor') return facts.motion === true;
  if (kind === 'doorSensor') return facts.contactOpen !== undefined;
  return kind === 'wristband' && facts.homeAnchor === true && facts.worn !== false;
}

/** The sighting after a reading; the same object when it is not news. */
export function sightingAfter(was: Sighting | undefined, reading: Reading): Sighting | undefined {
  if (!showsSomebody(reading)) return was;
  const { deviceId, takenAtMs: atMs } = reading;
  const grainMs = was?.deviceId === deviceId ? sameGrainMs : otherGrainMs;
  return was !== undefined && atMs - was.atMs < grainMs ? was : { deviceId, atMs };
}

/** What responders are told about who is at home at `atMs`: never a reason to be quiet. */
export function presenceAt(home: Household, sighting: Sighting | undefined, atMs: number) {
  if (sighting === undefined || Math.abs(atMs - sighting.atMs) > holdsMs) {
    return { evidence: { presence: 'unknown' }, words: hazardWords.nobodySeen };
  }
  const { deviceId, atMs: seenAtMs } = sighting;
  const when = stamp(home.timeZone, seenAtMs).slice(6);
  const name = nameOf(home, deviceId);
  const { room } = home.devices.get(deviceId) ?? {};
  return {
    evidence: {
      presence: 'likelyHome',
      lastSeenAtMs: seenAtMs,
      lastSeenBy: deviceId,
      ...(room && { lastSeenRoom: room }),
    },
    words: { zh: hazardWords.atHome(name.zh, when).zh, en: hazardWords.atHome(name.en, when).en },
  };
}
