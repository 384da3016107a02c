import type { Alert, AlertType } from '../model/alert.ts';
import type { Device } from '../model/device.ts';
import type { Directory, DirectoryListener } from '../model/directory.ts';
import { subjectOf } from '../model/reading.ts';
import { type Decision, handlingOf, noLongerOffered, noLongerWaiting, revised } from './decision.ts';

/** What is wrong with a device and with nobody: it ends when the device goes. */
const faults: ReadonlySet<string> = new Set<AlertType>(['deviceOffline', 'batteryLow', 'tamper', 'notWorn']);

/** The devices an alert is open for that were moved elsewhere or removed. P1 and P2 are for people to close. */
export function goneDevices({ severity, residentId, handling }: Alert, directory: Directory): readonly string[] {
  if (severity <= 'P2') return [];
  return (handling?.active ?? []).flatMap((condition) => {
    const [type = '', deviceId] = condition.split('@'); // as `conditionOf` in `life-cycle.ts` writes it
    return deviceId !== undefined && faults.has(type) && hasLeft(directory, deviceId, residentId) ? [deviceId] : [];
  });
}

/** Was a device somewhere else, or there at all, before this change of the records? */
export function leftHome(change: Parameters<DirectoryListener>[0], before: Parameters<DirectoryListener>[1]): boolean {
  if (change.kind !== 'devices' || before === undefined) return false;
  return change.entity === undefined || change.entity.residentId !== (before as Device).residentId; // of the same kind
}

function hasLeft(directory: Directory, deviceId: string, subjectId: string): boolean {
  const device = directory.devices.get(deviceId);
  if (device === undefined) return directory.removedDevices.has(deviceId);
  return subjectOf(deviceId, device.residentId) !== subjectId;
}

/** What a device that is not there any more leaves of an alert; with the last one it is over. Undefined when all are there. */
export function withoutGone(alert: Alert, directory: Directory, nowMs: number): Decision | undefined {
  const gone = goneDevices(alert, directory);
  if (gone.length === 0) return undefined;
  const handling = handlingOf(alert);
  const active = handling.active.filter((condition) => !gone.includes(condition.split('@')[1] ?? ''));
  const left = revised(alert, nowMs, { handling: { ...handling, active } });
  const line = { alertId: alert.id, atMs: nowMs, who: 'service' };
  const entries = gone.map((deviceId) => ({ ...line, what: 'deviceGone', detail: { deviceId } }));
  if (active.length > 0) return { alert: left, entries };
  const outcome = 'deviceGone';
  return {
    alert: over(left, outcome, nowMs),
    entries: [...entries, { ...line, what: 'resolve', detail: { outcome } }],
  };
}

function over(alert: Alert, outcome: string, nowMs: number): Alert {
  const { heldOpenUntilMs: _heldOpenUntilMs, ...handling } = noLongerOffered(noLongerWaiting(handlingOf(alert)));
  return { ...alert, state: 'resolved', resolvedAtMs: nowMs, outcome, handling };
}
