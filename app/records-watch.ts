import type { Broker } from '../broker/contracts.ts';
import type { Device } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import { subjectOf } from '../model/reading.ts';
import type { Zone } from '../model/zone.ts';
import type { Watch } from '../rules/watch.ts';

type Follower = Pick<Watch, 'recordsChanged'>;

/** The engine judges homes by the records: tells it whose home changed, before and after. */
export function engineFollows(engine: Follower, directory: Directory): void {
  directory.onChange((change, before) => {
    if (change.kind === 'areas') engine.recordsChanged();
    if (change.kind === 'residents') engine.recordsChanged(change.id);
    if (change.kind === 'zones') zoneChanged(engine, [before as Zone | undefined, change.entity]);
    if (change.kind === 'devices') deviceChanged(engine, directory, [before as Device | undefined, change.entity]);
  });
}

/** A zone of an area is everybody's there. */
function zoneChanged(engine: Follower, zones: readonly (Zone | undefined)[]): void {
  for (const zone of zones) if (zone !== undefined) engine.recordsChanged(zone.residentId);
}

/** It is its owner's, and known in the homes of its hub and of the devices it carries. */
function deviceChanged(engine: Follower, directory: Directory, devices: readonly (Device | undefined)[]): void {
  for (const device of devices) {
    if (device === undefined) continue;
    const hub = device.hubId === undefined ? undefined : directory.devices.get(device.hubId);
    for (const one of [device, ...(hub ? [hub] : []), ...directory.childrenOf(device.id)])
      engine.recordsChanged(subjectOf(one.id, one.residentId));
  }
}

/** Whoever is connected was let in under the old record: changed or gone, they come in again under the new one. */
export function brokerFollows(broker: Broker, directory: Directory): void {
  directory.onChange(({ kind, id }, before) => {
    if (before !== undefined && (kind === 'devices' || kind === 'users')) broker.disconnect(id);
  });
}
