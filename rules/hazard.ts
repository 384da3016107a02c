import type { Bilingual, Signal } from '../model/alert.ts';
import type { Facts, Reading } from '../model/reading.ts';
import { isRecord } from './age.ts';
import { type Burning, burningAt, type Heat, roomTemperature } from './hazard/heat.ts';
import { type Sighting, sightingAfter } from './hazard/presence.ts';
import {
  alarm,
  allClear,
  type Confirmation,
  callsInside,
  confirmed,
  type Hazard,
  nuisance,
  record,
} from './hazard/signals.ts';
import { earliest, type PerDevice, withDevice } from './per-device.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';
import { hazardWords } from './words/hazard.ts';
import { nameOf } from './words.ts';

/**
 * The newest episode of one detector: from `sinceMs` to `untilMs`, and going on while `on`. An older report than that is
 * an episode nobody has heard of, however late, and is raised.
 */
type Episode = {
  readonly on: boolean;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly raisedAtMs: number;
  readonly confirmedBy?: Confirmation;
  /** The resident answered. */
  readonly okAtMs?: number;
  /** When it counts as confirmed by going on, unless it clears or somebody answers. */
  readonly dueAtMs?: number;
};

/** What was seen that makes an alarm that follows it a confirmed one. */
type Hint = { readonly deviceId: string; readonly atMs: number };

type State = {
  readonly episodes?: PerDevice<Episode>;
  readonly seen?: Sighting;
  /** The other hazard's last report, and the last heat of a fire. */
  readonly other?: Hint;
  readonly hot?: Hint & { readonly celsius: number };
  /** Temperatures while something is on. */
  readonly heat?: PerDevice<Heat>;
  /** Ends of short alarms of the last week, for each detector. */
  readonly short?: PerDevice<readonly number[]>;
};

const minuteMs = 60_000;
/** Detectors repeat themselves while it burns; one update in so long says that it still does. */
const updateEveryMs = minuteMs;
const togetherMs = 5 * minuteMs;
const stillOnMs = 2 * minuteMs;
/** The end may be in the same buffer, or on its way since we were away. */
const restOfBufferMs = 10_000;
const afterAbsenceMs = 30_000;
const shortMs = 5 * minuteMs;
const weekMs = 7 * 24 * 60 * minuteMs;
const shortAlarmsAWeek = 3;
const hintGrainMs = minuteMs;

/**
 * P1 at the first report, without waiting for anything. What comes after only adds to it: a second detector, the other
 * hazard or heat within 5 min, or 120 s without an end or an answer, and it says `confirmed`. Who was last seen at home
 * stands beside it and never keeps it quiet. Whether a fire is out is for people to say.
 */
export function hazardRule(hazard: Hazard): Rule<State> {
  return {
    kind: hazard.type,
    initial: {},
    step(home, state, input) {
      if (input.kind === 'deadline') return wentOn(hazard, home, state, input);
      const { reading } = input;
      const looked = withSurroundings(hazard, home, state, reading);
      const { events = [], [hazard.type]: present } = reading.facts;
      if (events.includes(hazard.type)) return reported(hazard, home, looked, reading, true);
      if (present === true) return reported(hazard, home, looked, reading, false);
      const isOver = present === false || (hazard.clearedEvent !== undefined && events.includes(hazard.clearedEvent));
      if (isOver) return over(hazard, home, looked, reading);
      if (looked.episodes === undefined) return { state: looked };
      return events.includes('ok')
        ? { state: answered(home, looked, reading) }
        : supported(hazard, home, looked, reading);
    },
    deadlineAtMs: (_home, { episodes }) => episodes && earliest(Object.values(episodes).map(({ dueAtMs }) => dueAtMs)),
  };
}

// ---- what is seen besides ----

function withSurroundings(hazard: Hazard, home: Household, state: State, reading: Reading): State {
  if (reading.late) return state;
  const seen = sightingAfter(state.seen, reading);
  const after = seen === undefined || seen === state.seen || !hasDetector(hazard, home) ? state : { ...state, seen };
  return withHot(withOther(hazard, after, reading), reading);
}

/** Homes without a detector need not remember who was seen. */
function hasDetector({ type }: Hazard, home: Household): boolean {
  for (const { kind } of home.devices.values()) if (kind === `${type}Detector`) return true;
  return false;
}

function withOther({ other }: Hazard, state: State, { deviceId, takenAtMs: atMs, facts }: Reading): State {
  if (!says(facts, other)) return state;
  const isNews = state.other === undefined || atMs - state.other.atMs >= hintGrainMs;
  return isNews ? { ...state, other: { deviceId, atMs } } : state;
}

