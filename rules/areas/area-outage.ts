import type { Signal } from '../../model/alert.ts';
import { earliest } from '../per-device.ts';
import type { Deadline, Letter, Note, Outcome } from '../rule.ts';
import { type Affected, affected, nobody, withHome, without } from './affected-homes.ts';
import { type AreaRule, type HomeSaid, type Region, subjectOfArea } from './area-rule.ts';
import { explain, type Loss, windowMs } from './losses.ts';
import { isOut, isOver } from './outage-telling.ts';

/** One area that is not heard as a whole. */
export type Outage = {
  readonly areaId: string;
  /** The first loss. */
  readonly sinceMs: number;
  /** Devices, also those behind hubs; never fewer than are really missing. */
  readonly lost: number;
  readonly back: number;
  /** `lost` when people were told last. */
  readonly told: number;
  readonly homes: Affected;
  readonly updateAtMs?: number;
  /** Since when most are back. */
  readonly mostBackAtMs?: number;
};

/** `pending`: a look at the losses is due at `atMs`, and was wanted since `sinceMs`. */
type State = {
  readonly losses: readonly Loss[];
  readonly pending?: { readonly sinceMs: number; readonly atMs: number };
  readonly open: readonly Outage[];
};

/** More than so many homes silent within the window are worth a look. */
const lossesToLook = 3;
/** Losses of one cut come with the keep-alive of each connection: the look waits until no more come, for so long at most. */
const settleMs = 30_000;
const longestSettleMs = 120_000;
/** Losses remembered; older ones give way. */
const lossesAtMost = 1000;
const openAtMost = 16;
/** Over when most are back, for so long. */
const mostBack = 0.8;
const holdMs = 5 * 60_000;
/** What is silent longer than that is not an outage any more but gone, and told home by home. */
const longestMs = 24 * 3_600_000;
/** People are told anew when it has grown by so much, at most once a minute. */
const growth = 1.05;
const updateMs = 60_000;

/**
 * Many devices of an area lose contact within 5 min: one P2 alert for the smallest area that explains it, with whom to call;
 * devices and homes behind it are not told one by one. Over when 80 % are back for 5 min. A larger outage takes the
 * place of the smaller ones within it.
 */
export const areaOutage: AreaRule<State> = {
  kind: 'areaOutage',
  initial: { losses: [], open: [] },
  hears: new Set<string>(['contact'] satisfies Note['kind'][]),
  step(region, state, input) {
    if (input.kind === 'deadline') return due(region, state, input);
    if (input.kind === 'forget') return { state: forgotten(state, input.residentId) };
    return said(region, state, input);
  },
  deadlineAtMs(_region, { pending, open }) {
    return earliest([pending?.atMs, ...open.flatMap((one) => [one.updateAtMs, endsAtMs(one)])]);
  },
};

function endsAtMs({ sinceMs, mostBackAtMs }: Outage): number {
  return Math.min(sinceMs + longestMs, mostBackAtMs === undefined ? Infinity : mostBackAtMs + holdMs);
}

function said(region: Region, state: State, { said: note, home, nowMs }: HomeSaid): Outcome<State> {
  const { resident } = home;
  if (resident === undefined || !('is' in note)) return { state };
  const losses = state.losses.filter(([atMs, , , deviceId]) => atMs > nowMs - windowMs && deviceId !== note.deviceId);
  const path = region.pathOf(resident.areaId);
  const isIn = ({ areaId }: Outage) => path.includes(areaId);
  if (note.is === 'back') {
    const open = state.open.map((one) => (isIn(one) && note.lostAtMs >= one.sinceMs ? withBack(one, note) : one));
    return { state: { ...state, losses, open } };
  }
  const loss: Loss = [note.atMs, resident.areaId, resident.id, note.deviceId, note.devices];
  const all = [...losses, loss].slice(-lossesAtMost);
  const open = state.open.map((one) => (isIn(one) ? withLoss(region, one, loss, nowMs) : one));
  const covering = open.find(isIn);
  // No more fit: what is dropped would not be counted.
  const isFull = all.length === lossesAtMost && covering === undefined;
  const later = isFull ? { sinceMs: nowMs, atMs: nowMs } : settling(state.pending?.sinceMs ?? nowMs, nowMs);
  const pending = all.length < lossesToLook ? state.pending : later;
  const letters: Letter[] = covering
    ? [{ to: resident.id, notice: { kind: 'outage', sinceMs: covering.sinceMs } }]
    : [];
  return { state: { losses: all, open, ...(pending && { pending }) }, letters };
}

