import { toWgs84 } from '../model/datum.ts';
import type { Device } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import type { Zone } from '../model/zone.ts';
import type { Household } from './rule.ts';
import { type PreparedZone, prepareZone } from './zones.ts';

/**
 * What the rules know of one home: the resident's devices, and the zones of the resident and of every area above.
 * A subject `~{deviceId}` is a device that belongs to nobody: it has no resident, no home and no zones.
 *
 * @param timeZone IANA name of the community's time zone
 */
export function buildHousehold(directory: Directory, subjectId: string, timeZone: string): Household {
  const resident = directory.residents.get(subjectId);
  return {
    subjectId,
    resident,
    devices: new Map(devicesOf(directory, subjectId).map((device) => [device.id, device])),
    zones: resident ? directory.zonesOf(subjectId).map((zone) => prepared(zone, timeZone)) : [],
    home: resident && toWgs84(resident.home, resident.home.datum),
    timeZone,
  };
}

function devicesOf(directory: Directory, subjectId: string): readonly Device[] {
  if (!subjectId.startsWith('~')) return directory.devicesOf(subjectId);
  const device = directory.devices.get(subjectId.slice(1));
  return device ? [device] : [];
}

/** An area's zone belongs to thousands of homes and is prepared once. A changed zone is another object. */
const preparedZones = new Map<string, WeakMap<Zone, PreparedZone>>();

function prepared(zone: Zone, timeZone: string): PreparedZone {
  const inTimeZone = preparedZones.get(timeZone) ?? new WeakMap<Zone, PreparedZone>();
  preparedZones.set(timeZone, inTimeZone);
  const known = inTimeZone.get(zone);
  if (known !== undefined) return known;
  const fresh = prepareZone(zone, timeZone);
  inTimeZone.set(zone, fresh);
  return fresh;
}
