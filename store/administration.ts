import { z } from 'zod';
import { CommunityDocument, type EntityKind, type EntityOf } from '../model/community.ts';
import type { Directory } from '../model/directory.ts';
import { AppError, type Problem } from '../model/errors.ts';
import type { Visit } from '../model/visit.ts';
import { checkEntries } from './community/checks.ts';
import { type Counts, countsOf, Effects, type ImportCounts, type ImportPreview } from './community/counts.ts';
import { departureOf } from './community/departure.ts';
import { type Entry, parseDocument, parseEntry } from './community/entries.ts';
import { inTurns } from './community/in-turns.ts';
import {
  afterVisit,
  keepingVisits,
  type NewVisit,
  type RecordedVisit,
  recordedBefore,
  withoutVisit,
  withPlan,
} from './community/kept-visits.ts';
import { referrersOf, silencesOf } from './community/references.ts';
import {
  keepingSecrets,
  keepingUserSecrets,
  userWithoutSecrets,
  withoutSecrets,
} from './community/resident-secrets.ts';
import type { Administration, Change, EntityWrite, RecordStore, StillMay } from './contracts.ts';
import { hashToken, newToken } from './secrets.ts';

export type AdministrationParts = {
  readonly records: RecordStore;
  readonly directory: Directory;
  readonly hashPassword: (password: string) => Promise<string>;
  /** Epoch ms; the machine's when absent. */
  readonly clock?: () => number;
};

const Password = z.object({ password: CommunityDocument.shape.users.unwrap().element.shape.password.unwrap() });
const referrersNamed = 5;

export function createAdministration(parts: AdministrationParts): Administration {
  return new CommunityAdministration(parts);
}

