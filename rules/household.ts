import { toWgs84 } from '../model/datum.ts';
import type { Device } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import { subjectOf } from '../model/reading.ts';
import type { Zone } from '../model/zone.ts';
import { HomeZones } from './home-zones.ts';
import type { Household, HubElsewhere } from './rule.ts';
import { type PreparedZone, prepareZone } from './zones.ts';

/**
 * What the rules know of one home: the resident's devices, and the zones of the resident and of every area above.
 * A subject `~{deviceId}` is a device that belongs to nobody: it has no resident, no home and no zones.
 *
 * @param timeZone IANA name of the community's time zone
 */
export function buildHousehold(directory: Directory, subjectId: string, timeZone: string): Household {
  const resident = directory.residents.get(subjectId);
  const devices = devicesOf(directory, subjectId);
  return {
    subjectId,
    resident,
    devices: new Map(devices.map((device) => [device.id, device])),
    zones: resident ? zonesOf(directory, subjectId, timeZone) : HomeZones.none,
    home: resident && toWgs84(resident.home, resident.home.datum),
    timeZone,
    ...(resident?.awayUntil !== undefined && { awayUntilMs: Date.parse(resident.awayUntil) }),
    ...acrossHomes(directory, subjectId, devices),
  };
}

function zonesOf(directory: Directory, subjectId: string, timeZone: string): HomeZones {
  const zones = directory.zonesOf(subjectId);
  return zones.length === 0 ? HomeZones.none : new HomeZones(zones.map((zone) => prepared(zone, timeZone)));
}

/** A hub may stand in one flat and carry devices of the next; of one that belongs to nobody every device is elsewhere. */
function acrossHomes(
  directory: Directory,
  subjectId: string,
  devices: readonly Device[],
): Pick<Household, 'hubsElsewhere' | 'behindHubs'> {
  const hubsElsewhere = new Map<string, HubElsewhere>();
  const behindHubs = new Map<string, ReadonlyMap<string, number>>();
  for (const device of devices) {
    const hub = device.hubId === undefined ? undefined : directory.devices.get(device.hubId);
    const hubSubjectId = hub && subjectOf(hub.id, hub.residentId);
    if (hub && hubSubjectId !== undefined && hubSubjectId !== subjectId)
      hubsElsewhere.set(hub.id, { device: hub, subjectId: hubSubjectId });
    const behind = countedElsewhere(directory.childrenOf(device.id), subjectId);
    if (behind.size > 0) behindHubs.set(device.id, behind);
  }
  return { ...(hubsElsewhere.size > 0 && { hubsElsewhere }), ...(behindHubs.size > 0 && { behindHubs }) };
}

function countedElsewhere(children: readonly Device[], subjectId: string): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { id, residentId } of children) {
    const owner = subjectOf(id, residentId);
    if (owner !== subjectId) counted.set(owner, (counted.get(owner) ?? 0) + 1);
  }
  return counted;
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
