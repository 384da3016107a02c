import type { z } from 'zod';
import { CommunityDocument, type EntityKind, type EntityOf } from '../../model/community.ts';
import type { Problem } from '../../model/errors.ts';
import { inTurns } from './in-turns.ts';

/** One thing of a community as it came in, checked by itself; its secret is kept apart so that it is never stored in it. */
export type Entry = {
  [K in EntityKind]: {
    readonly kind: K;
    /** Where it stands in what was sent, e.g. `residents[3]`; empty for a thing sent alone. */
    readonly path: string;
    readonly entity: EntityOf[K];
    /** A device's token, a user's password. */
    readonly secret?: string;
  };
}[EntityKind];

/** In this order everything a thing refers to is there before it. */
export const kindsInOrder = [
  'areas',
  'residents',
  'devices',
  'zones',
  'users',
  'rosters',
  'policies',
  'silences',
] as const;

export type ParsedDocument = {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  /** Ids of things that are in the document but wrong, so that whoever refers to them is not blamed too. */
  readonly brokenIds: ReadonlySet<string>;
};

/** The things of a document, and everything that is wrong with its form. */
export async function parseDocument(document: unknown): Promise<ParsedDocument> {
  const lists = listsOf(document);
  const problems = [...problemsOfFrame(document)];
  const entries: Entry[] = [];
  const brokenIds = new Set<string>();
  for (const kind of kindsInOrder) {
    await inTurns(lists[kind], (raw, index) => {
      const parsed = parseEntry(kind, raw, `${kind}[${index}]`);
      if (Array.isArray(parsed)) {
        problems.push(...parsed);
        brokenIds.add(keyOf(kind, idOf(raw)));
      } else entries.push(parsed);
    });
  }
  return { entries, problems, brokenIds };
}

/** One thing, or what is wrong with its form. */
export function parseEntry(kind: EntityKind, raw: unknown, path: string): Entry | Problem[] {
  const parsed = schemaOf(kind).safeParse(raw);
  if (!parsed.success) return problemsOfIssues(parsed.error.issues, path);
  const { token, password, ...entity } = parsed.data;
  const secret = kind === 'devices' ? token : password;
  // The schema belongs to the kind; TypeScript cannot follow that through the table.
  return { kind, path, entity, ...(secret !== undefined && { secret }) } as Entry;
}

export function keyOf(kind: EntityKind, id: string): string {
  return `${kind}/${id}`;
}

/** `residents[3]` and `home.lat` make `residents[3].home.lat`. */
export function joined(path: string, rest: string): string {
  if (path === '' || rest === '') return path + rest;
  return rest.startsWith('[') ? path + rest : `${path}.${rest}`;
}

type Secretive = { readonly token?: string; readonly password?: string };

function schemaOf(kind: EntityKind): z.ZodType<Secretive & Record<string, unknown>> {
  // Each kind has other fields; all that counts here is that two of them are secrets.
  return CommunityDocument.shape[kind].unwrap().element as unknown as z.ZodType<Secretive & Record<string, unknown>>;
}

/** What is wrong with the document around the things: not an object, a list that is none, a name we do not know. */
function problemsOfFrame(document: unknown): Problem[] {
  const frame = isRecord(document)
    ? Object.fromEntries(Object.entries(document).map(([name, list]) => [name, Array.isArray(list) ? [] : list]))
    : document;
  const parsed = CommunityDocument.safeParse(frame);
  return parsed.success ? [] : problemsOfIssues(parsed.error.issues, '');
}

function listsOf(document: unknown): Record<EntityKind, readonly unknown[]> {
  const list = (kind: EntityKind): readonly unknown[] => {
    const found = isRecord(document) && Object.hasOwn(document, kind) ? document[kind] : [];
    return Array.isArray(found) ? found : [];
  };
  const lists = kindsInOrder.map((kind) => [kind, list(kind)] as const);
  return Object.fromEntries(lists) as Record<EntityKind, readonly unknown[]>;
}

function problemsOfIssues(issues: readonly z.core.$ZodIssue[], path: string): Problem[] {
  return issues.map((issue) => ({ path: joined(path, inWords(issue.path)), reason: issue.message }));
}

function inWords(path: readonly PropertyKey[]): string {
  return path.reduce<string>((words, part) => joined(words, typeof part === 'number' ? `[${part}]` : String(part)), '');
}

function idOf(raw: unknown): string {
  return isRecord(raw) ? String(raw.id) : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