class CommunityAdministration implements Administration {
  readonly #parts: AdministrationParts;
  /** One change at a time: what was checked must still hold when it is written. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: AdministrationParts) {
    this.#parts = parts;
  }

  importDocument(document: unknown): Promise<{ readonly counts: Counts }> {
    return this.#inTurn(async () => {
      const { entries, problems, brokenIds } = await parseDocument(document);
      const found = [...problems, ...(await checkEntries(this.#parts.directory, entries, brokenIds))];
      refuse(found, 'the document was not imported, nothing was changed');
      await this.#store(entries);
      return { counts: countsOf(entries) };
    });
  }

  previewImport(document: unknown): Promise<ImportPreview> {
    return this.#inTurn(async () => {
      const { entries, problems, brokenIds } = await parseDocument(document);
      const found = [...problems, ...(await checkEntries(this.#parts.directory, entries, brokenIds))];
      const effects = new Effects();
      await inTurns(entries, (entry) => effects.add(entry.kind, this.#effectOf(entry)));
      return { counts: effects.counts, problems: found };
    });
  }

  exportDocument(): CommunityDocument {
    const { directory } = this.#parts;
    return {
      areas: sorted(directory.areas),
      residents: sorted(directory.residents).map(withoutSecrets),
      devices: sorted(directory.devices),
      zones: sorted(directory.zones),
      users: sorted(directory.users).map(userWithoutSecrets),
      policies: sorted(directory.policies),
      rosters: sorted(directory.rosters),
      silences: sorted(directory.silences),
    };
  }

  put<K extends EntityKind>(kind: K, raw: unknown, stillMay?: StillMay): Promise<EntityOf[K]> {
    return this.#inTurn(() => this.#put(kind, raw), stillMay);
  }

  patch<K extends EntityKind>(
    kind: K,
    id: string,
    fields: Change<K> | object,
    stillMay?: StillMay,
  ): Promise<EntityOf[K]> {
    return this.#inTurn(() => {
      const stored = this.#stored(kind, id);
      const merged = { ...stored, ...fieldsOf(typeof fields === 'function' ? fields(stored) : fields) };
      refuse(merged.id === id ? [] : [{ path: 'id', reason: 'cannot be changed' }], `${kind} ${id} was not changed`);
      const present = Object.entries(merged).filter(([, value]) => value !== null);
      return this.#put(kind, Object.fromEntries(present));
    }, stillMay);
  }

  remove(kind: EntityKind, id: string, stillMay?: StillMay): Promise<void> {
    return this.#inTurn(async () => {
      this.#stored(kind, id);
      const { directory } = this.#parts;
      const referrers = referrersOf(directory, kind, id);
      if (referrers.length > 0) throw new AppError('conflict', `${kind} ${id} is still named by ${listed(referrers)}`);
      const silences = silencesOf(directory, kind, id); // they go with what they are about
      await this.#write([...silences.map((entity) => removalOf('silences', entity.id)), removalOf(kind, id)]);
    }, stillMay);
  }

  issueDeviceToken(id: string, stillMay?: StillMay): Promise<string> {
    return this.#inTurn(async () => {
      const token = newToken();
      await this.#write([{ kind: 'devices', id, entity: this.#stored('devices', id), tokenHash: hashToken(token) }]);
      return token;
    }, stillMay);
  }

  revokeDeviceToken(id: string, stillMay?: StillMay): Promise<void> {
    return this.#inTurn(
      () => this.#write([{ kind: 'devices', id, entity: this.#stored('devices', id), tokenHash: null }]),
      stillMay,
    );
  }

  setPassword(userId: string, password: string): Promise<void> {
    return this.#inTurn(async () => {
      const entity = this.#stored('users', userId);
      const parsed = Password.safeParse({ password });
      const problems = parsed.error?.issues.map(({ message }) => ({ path: 'password', reason: message }));
      refuse(problems ?? [], 'the password was not changed');
      const passwordHash = await this.#parts.hashPassword(password);
      await this.#write([{ kind: 'users', id: userId, entity, passwordHash }]);
    });
  }

  removeResident(residentId: string, mayGo: () => Promise<void>): Promise<Readonly<Record<string, number>>> {
    return this.#inTurn(async () => {
      const { detach, attachAgain, remove } = departureOf(this.#parts.directory, residentId);
      await this.#write(detach);
      await mayGo().catch(async (refusal: unknown) => {
        await this.#write(attachAgain);
        throw refusal;
      });
      await this.#write(remove);
      const counts: Record<string, number> = {};
      for (const { kind } of [...detach, ...remove]) counts[kind] = (counts[kind] ?? 0) + 1;
      return counts;
    });
  }

  recordVisit(visit: NewVisit, stillMay?: StillMay): Promise<RecordedVisit> {
    return this.#inTurn(async () => {
      const resident = this.#stored('residents', visit.residentId);
      const before = await recordedBefore(this.#parts.records.visits(), visit);
      if (before !== undefined) return { visit: before, isNew: false };
      const recorded = withPlan(visit, resident);
      await this.#write([
        { kind: 'residents', id: resident.id, entity: afterVisit(resident, visit), visit: { put: recorded } },
      ]);
      return { visit: recorded, isNew: true };
    }, stillMay);
  }

  takeBackVisit(visit: Visit, stillMay?: StillMay): Promise<void> {
    return this.#inTurn(async () => {
      const { id, residentId } = visit;
      const resident = this.#stored('residents', residentId);
      const leftMs = await this.#parts.records.visits().lastContactMs(residentId, { without: id });
      const entity = withoutVisit(resident, visit, leftMs);
      await this.#write([{ kind: 'residents', id: residentId, entity, visit: { remove: id } }]);
    }, stillMay);
  }

  async #put<K extends EntityKind>(kind: K, raw: unknown): Promise<EntityOf[K]> {
    const entry = parseEntry(kind, raw, '');
    const problems = Array.isArray(entry) ? entry : await checkEntries(this.#parts.directory, [entry], new Set());
    if (Array.isArray(entry) || problems.length > 0) throw refusal(problems, `${kind} was not changed`);
    await this.#store([entry]);
    return this.#stored(kind, entry.entity.id);
  }

  async #store(entries: readonly Entry[]): Promise<void> {
    const changes: EntityWrite[] = [];
    await inTurns(entries, async (entry) => {
      const change = await this.#changeOf(entry);
      if (change !== undefined) changes.push(change);
    });
    await this.#write(changes);
  }

  /** Undefined when exactly this is stored already: importing the same again tells nobody anything. */
  async #changeOf(entry: Entry): Promise<EntityWrite | undefined> {
    const { kind, secret } = entry;
    const entity = this.#withKept(entry);
    if (secret === undefined && this.#isStored(kind, entity)) return undefined;
    // An entry pairs a kind with its entity; spreading loses that for TypeScript.
    const change = { kind, id: entity.id, entity } as EntityWrite;
    if (secret === undefined) return change;
    return kind === 'devices'
      ? { ...change, tokenHash: hashToken(secret) }
      : { ...change, passwordHash: await this.#parts.hashPassword(secret) };
  }

  #effectOf(entry: Entry): keyof ImportCounts {
    const { kind, secret, entity } = entry;
    if (!this.#parts.directory[kind].has(entity.id)) return 'created';
    const isSame = secret === undefined && this.#isStored(kind, this.#withKept(entry));
    return isSame ? 'unchanged' : 'changed';
  }

  /** What was read without secrets and is written back has them still, and what the service keeps by itself. */
  #withKept({ kind, entity }: Entry): EntityOf[EntityKind] {
    const { directory, clock = Date.now } = this.#parts;
    const { residents, users } = directory;
    if (kind === 'residents') {
      const stored = residents.get(entity.id);
      return keepingVisits(keepingSecrets(entity, stored), stored, clock());
    }
    return kind === 'users' ? keepingUserSecrets(entity, users.get(entity.id)) : entity;
  }

