import type { Reading } from '../model/reading.ts';
import type { Household, Outcome, Rule } from './rule.ts';
import { heardElsewhere, heed } from './silence/elsewhere.ts';
import { heard } from './silence/heard.ts';
import { dueAtMs, type State } from './silence/hearing.ts';
import { inOrder } from './silence/outcomes.ts';
import { lost, silent } from './silence/silent.ts';

/**
 * A device has been silent for longer than it may: P4, or P3 when the life of a resident at high risk hangs on it. From
 * deadlines, never from a lost connection alone. How long is by kind, and by the device's own habits (`usual-gaps.ts`).
 * Behind a hub that is silent nothing is known of its devices, so none of them is told, whoever they belong to; where a
 * whole area is silent the area tells it (`areas/area-outage.ts`). A device never heard from is not installed yet.
 */
export const deviceOffline: Rule<State> = {
  kind: 'deviceOffline',
  initial: {},
  step(home, state, input) {
    return input.kind === 'deadline' ? silent(home, state, input) : spoke(home, state, input.reading);
  },
  heed(home, state, notice) {
    return heed(home, state, notice);
  },
  deadlineAtMs(home, state) {
    let first: number | undefined;
    for (const id in state) {
      const atMs = dueAtMs(home, state, id, state[id]!); // the key is its own
      if (atMs !== undefined && (first === undefined || atMs < first)) first = atMs;
    }
    return first;
  },
};

function spoke(home: Household, state: State, { deviceId, receivedAtMs: atMs, facts }: Reading): Outcome<State> {
  const device = home.devices.get(deviceId);
  if (device === undefined) return { state };
  if (facts.online === false) return lost(home, state, device, atMs);

  // Whoever speaks for a device is there, and first: what its devices missed was not theirs.
  const { hubId } = device;
  const hub = hubId === undefined ? undefined : home.devices.get(hubId);
  const elsewhere = hubId === undefined || hub !== undefined ? undefined : home.hubsElsewhere?.get(hubId);
  if (hub !== undefined)
    return inOrder(
      { state },
      (now) => heard(home, now, hub, atMs),
      (now) => heard(home, now, device, atMs, facts),
    );
  if (elsewhere === undefined) return heard(home, state, device, atMs, facts);
  return inOrder(heardElsewhere(home, state, elsewhere.device, elsewhere.subjectId, atMs), (now) =>
    heard(home, now, device, atMs, facts),
  );
}
