import type { Command, Device, DeviceKind } from '../model/device.ts';
import type { Household } from './rule.ts';

/** What the resident can press to answer: the button on the wall before the band, which may lie on the charger. */
const asks: readonly DeviceKind[] = ['callButton', 'wristband'];

/**
 * Asks the resident "are you all right?" on the best device there is to answer with; `ok` in an event is the answer.
 *
 * @param key what is asked about, from facts, so that a replay asks under the same id
 * @param withinS how long the device waits for a press
 * @returns no command when the home has nothing to ask with
 */
export function askIfOk(home: Household, key: string, withinS: number): readonly Command[] {
  const device = deviceToAsk(home);
  return device === undefined ? [] : [askOn(device.id, key, withinS)];
}

/** The same question on a device of which more is known than that it is there. */
export function askOn(deviceId: string, key: string, withinS: number): Command {
  return { id: `confirmOk:${key}`, deviceId, name: 'confirmOk', args: { withinS } };
}

function deviceToAsk(home: Household): Device | undefined {
  const devices = [...home.devices.values()];
  for (const kind of asks) {
    const found = devices.find((device) => device.kind === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}
