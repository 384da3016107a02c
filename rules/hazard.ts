import type { Bilingual, Signal } from '../model/alert.ts';
import type { EventName, Reading } from '../model/reading.ts';
import { type PerDevice, withDevice } from './per-device.ts';
import type { Household, Rule } from './rule.ts';
import { clear, fromReading, raise } from './signals.ts';
import { roomOf, whoOf } from './words.ts';

/** What a detector watches for, and the words for it. */
export type Hazard = {
  readonly type: 'smoke' | 'gas';
  readonly clearedEvent?: EventName;
  readonly raised: (who: string, where: string) => Bilingual;
  readonly cleared: (who: string, where: string) => Bilingual;
};

/**
 * The newest episode of one detector: from `sinceMs` to `untilMs`, and going on while `on`. An older report than that is
 * an episode nobody has heard of, however late, and is raised.
 */
type Episode = {
  readonly on: boolean;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly raisedAtMs: number;
};
type State = PerDevice<Episode>;

/** Detectors repeat themselves while it burns; one update in so long says that it still does. */
const updateEveryMs = 60_000;

/** P1 at the first report, without waiting for a second one. Whether a fire is out is for people to say. */
export function hazardRule(hazard: Hazard): Rule<State> {
  return {
    kind: hazard.type,
    initial: {},
    step(home, state, input) {
      if (input.kind !== 'reading') return { state };
      const { reading } = input;
      const { events = [], [hazard.type]: present } = reading.facts;
      if (events.includes(hazard.type)) return reported(hazard, home, state, reading, true);
      if (present === true) return reported(hazard, home, state, reading, false);
      const isOver = present === false || (hazard.clearedEvent !== undefined && events.includes(hazard.clearedEvent));
      return isOver ? over(hazard, home, state, reading) : { state };
    },
  };
}

/** `shouted`: an event, raised each time; otherwise a heartbeat that still says so. */
function reported(hazard: Hazard, home: Household, state: State, reading: Reading, shouted: boolean) {
  const { deviceId, takenAtMs: atMs } = reading;
  const episode = state[deviceId];
  const isKnown = episode !== undefined && atMs >= episode.sinceMs && (episode.on || atMs <= episode.untilMs);
  const isOld = episode !== undefined && atMs <= episode.untilMs;

  const isUpdate = episode?.on === true && atMs - episode.raisedAtMs >= updateEveryMs;
  if (isKnown && !shouted && !isUpdate) return { state };
  const signals = [alarm(hazard, home, reading)];
  if (isOld) return { state, signals };
  const sinceMs = isKnown ? episode.sinceMs : atMs;
  return { state: withDevice(home, state, deviceId, { on: true, sinceMs, untilMs: atMs, raisedAtMs: atMs }), signals };
}

function over(hazard: Hazard, home: Household, state: State, reading: Reading) {
  const { deviceId, takenAtMs: untilMs } = reading;
  const episode = state[deviceId];
  if (!episode?.on || untilMs <= episode.untilMs) return { state };
  const signals = [allClear(hazard, home, reading, episode)];
  return { state: withDevice(home, state, deviceId, { ...episode, on: false, untilMs }), signals };
}

function alarm({ type, raised }: Hazard, home: Household, reading: Reading): Signal {
  const summary = raised(whoOf(home, reading.deviceId), roomOf(home, reading.deviceId));
  return raise(home, fromReading(reading), { type, key: reading.id, severity: 'P1', summary });
}

function allClear({ type, cleared }: Hazard, home: Household, reading: Reading, { sinceMs }: Episode): Signal {
  const summary = cleared(whoOf(home, reading.deviceId), roomOf(home, reading.deviceId));
  return clear(home, fromReading(reading), { type, key: `${reading.deviceId}:${sinceMs}`, severity: 'P1', summary });
}
