import type { Device } from '../../model/device.ts';
import type { Directory } from '../../model/directory.ts';
import type { EntityWrite } from '../contracts.ts';

/** What has to be written when a resident leaves the records for good, in two steps, and how to take back the first. */
export type Departure = {
  /** Their devices belong to nobody, cannot log in, and nobody speaks for them: nothing more is heard of this home. */
  readonly detach: readonly EntityWrite[];
  readonly attachAgain: readonly EntityWrite[];
  /** Zones, policies, silences, families' permissions, and the resident. */
  readonly remove: readonly EntityWrite[];
};

/** Pure. A resident who is not in the directory any more leaves what still names them. */
export function departureOf(directory: Directory, residentId: string): Departure {
  const devices = directory.devicesOf(residentId);
  return {
    detach: devices.map((entity) => ({
      kind: 'devices',
      id: entity.id,
      entity: withoutHome(entity),
      tokenHash: null,
    })),
    attachAgain: devices.map((entity) => ({
      kind: 'devices',
      id: entity.id,
      entity,
      tokenHash: directory.tokenHashes.get(entity.id) ?? null,
    })),
    remove: [...usersWithout(directory, residentId), ...ownThings(directory, residentId)],
  };
}

/** A device ready for the next home: its room and its name in a dialect may name people. */
function withoutHome({ id, kind, model, datum }: Device): Device {
  return { id, kind, ...(model !== undefined && { model }), ...(datum !== undefined && { datum }) };
}

function usersWithout(directory: Directory, residentId: string): EntityWrite[] {
  const those = [...directory.users.values()].filter(({ residentIds }) => residentIds?.includes(residentId));
  return those.map((user) => ({
    kind: 'users',
    id: user.id,
    entity: { ...user, residentIds: (user.residentIds ?? []).filter((id) => id !== residentId) },
  }));
}

function ownThings(directory: Directory, residentId: string): EntityWrite[] {
  const ownZones = directory.zonesOf(residentId).filter((zone) => zone.residentId === residentId);
  const ownDevices = new Set(directory.devicesOf(residentId).map(({ id }) => id));
  const ownSilences = [...directory.silences.values()].filter(
    (one) => one.residentId === residentId || (one.deviceId !== undefined && ownDevices.has(one.deviceId)),
  );
  const ownPolicies = [...directory.policies.values()].filter((policy) => policy.residentId === residentId);
  return [
    ...ownZones.map(({ id }) => ({ kind: 'zones' as const, id, entity: undefined })),
    ...ownPolicies.map(({ id }) => ({ kind: 'policies' as const, id, entity: undefined })),
    ...ownSilences.map(({ id }) => ({ kind: 'silences' as const, id, entity: undefined })),
    { kind: 'residents', id: residentId, entity: undefined },
  ];
}
