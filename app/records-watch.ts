import type { Broker } from '../broker/contracts.ts';
import type { Device } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import { subjectOf } from '../model/reading.ts';
import type { Zone } from '../model/zone.ts';
import type { Engine } from '../rules/engine.ts';

/** The engine judges homes by the records: tells it whose home changed, before and after. */
export function engineFollows(engine: Engine, directory: Directory): void {
  directory.onChange((change, before) => {
    if (change.kind === 'areas') engine.recordsChanged();
    if (change.kind === 'residents') engine.recordsChanged(change.id);
    if (change.kind === 'zones') zoneChanged(engine, [before as Zone | undefined, change.entity]);
    if (change.kind === 'devices') deviceChanged(engine, [before as Device | undefined, change.entity]);
  });
}

/** A zone of an area is everybody's there. */
function zoneChanged(engine: Engine, zones: readonly (Zone | undefined)[]): void {
  for (const zone of zones) if (zone !== undefined) engine.recordsChanged(zone.residentId);
}

function deviceChanged(engine: Engine, devices: readonly (Device | undefined)[]): void {
  for (const device of devices)
    if (device !== undefined) engine.recordsChanged(subjectOf(device.id, device.residentId));
}

/** Whoever is connected was let in under the old record: changed or gone, they come in again under the new one. */
export function brokerFollows(broker: Broker, directory: Directory): void {
  directory.onChange(({ kind, id }, before) => {
    if (before !== undefined && (kind === 'devices' || kind === 'users')) broker.disconnect(id);
  });
}
