import type { EntityKind, EntityOf } from '../../model/community.ts';
import type { Directory } from '../../model/directory.ts';
import type { Problem } from '../../model/errors.ts';
import { checkPlace, checkShape } from '../../model/zone-check.ts';
import { type Entry, joined, keyOf } from './entries.ts';
import { inTurns } from './in-turns.ts';
import { referencesOf } from './references.ts';

/** `Directory.areaPath` goes no deeper. */
const maxAreaDepth = 16;
/** Of one resident or one area. */
const maxZonesOfOne = 100;

/** The community as it would be with these entries in it. */
class Prospect {
  readonly #directory: Directory;
  readonly #incoming = new Map<string, Entry>();
  readonly #brokenIds: ReadonlySet<string>;
  /** Who has a user name, a dialect's address at a hub: ids, each in order of appearance. */
  readonly #holders = new Map<string, string[]>();

  constructor(directory: Directory, brokenIds: ReadonlySet<string>) {
    this.#directory = directory;
    this.#brokenIds = brokenIds;
  }

  async takeIn(entries: readonly Entry[]): Promise<void> {
    const kinds = new Set<EntityKind>();
    await inTurns(entries, (entry) => {
      kinds.add(entry.kind);
      this.#incoming.set(keyOf(entry.kind, entry.entity.id), entry);
    });
    // Only what these entries could collide with is gone through: a change of one name must not cost a city.
    for (const kind of ['users', 'devices', 'zones'] as const) {
      const stored: Iterable<EntityOf[EntityKind]> = kinds.has(kind) ? this.#directory[kind].values() : [];
      await inTurns(stored, (entity) => this.#hold(kind, entity));
    }
    await inTurns(this.#incoming.values(), ({ kind, entity }) => this.#hold(kind, entity, true));
  }

  has(kind: EntityKind, id: string): boolean {
    const key = keyOf(kind, id);
    return this.#incoming.has(key) || this.#brokenIds.has(key) || this.#directory[kind].has(id);
  }

  parentOf(areaId: string): string | undefined {
    const incoming = this.#incoming.get(keyOf('areas', areaId));
    return incoming?.kind === 'areas' ? incoming.entity.parentId : this.#directory.areas.get(areaId)?.parentId;
  }

  /** How many there are, these entries included. */
  countOf(what: string): number {
    return this.#holders.get(what)?.length ?? 0;
  }

  /** Somebody else who has the same. */
  otherHolder(what: string, id: string): string | undefined {
    return this.#holders.get(what)?.find((holder) => holder !== id);
  }

  #hold(kind: EntityKind, entity: EntityOf[EntityKind], incoming = false): void {
    if (!incoming && this.#incoming.has(keyOf(kind, entity.id))) return;
    const what = heldBy(kind, entity);
    if (what === undefined) return;
    const holders = this.#holders.get(what);
    if (holders === undefined) this.#holders.set(what, [entity.id]);
    else holders.push(entity.id);
  }
}

/** What it has that is counted or that nobody else may have. */
function heldBy(kind: EntityKind, entity: EntityOf[EntityKind]): string | undefined {
  if (kind === 'users') return nameHeld(entity as EntityOf['users']); // the kind says what it is
  return kind === 'zones' ? ownerHeld(entity as EntityOf['zones']) : addressHeld(entity);
}

function ownerHeld({ residentId, areaId }: EntityOf['zones']): string {
  return residentId === undefined ? `zones of area ${areaId}` : `zones of resident ${residentId}`;
}

function nameHeld({ username }: EntityOf['users']): string {
  return `username ${username}`;
}

function addressHeld(entity: EntityOf[EntityKind]): string | undefined {
  if (!('kind' in entity) || !('address' in entity) || entity.address === undefined) return undefined;
  return `address ${entity.hubId ?? entity.id} ${entity.codec ?? 'native'} ${entity.address.trim()}`; // as it is looked up
}

type Check<K extends EntityKind> = (entity: EntityOf[K], prospect: Prospect) => Problem[];

const checks: { readonly [K in EntityKind]: Check<K> } = {
  areas: (area, prospect) => checkAncestors(area, prospect),
  residents: ({ home, contacts }) => [...checkPlace(home, 'home'), ...checkContacts(contacts)],
  devices: checkDevice,
  zones: checkZone,
  users: checkUser,
  policies: () => [],
  rosters: () => [],
  silences: () => [],
};

/** Everything that is wrong with these entries together and with what is stored already. */
export async function checkEntries(
  directory: Directory,
  entries: readonly Entry[],
  brokenIds: ReadonlySet<string>,
): Promise<Problem[]> {
  const prospect = new Prospect(directory, brokenIds);
  await prospect.takeIn(entries);
  const problems = await repeatedIds(entries);
  await inTurns(entries, (entry) => {
    for (const { path, reason } of checkEntry(entry, prospect)) {
      problems.push({ path: joined(entry.path, path), reason });
    }
  });
  return problems;
}

function checkEntry({ kind, entity }: Entry, prospect: Prospect): Problem[] {
  // An entry pairs a kind with its entity; TypeScript cannot follow that through the tables.
  const unknown = referencesOf(kind, entity as never)
    .filter((reference) => !prospect.has(reference.kind, reference.id))
    .map((reference) => ({
      path: reference.path,
      reason: `names "${reference.id}", which is not among the ${reference.kind}`,
    }));
  return [...unknown, ...(checks[kind] as Check<EntityKind>)(entity, prospect)];
}

async function repeatedIds(entries: readonly Entry[]): Promise<Problem[]> {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  await inTurns(entries, ({ kind, path, entity }) => {
    const before = first.get(keyOf(kind, entity.id));
    if (before === undefined) first.set(keyOf(kind, entity.id), path);
    else problems.push({ path: joined(path, 'id'), reason: `"${entity.id}" is the id of ${before} too` });
  });
  return problems;
}

function checkAncestors(area: EntityOf['areas'], prospect: Prospect): Problem[] {
  const chain = [area.id];
  for (let id = area.parentId; id !== undefined; id = prospect.parentOf(id)) {
    chain.push(id);
    if (id === area.id) return [{ path: 'parentId', reason: `makes a ring: ${chain.join(' in ')}` }];
    if (chain.length > maxAreaDepth) {
      return [{ path: 'parentId', reason: `is more than ${maxAreaDepth} levels deep, or below a ring` }];
    }
  }
  return [];
}

function checkContacts(contacts: EntityOf['residents']['contacts']): Problem[] {
  const ids = contacts.map(({ id }) => id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [{ path: `contacts[${index}].id`, reason: `"${id}" is the id of another contact too` }],
  );
}

function checkDevice(device: EntityOf['devices'], prospect: Prospect): Problem[] {
  const problems: Problem[] = [];
  if (device.hubId === device.id) problems.push({ path: 'hubId', reason: 'is the device itself' });
  const held = addressHeld(device);
  const other = held === undefined ? undefined : prospect.otherHolder(held, device.id);
  if (other !== undefined) {
    problems.push({
      path: 'address',
      reason: `is the address of device "${other}" at the same hub: messages could be of either`,
    });
  }
  return problems;
}

/** Every position is held against every zone, so a bound on zones is a bound on what one message costs. */
function checkZone(zone: EntityOf['zones'], prospect: Prospect): Problem[] {
  const problems = checkShape(zone.shape).map(({ path, reason }) => ({ path: joined('shape', path), reason }));
  const owner = zone.residentId === undefined ? 'areaId' : 'residentId';
  if (prospect.countOf(ownerHeld(zone)) > maxZonesOfOne) {
    problems.push({ path: owner, reason: `has more than ${maxZonesOfOne} zones with this one` });
  }
  return problems;
}

function checkUser(user: EntityOf['users'], prospect: Prospect): Problem[] {
  const problems: Problem[] = [];
  const other = prospect.otherHolder(nameHeld(user), user.id);
  if (other !== undefined)
    problems.push({ path: 'username', reason: `"${user.username}" is taken by user "${other}"` });
  const scoped = ['operator', 'responder', 'viewer'].includes(user.role);
  if (scoped && user.areaId === undefined) {
    problems.push({ path: 'areaId', reason: `is missing: the role ${user.role} is for an area and all below` });
  }
  if (user.role === 'family' && (user.residentIds ?? []).length === 0) {
    problems.push({ path: 'residentIds', reason: 'is missing: the role family is for named residents' });
  }
  return problems;
}
