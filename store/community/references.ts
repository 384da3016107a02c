import type { EntityKind, EntityOf, Silence } from '../../model/community.ts';
import type { Directory } from '../../model/directory.ts';
import { kindsInOrder } from './entries.ts';

/** That something of a community names something else. */
export type Reference = { readonly path: string; readonly kind: EntityKind; readonly id: string };

const referencesByKind: { readonly [K in EntityKind]: (entity: EntityOf[K]) => Reference[] } = {
  areas: ({ parentId }) => to('parentId', 'areas', parentId),
  residents: ({ areaId }) => to('areaId', 'areas', areaId),
  devices: ({ residentId, hubId }) => [...to('residentId', 'residents', residentId), ...to('hubId', 'devices', hubId)],
  zones: ({ residentId, areaId }) => [...to('residentId', 'residents', residentId), ...to('areaId', 'areas', areaId)],
  users: ({ areaId, residentIds = [] }) => [
    ...to('areaId', 'areas', areaId),
    ...residentIds.flatMap((id, index) => to(`residentIds[${index}]`, 'residents', id)),
  ],
  policies: ({ areaId, residentId, steps }) => [
    ...to('areaId', 'areas', areaId),
    ...to('residentId', 'residents', residentId),
    ...steps.flatMap(({ userIds = [], rosterId }, step) => [
      ...userIds.flatMap((id, index) => to(`steps[${step}].userIds[${index}]`, 'users', id)),
      ...to(`steps[${step}].rosterId`, 'rosters', rosterId),
    ]),
  ],
  silences: ({ areaId, residentId, deviceId }) => [
    ...to('areaId', 'areas', areaId),
    ...to('residentId', 'residents', residentId),
    ...to('deviceId', 'devices', deviceId),
  ],
  rosters: ({ areaId, shifts, rotations, overrides }) => [
    ...to('areaId', 'areas', areaId),
    ...shifts.flatMap(({ userId }, index) => to(`shifts[${index}].userId`, 'users', userId)),
    ...rotations.flatMap(({ userIds }, turn) =>
      userIds.flatMap((id, index) => to(`rotations[${turn}].userIds[${index}]`, 'users', id)),
    ),
    ...overrides.flatMap(({ userId, insteadOf }, index) => [
      ...to(`overrides[${index}].userId`, 'users', userId),
      ...to(`overrides[${index}].insteadOf`, 'users', insteadOf),
    ]),
  ],
};

/** Everything a thing refers to. */
export function referencesOf<K extends EntityKind>(kind: K, entity: EntityOf[K]): Reference[] {
  return referencesByKind[kind](entity);
}

/** Who refers to this thing, as `residents r-1`; silences keep nothing from being removed. */
export function referrersOf(directory: Directory, kind: EntityKind, id: string): string[] {
  return kindsInOrder
    .filter((other) => other !== 'silences')
    .flatMap((other) => {
      const named = (entity: EntityOf[EntityKind]): boolean =>
        // The map of a kind holds entities of that kind.
        referencesOf(other, entity as never).some((reference) => reference.kind === kind && reference.id === id);
      return [...directory[other].values()].filter((entity) => named(entity)).map((entity) => `${other} ${entity.id}`);
    });
}

/** The silences about this thing. */
export function silencesOf(directory: Directory, kind: EntityKind, id: string): Silence[] {
  const names = (silence: Silence): boolean =>
    referencesOf('silences', silence).some((reference) => reference.kind === kind && reference.id === id);
  return [...directory.silences.values()].filter(names);
}

function to(path: string, kind: EntityKind, id: string | undefined): Reference[] {
  return id === undefined ? [] : [{ path, kind, id }];
}