function withHot(state: State, reading: Reading): State {
  const celsius = roomTemperature(reading);
  if (celsius === undefined || burningAt(celsius, reading.takenAtMs, undefined) === undefined) return state;
  const { deviceId, takenAtMs: atMs } = reading;
  const isNews = state.hot === undefined || atMs - state.hot.atMs >= hintGrainMs;
  return isNews ? { ...state, hot: { deviceId, atMs, celsius } } : state;
}

function says(facts: Facts, hazard: 'smoke' | 'gas'): boolean {
  return facts[hazard] === true || facts.events?.includes(hazard) === true;
}

// ---- reports ----

/** `shouted`: an event, raised each time; otherwise a heartbeat that still says so. */
function reported(hazard: Hazard, home: Household, state: State, reading: Reading, shouted: boolean): Outcome<State> {
  if (isRecord(reading)) return { state, signals: [record(hazard, home, reading)] };
  const { deviceId, takenAtMs: atMs } = reading;
  const episode = state.episodes?.[deviceId];
  const isKnown = episode !== undefined && atMs >= episode.sinceMs && (episode.on || atMs <= episode.untilMs);
  const isOld = episode !== undefined && atMs <= episode.untilMs;

  const isUpdate = episode?.on === true && atMs - episode.raisedAtMs >= updateEveryMs;
  if (isKnown && !shouted && !isUpdate) return { state };
  const support = supportFor(home, state, deviceId, atMs);
  const confirmedBy = (isKnown ? episode.confirmedBy : undefined) ?? support?.by;
  const signals = [alarm(hazard, home, reading, { seen: state.seen, confirmedBy, reason: support?.reason })];
  if (isOld) return { state, signals };
  const grown = isKnown ? { ...episode, untilMs: atMs, raisedAtMs: atMs } : begun(reading);
  const { dueAtMs, ...settled } = grown;
  const is: Episode = confirmedBy ? { ...settled, confirmedBy } : grown;
  const commands = isKnown ? [] : callsInside(hazard, home, reading);
  return { state: withEpisode(home, state, deviceId, is), signals, commands };
}

function begun({ takenAtMs: atMs, receivedAtMs }: Reading): Episode {
  const dueAtMs = Math.max(atMs + stillOnMs, receivedAtMs + restOfBufferMs);
  return { on: true, sinceMs: atMs, untilMs: atMs, raisedAtMs: atMs, dueAtMs };
}

function withEpisode(home: Household, state: State, deviceId: string, episode: Episode): State {
  return { ...state, episodes: withDevice(home, state.episodes ?? {}, deviceId, episode) };
}

type Support = { readonly by: Confirmation; readonly reason: Bilingual };

/** What else says so within five minutes of `atMs`, before or beside the report of `deviceId`. */
function supportFor(home: Household, state: State, deviceId: string, atMs: number): Support | undefined {
  const isNear = (otherAtMs: number) => Math.abs(atMs - otherAtMs) <= togetherMs;
  const second = Object.entries(state.episodes ?? {}).find(([id, { untilMs }]) => id !== deviceId && isNear(untilMs));
  if (second !== undefined) return agreeing(home, 'secondDetector', second[0]);
  if (state.other && isNear(state.other.atMs)) return agreeing(home, 'otherHazard', state.other.deviceId);
  if (state.hot && isNear(state.hot.atMs)) return heated(home, state.hot.deviceId, state.hot);
  return undefined;
}

function agreeing(home: Household, by: Confirmation, deviceId: string): Support {
  const name = nameOf(home, deviceId);
  return { by, reason: { zh: hazardWords.secondDetector(name.zh).zh, en: hazardWords.secondDetector(name.en).en } };
}

function heated(home: Household, deviceId: string, { celsius, risePerMin }: Burning): Support {
  const name = nameOf(home, deviceId);
  const say = (what: string) =>
    risePerMin === undefined ? hazardWords.hot(what, celsius) : hazardWords.heating(what, risePerMin);
  return { by: 'heat', reason: { zh: say(name.zh).zh, en: say(name.en).en } };
}

// ---- afterwards ----