  #isStored(kind: EntityKind, entity: EntityOf[EntityKind]): boolean {
    return JSON.stringify(this.#parts.directory[kind].get(entity.id)) === JSON.stringify(entity);
  }

  async #write(changes: readonly EntityWrite[]): Promise<void> {
    const { records, directory } = this.#parts;
    if (changes.length === 0) return;
    await records.write(changes);
    await inTurns(changes, (change) => applyTo(directory, change));
  }

  #stored<K extends EntityKind>(kind: K, id: string): EntityOf[K] {
    const entity = (this.#parts.directory[kind] as unknown as ReadonlyMap<string, EntityOf[K]>).get(id);
    if (entity === undefined) throw new AppError('notFound', `there is no ${id} among the ${kind}`);
    return entity;
  }

  #inTurn<T>(work: () => Promise<T>, stillMay: StillMay = () => {}): Promise<T> {
    const turn = this.#turn.then(() => {
      stillMay();
      return work();
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function removalOf(kind: EntityKind, id: string): EntityWrite {
  return { kind, id, entity: undefined };
}

/** Secrets first: whoever hears of the change finds the token that belongs to it. */
function applyTo(directory: Directory, change: EntityWrite): void {
  if (change.kind === 'devices') {
    if (change.entity === undefined || change.tokenHash === null) directory.tokenHashes.delete(change.id);
    else if (change.tokenHash !== undefined) directory.tokenHashes.set(change.id, change.tokenHash);
  }
  const { tokenHash: _tokenHash, passwordHash: _passwordHash, visit: _visit, ...plain } = change;
  directory.apply(plain);
}

function refuse(problems: readonly Problem[], what: string): void {
  if (problems.length > 0) throw refusal(problems, what);
}

function refusal(problems: readonly Problem[], what: string): AppError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new AppError('badRequest', `${what}: ${count} found`, problems);
}

function fieldsOf(fields: unknown): Record<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(fields);
  if (!parsed.success) throw refusal([{ path: '', reason: 'expected an object of fields' }], 'nothing was changed');
  return parsed.data;
}

function listed(names: readonly string[]): string {
  const more = names.length - referrersNamed;
  return names.slice(0, referrersNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function sorted<T extends { readonly id: string }>(entities: ReadonlyMap<string, T>): T[] {
  return [...entities.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