function settling(sinceMs: number, nowMs: number): { sinceMs: number; atMs: number } {
  return { sinceMs, atMs: Math.min(nowMs + settleMs, sinceMs + longestSettleMs) };
}

function withBack(outage: Outage, { devices, atMs }: Note): Outage {
  const back = Math.min(outage.lost, outage.back + devices);
  return trial({ ...outage, back }, atMs);
}

function withLoss(region: Region, outage: Outage, [atMs, , residentId, , devices]: Loss, nowMs: number): Outage {
  // A home that was back and is lost again is no further home: power that flickers must not add up.
  const isAgain = outage.back >= devices && outage.homes.known.some(([id]) => id === residentId);
  const lost = isAgain ? outage.lost : outage.lost + devices;
  const back = isAgain ? outage.back - devices : outage.back;
  const updateAtMs = outage.updateAtMs ?? (lost >= outage.told * growth ? nowMs + updateMs : undefined);
  const homes = withHome(region, outage.homes, residentId);
  return trial({ ...outage, lost, back, homes, ...(updateAtMs !== undefined && { updateAtMs }) }, atMs);
}

/** Are most of them back? */
function trial(outage: Outage, atMs: number): Outage {
  const { mostBackAtMs = atMs, ...rest } = outage;
  return outage.back >= outage.lost * mostBack ? { ...rest, mostBackAtMs } : rest;
}

function due(region: Region, state: State, { nowMs }: Deadline): Outcome<State> {
  const decided = (state.pending?.atMs ?? Infinity) <= nowMs ? decide(region, state, nowMs) : { state };
  const signals: Signal[] = [...(decided.signals ?? [])];
  const letters: Letter[] = [...(decided.letters ?? [])];
  const open: Outage[] = [];
  for (const outage of decided.state.open) {
    if (endsAtMs(outage) <= nowMs) {
      signals.push(isOver(region, outage, nowMs));
      letters.push({ to: subjectOfArea(outage.areaId), notice: { kind: 'outageOver', atMs: nowMs } });
    } else if ((outage.updateAtMs ?? Infinity) <= nowMs) {
      const { updateAtMs: _updateAtMs, ...rest } = outage;
      open.push({ ...rest, told: outage.lost });
      signals.push(isOut(region, outage, nowMs));
    } else open.push(outage);
  }
  return { state: { ...decided.state, open }, signals, letters };
}

/** Looks at the losses of the last minutes: is there an area that explains them, and is it not told yet? */
function decide(region: Region, state: State, nowMs: number): Outcome<State> {
  const losses = state.losses.filter(([atMs]) => atMs > nowMs - windowMs - longestSettleMs);
  const signals: Signal[] = [];
  const letters: Letter[] = [];
  let open = state.open;
  for (const areaId of explain(region, losses)) {
    const path = region.pathOf(areaId);
    if (open.some((one) => path.includes(one.areaId)) || open.length >= openAtMost) continue;
    const parts = open.filter((one) => region.pathOf(one.areaId).includes(areaId));
    const outage = begun(region, areaId, losses, parts);
    open = [...open.filter((one) => !parts.includes(one)), outage];
    signals.push(isOut(region, outage, nowMs), ...parts.map((part) => isOver(region, part, nowMs, areaId)));
    letters.push({ to: subjectOfArea(areaId), notice: { kind: 'outage', sinceMs: outage.sinceMs } });
  }
  return { state: { losses, open }, signals, letters };
}

/** `parts`: outages within it that it takes the place of. */
function begun(region: Region, areaId: string, losses: readonly Loss[], parts: readonly Outage[]): Outage {
  const under = (id: string, within: string) => region.pathOf(id).includes(within);
  const fresh = losses.filter(([, id]) => under(id, areaId) && !parts.some((part) => under(id, part.areaId)));
  const lost = sum(fresh.map((loss) => loss[4])) + sum(parts.map((part) => part.lost));
  const residents = fresh.map(([, , residentId]) => residentId);
  const homes = [...new Set(residents)].reduce(
    (known, id) => withHome(region, known, id),
    parts.map((part) => part.homes).reduce(affected, nobody),
  );
  const sinceMs = Math.min(...fresh.map(([atMs]) => atMs), ...parts.map((part) => part.sinceMs));
  return { areaId, sinceMs, lost, back: sum(parts.map((part) => part.back)), told: lost, homes };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function forgotten(state: State, residentId: string): State {
  const losses = state.losses.filter((loss) => loss[2] !== residentId);
  const open = state.open.map((one) => ({ ...one, homes: without(one.homes, residentId) }));
  const isSame = losses.length === state.losses.length && open.every(({ homes }, i) => homes === state.open[i]?.homes);
  return isSame ? state : { ...state, losses, open };
}