/** Something else spoke while an alarm is on: does it agree? */
function supported(hazard: Hazard, home: Household, state: State, reading: Reading): Outcome<State> {
  const [deviceId, episode] = Object.entries(state.episodes ?? {}).find(([, { on }]) => on) ?? [];
  if (deviceId === undefined || episode === undefined || episode.confirmedBy !== undefined || reading.late)
    return { state };
  const { takenAtMs: atMs, receivedAtMs: knownAtMs } = reading;
  const [warmed, burning] = withHeat(home, state, reading);
  const isNear = Math.abs(atMs - episode.untilMs) <= togetherMs;
  const support = burning
    ? heated(home, reading.deviceId, burning)
    : says(reading.facts, hazard.other)
      ? agreeing(home, 'otherHazard', reading.deviceId)
      : undefined;
  if (support === undefined || !isNear) return { state: warmed };
  const around = { seen: state.seen, confirmedBy: support.by, reason: support.reason };
  const signal = confirmed(hazard, home, deviceId, { sinceMs: episode.sinceMs, atMs, knownAtMs }, around);
  return { state: withEpisode(home, warmed, deviceId, confirmedEpisode(episode, support.by)), signals: [signal] };
}

function withHeat(home: Household, state: State, reading: Reading): [State, Burning?] {
  const celsius = roomTemperature(reading);
  if (celsius === undefined) return [state];
  const { deviceId, takenAtMs: atMs } = reading;
  const was = state.heat?.[deviceId];
  if (was !== undefined && atMs <= was.atMs) return [state];
  const after = { ...state, heat: withDevice(home, state.heat ?? {}, deviceId, { atMs, celsius }) };
  const burning = burningAt(celsius, atMs, was);
  return burning ? [after, burning] : [after];
}

function confirmedEpisode(episode: Episode, confirmedBy: Confirmation): Episode {
  const { dueAtMs: _due, ...rest } = episode;
  return { ...rest, confirmedBy };
}

/** Somebody says that all is well: nobody has to conclude from silence that it is not. */
function answered(home: Household, state: State, { takenAtMs: okAtMs }: Reading): State {
  let after = state;
  for (const [deviceId, episode] of Object.entries(state.episodes ?? {})) {
    if (!episode.on || okAtMs <= episode.sinceMs) continue;
    const { dueAtMs: _due, ...rest } = episode;
    after = withEpisode(home, after, deviceId, { ...rest, okAtMs });
  }
  return after;
}

function wentOn(hazard: Hazard, home: Household, state: State, input: Input & { kind: 'deadline' }): Outcome<State> {
  let after = state;
  const signals: Signal[] = [];
  for (const [deviceId, episode] of Object.entries(state.episodes ?? {})) {
    const { dueAtMs, sinceMs } = episode;
    if (dueAtMs === undefined || dueAtMs > input.nowMs) continue;
    const heldUntilMs = input.listeningSinceMs + afterAbsenceMs;
    const isHeld = dueAtMs < heldUntilMs;
    after = withEpisode(
      home,
      after,
      deviceId,
      isHeld ? { ...episode, dueAtMs: heldUntilMs } : confirmedEpisode(episode, 'stillOn'),
    );
    if (isHeld) continue;
    const reason = hazardWords.stillOn(Math.round((dueAtMs - sinceMs) / 1000));
    const when = { sinceMs, atMs: dueAtMs, knownAtMs: input.nowMs };
    signals.push(confirmed(hazard, home, deviceId, when, { seen: state.seen, confirmedBy: 'stillOn', reason }));
  }
  return { state: after, signals };
}

function over(hazard: Hazard, home: Household, state: State, reading: Reading): Outcome<State> {
  const { deviceId, takenAtMs: untilMs } = reading;
  const episode = state.episodes?.[deviceId];
  if (!episode?.on || untilMs <= episode.untilMs) return { state };
  const { dueAtMs: _due, ...rest } = episode;
  const { heat: _heat, ...cooled } = withEpisode(home, state, deviceId, { ...rest, on: false, untilMs });
  const clearing = allClear(hazard, home, reading, episode);
  if (episode.confirmedBy !== undefined || untilMs - episode.sinceMs > shortMs)
    return { state: cooled, signals: [clearing] };
  return counted(home, cooled, reading, clearing);
}

/** One more short alarm; the fourth within a week says that the detector hangs in the wrong place. */
function counted(home: Household, state: State, reading: Reading, clearing: Signal): Outcome<State> {
  const { deviceId, takenAtMs: atMs } = reading;
  const times = [...(state.short?.[deviceId] ?? []).filter((one) => atMs - one < weekMs), atMs];
  const isTooMany = times.length > shortAlarmsAWeek;
  const short = withDevice(home, state.short ?? {}, deviceId, isTooMany ? undefined : times);
  const signals = isTooMany ? [clearing, nuisance(home, reading, times.length)] : [clearing];
  return { state: { ...state, short }, signals };
}
