import type { Device } from '../../model/device.ts';
import type { Household, Letter, Note, Outcome } from '../rule.ts';
import type { State } from './hearing.ts';
import { devicesBehind } from './telling.ts';

/** One outcome after the other. */
export function inOrder(first: Outcome<State>, ...steps: ((state: State) => Outcome<State>)[]): Outcome<State> {
  let all = first;
  for (const step of steps) {
    const next = step(all.state);
    const signals = after(all.signals, next.signals);
    const notes = after(all.notes, next.notes);
    const letters = after(all.letters, next.letters);
    all = { state: next.state, ...(signals && { signals }), ...(notes && { notes }), ...(letters && { letters }) };
  }
  return all;
}

function after<T>(one: readonly T[] | undefined, other: readonly T[] | undefined): readonly T[] | undefined {
  return one && other ? [...one, ...other] : (one ?? other);
}

export function note(home: Household, device: Device, is: Note['is'], atMs: number, lostAtMs: number): Note {
  return { kind: 'contact', is, deviceId: device.id, devices: 1 + devicesBehind(home, device.id), atMs, lostAtMs };
}

export function lettersAbout(home: Household, hubId: string, is: 'offline' | 'back', atMs: number): Letter[] {
  const behind = home.behindHubs?.get(hubId)?.keys() ?? [];
  return [...behind].map((to) => ({ to, notice: { kind: 'hub', hubId, is, atMs } }));
}
