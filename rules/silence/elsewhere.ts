import type { Signal } from '../../model/alert.ts';
import type { Device } from '../../model/device.ts';
import type { Household, Notice, Outcome } from '../rule.ts';
import { excused, heard } from './heard.ts';
import { freshly, isSilent, put, type State } from './hearing.ts';
import { grain, limitsOf } from './limits.ts';
import { isOver } from './telling.ts';

/** A hub of another home spoke for one of ours: that home is told about once in a tenth of the hub's limit. */
export function heardElsewhere(home: Household, state: State, hub: Device, to: string, atMs: number): Outcome<State> {
  const was = state[hub.id];
  if (was !== undefined && !isSilent(was) && atMs - was.heardMs < limitsOf[hub.kind].offlineMs * grain)
    return { state };
  const known = put(home, state, hub.id, { heardMs: atMs, fromMs: atMs });
  const after = was !== undefined && isSilent(was) ? excused(home, known, hub.id, atMs) : known;
  return { state: after, letters: [{ to, notice: { kind: 'heard', deviceId: hub.id, atMs } }] };
}

/** What happened elsewhere: a hub there, an outage of the area. */
export function heed(home: Household, state: State, notice: Notice): Outcome<State> {
  switch (notice.kind) {
    case 'heard': {
      const device = home.devices.get(notice.deviceId);
      return device === undefined ? { state } : heard(home, state, device, notice.atMs);
    }
    case 'hub':
      return { state: hubElsewhere(home, state, notice) };
    case 'outage':
      return folded(home, state, notice.sinceMs);
    case 'outageOver':
      return { state: unfolded(state, notice.atMs) };
  }
}

function hubElsewhere(home: Household, state: State, { hubId, is, atMs }: Notice & { kind: 'hub' }): State {
  if (!home.hubsElsewhere?.has(hubId)) return state;
  const hub = { heardMs: atMs, fromMs: atMs };
  if (is === 'offline') return put(home, state, hubId, { ...hub, toldAtMs: atMs });
  return excused(home, put(home, state, hubId, hub), hubId, atMs);
}

/** What fell silent with the area is the area's to tell; what was told already is taken back. */
function folded(home: Household, state: State, sinceMs: number): Outcome<State> {
  const signals: Signal[] = [];
  let now = state;
  for (const [id, hearing] of Object.entries(state)) {
    const device = home.devices.get(id);
    const { toldAtMs, backAtMs: _backAtMs, ...rest } = hearing;
    const isPart = hearing.notedAtMs !== undefined && hearing.notedAtMs >= sinceMs;
    if (device === undefined || !isPart || hearing.folded) continue;
    now = put(home, now, id, { ...rest, folded: true });
    if (toldAtMs !== undefined)
      signals.push(isOver(home, device, toldAtMs, Math.max(toldAtMs, hearing.notedAtMs ?? 0), 'folded'));
  }
  return { state: now, signals };
}

/** The outage is over: what is still silent gets its full time from here, and is then told by itself. */
function unfolded(state: State, atMs: number): State {
  const waiting = Object.entries(state).filter(([, { folded: isFolded }]) => isFolded);
  if (waiting.length === 0) return state;
  const again = waiting.map(([id, was]) => [id, { ...freshly(was, atMs), heardMs: was.heardMs }]);
  return { ...state, ...Object.fromEntries(again) };
}
