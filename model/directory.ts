import type { EntityKind, EntityOf, Policy, Roster, Silence } from './community.ts';
import type { Device } from './device.ts';
import type { Area, Resident, User } from './people.ts';
import type { Zone } from './zone.ts';

export type EntityChange = {
  [K in EntityKind]:
    | { readonly kind: K; readonly id: string; readonly entity: EntityOf[K] }
    | { readonly kind: K; readonly id: string; readonly entity: undefined };
}[EntityKind];

type Entity = EntityOf[EntityKind];

/** `before`: what stood there until now, of the same kind. */
export type DirectoryListener = (change: EntityChange, before: Entity | undefined) => void;

/**
 * The community in memory: who lives where with which devices and zones. A message must be judged without asking a
 * database, so the records are loaded once and every later change is applied here after it is stored.
 */
export class Directory {
  readonly areas = new Map<string, Area>();
  readonly residents = new Map<string, Resident>();
  readonly devices = new Map<string, Device>();
  readonly zones = new Map<string, Zone>();
  readonly users = new Map<string, User>();
  readonly policies = new Map<string, Policy>();
  readonly rosters = new Map<string, Roster>();
  readonly silences = new Map<string, Silence>();
  /** SHA-256 of the token of a device, base64url. A token has 128 bits or more, so a fast hash is safe. */
  readonly tokenHashes = new Map<string, string>();
  /** Devices taken out of the records while they are in memory; one that is only missing may be a damaged row. */
  readonly removedDevices = new Set<string>();

  readonly #devicesByResident = new Map<string, Set<string>>();
  readonly #devicesByHub = new Map<string, Set<string>>();
  readonly #zonesByOwner = new Map<string, Set<string>>();
  readonly #policiesByOwner = new Map<string, Set<string>>();
  readonly #listeners = new Set<DirectoryListener>();

  /** Puts or removes one thing (entity undefined) and tells whoever derives from it. */
  apply(change: EntityChange): void {
    this.#unlink(change);
    // One change names one kind, so table and entity agree; the type system cannot follow that through a lookup.
    const table = this[change.kind] as Map<string, Entity>;
    const before = table.get(change.id);
    if (change.entity === undefined) table.delete(change.id);
    else table.set(change.id, change.entity);
    this.#link(change);
    if (change.kind === 'devices') this.#noteRemoved(change.id, before !== undefined && change.entity === undefined);
    for (const listener of this.#listeners) listener(change, before);
  }

  onChange(listener: DirectoryListener): void {
    this.#listeners.add(listener);
  }

  devicesOf(residentId: string): Device[] {
    return this.#found(this.#devicesByResident.get(residentId), this.devices);
  }

  /** The devices a hub or phone speaks for. */
  childrenOf(hubId: string): Device[] {
    return this.#found(this.#devicesByHub.get(hubId), this.devices);
  }

  /** The zones of a resident and of every area above. */
  zonesOf(residentId: string): Zone[] {
    const resident = this.residents.get(residentId);
    const owners = [residentId, ...(resident ? this.areaPath(resident.areaId).map((id) => `area:${id}`) : [])];
    return owners.flatMap((owner) => this.#found(this.#zonesByOwner.get(owner), this.zones));
  }

  /** The policies of one owner, in order of id: of a resident, of an area, or (neither) those for everybody. */
  policiesOf(owner: Pick<Policy, 'residentId' | 'areaId'>): Policy[] {
    const ids = this.#policiesByOwner.get(ownerOfPolicy(owner));
    return ids === undefined ? [] : this.#found(ids, this.policies).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Area ids from the root down to `areaId`; empty when unknown. */
  areaPath(areaId: string): string[] {
    const path: string[] = [];
    // A ring of parents is refused at the door; the bound keeps a damaged record from hanging the service.
    for (let area = this.areas.get(areaId); area && path.length < 16; area = this.#parent(area)) path.unshift(area.id);
    return path;
  }

  #parent(area: Area): Area | undefined {
    return area.parentId === undefined ? undefined : this.areas.get(area.parentId);
  }

  #found<T>(ids: Set<string> | undefined, table: Map<string, T>): T[] {
    const found: T[] = [];
    for (const id of ids ?? []) {
      const entity = table.get(id);
      if (entity !== undefined) found.push(entity);
    }
    return found;
  }

  #noteRemoved(deviceId: string, isRemoved: boolean): void {
    if (isRemoved) this.removedDevices.add(deviceId);
    else this.removedDevices.delete(deviceId);
  }

  #unlink({ kind, id }: EntityChange): void {
    const device = kind === 'devices' ? this.devices.get(id) : undefined;
    if (device?.residentId) this.#devicesByResident.get(device.residentId)?.delete(id);
    if (device?.hubId) this.#devicesByHub.get(device.hubId)?.delete(id);
    const zone = kind === 'zones' ? this.zones.get(id) : undefined;
    if (zone) this.#zonesByOwner.get(ownerOf(zone))?.delete(id);
    const policy = kind === 'policies' ? this.policies.get(id) : undefined;
    if (policy) this.#policiesByOwner.get(ownerOfPolicy(policy))?.delete(id);
  }

  #link({ kind, id, entity }: EntityChange): void {
    if (entity === undefined) return;
    if (kind === 'devices') {
      if (entity.residentId) member(this.#devicesByResident, entity.residentId).add(id);
      if (entity.hubId) member(this.#devicesByHub, entity.hubId).add(id);
    }
    if (kind === 'zones') member(this.#zonesByOwner, ownerOf(entity)).add(id);
    if (kind === 'policies') member(this.#policiesByOwner, ownerOfPolicy(entity)).add(id);
  }
}

function ownerOf(zone: Zone): string {
  return zone.residentId ?? `area:${zone.areaId}`;
}

function ownerOfPolicy({ residentId, areaId }: Pick<Policy, 'residentId' | 'areaId'>): string {
  if (residentId !== undefined) return residentId;
  return areaId === undefined ? '' : `area:${areaId}`;
}

function member(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set);
  return set;
}
