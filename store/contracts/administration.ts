import type { CommunityDocument, EntityKind, EntityOf } from '../../model/community.ts';
import type { Visit } from '../../model/visit.ts';
import type { Counts, ImportPreview } from '../community/counts.ts';
import type { NewVisit, RecordedVisit } from '../community/kept-visits.ts';

/** The fields to change, made from what is stored when the change has its turn. */
export type Change<K extends EntityKind> = (stored: EntityOf[K]) => object;

/** Throws when whoever asks may not (any more): asked when the change has its turn, for others may have been before it. */
export type StillMay = () => void;

/**
 * The use cases that change a community. Each is checked as a whole, stored as a whole, and then true in the directory.
 * All throw AppError: `badRequest` with every problem and its path, `notFound`, `conflict`.
 */
export interface Administration {
  /** The document of `anju import`; idempotent by id, changes nothing when anything is wrong. */
  importDocument(document: unknown): Promise<{ readonly counts: Counts }>;
  /** What an import would do, and everything that would keep it from being done; changes nothing. */
  previewImport(document: unknown): Promise<ImportPreview>;
  /** Everything but secrets, in the form `importDocument` takes. */
  exportDocument(): CommunityDocument;
  /** Puts one thing in place of what has its id; a device may bring its `token`, a user their `password`. */
  put<K extends EntityKind>(kind: K, raw: unknown, stillMay?: StillMay): Promise<EntityOf[K]>;
  /** Changes the named fields; null takes an optional one away. A function makes them from what is stored then. */
  patch<K extends EntityKind>(
    kind: K,
    id: string,
    fields: Change<K> | object,
    stillMay?: StillMay,
  ): Promise<EntityOf[K]>;
  /** `conflict` while others refer to it. */
  remove(kind: EntityKind, id: string, stillMay?: StillMay): Promise<void>;
  /** A new token in place of the old; nobody can read it again. */
  issueDeviceToken(id: string, stillMay?: StillMay): Promise<string>;
  revokeDeviceToken(id: string, stillMay?: StillMay): Promise<void>;
  /** Also ends every session of the user. */
  setPassword(userId: string, password: string): Promise<void>;
  /**
   * Takes a resident's devices away from them; then, when `mayGo` does not throw, the resident and everything that names
   * them. Otherwise the devices are theirs again. Resolves with how many things were written, by kind.
   */
  removeResident(residentId: string, mayGo: () => Promise<void>): Promise<Readonly<Record<string, number>>>;
  /** Records it and what follows from it in one; one that is recorded already is given back as it was. Throws `conflict`. */
  recordVisit(visit: NewVisit, stillMay?: StillMay): Promise<RecordedVisit>;
  /** As if it had never been recorded. */
  takeBackVisit(visit: Visit, stillMay?: StillMay): Promise<void>;
}
