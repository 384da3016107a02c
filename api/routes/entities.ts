import { z } from 'zod';
import type { EntityKind, EntityOf } from '../../model/community.ts';
import type { Directory } from '../../model/directory.ts';
import { AppError } from '../../model/errors.ts';
import type { User } from '../../model/people.ts';
import { mayUseArea } from '../../model/scope.ts';
import { type Context, type Http, userOf } from '../access.ts';
import { type EntityRules, entityRules } from '../entities.ts';
import { Search } from '../search.ts';
import { pageOf } from '../views.ts';

const IdParams = z.object({ id: z.string() });
const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  /** The id after which to go on. */
  cursor: z.string().max(64).optional(),
  resident: z.string().max(64).optional(),
  /** Only those with these ids, joined by commas. */
  ids: z.string().min(1).max(8_000).optional(),
  /** Part of a name, pinyin or its initials, digits of a contact's telephone number, part of an id. */
  q: z.string().trim().min(1).max(100).optional(),
});
type ListQuery = z.infer<typeof ListQuery>;

/** Areas, residents, devices, zones, users, rosters, policies and silences: the same five routes for each. */
export function entitiesRoutes(http: Http, context: Context): void {
  routesOf(http, context, entityRules.areas);
  routesOf(http, context, entityRules.residents);
  routesOf(http, context, entityRules.devices);
  routesOf(http, context, entityRules.zones);
  routesOf(http, context, entityRules.users);
  routesOf(http, context, entityRules.rosters);
  routesOf(http, context, entityRules.policies);
  routesOf(http, context, entityRules.silences);
}

function routesOf<K extends EntityKind>(http: Http, context: Context, rules: EntityRules<K>): void {
  readingRoutes(http, context, rules);
  writingRoutes(http, context, rules);
}

function readingRoutes<K extends EntityKind>(http: Http, { parts }: Context, rules: EntityRules<K>): void {
  const tags = [rules.kind];
  const search = new Search<EntityOf[K]>(rules.searchable);
  http.get(`/${rules.kind}`, {
    // A screen finds the area it shows.
    config: { access: rules.readers, ...(rules.kind === 'areas' && { displays: true as const }) },
    schema: {
      tags,
      summary: `The ${rules.kind} of the scope`,
      querystring: ListQuery,
      response: { 200: pageOf(rules.response) },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { q } = request.query;
      const everything = tableOf(parts.directory, rules.kind).values();
      const isFound = q === undefined ? undefined : await search.for(q, everything);
      const found = pageIn(parts.directory, rules, user, { ...request.query, isFound });
      const total = user.role === 'viewer' ? { total: numberIn(parts.directory, rules.kind, user) } : {};
      return { items: found.items.map((entity) => rules.view(entity, user)), nextCursor: found.nextCursor, ...total };
    },
  });
  http.get(`/${rules.kind}/:id`, {
    config: { access: rules.readers },
    schema: { tags, summary: `One of the ${rules.kind}`, params: IdParams, response: { 200: rules.response } },
    handler: async (request) => {
      const user = userOf(request);
      return rules.view(visible(parts.directory, rules, user, request.params.id), user);
    },
  });
}

function writingRoutes<K extends EntityKind>(http: Http, context: Context, rules: EntityRules<K>): void {
  putRoute(http, context, rules);
  patchRoute(http, context, rules);
  removeRoute(http, context, rules);
}

/** Adds or replaces; adds only where the caller says so, for two people may think of the same id. */
function putRoute<K extends EntityKind>(http: Http, context: Context, rules: EntityRules<K>): void {
  const { kind } = rules;
  const { directory, administration } = context.parts;
  http.post(`/${kind}`, {
    config: { access: rules.writers },
    schema: {
      tags: [kind],
      summary: `Adds one to the ${kind}, or replaces it (200)`,
      description: 'With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409).',
      body: rules.body,
      response: { 200: writtenBy(rules), 201: writtenBy(rules) },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const sent = request.body as EntityOf[K]; // proved by `rules.body`, which makes one
      const entity = (rules.signed?.(sent, user) ?? sent) as EntityOf[K] & Fields;
      const before = tableOf(directory, kind).get(entity.id);
      const isToBeNew = request.headers['if-none-match'] === '*';
      const may = () => {
        if (isToBeNew && tableOf(directory, kind).has(entity.id)) throw taken(kind, entity.id);
        requireMayPut(directory, rules, user, entity);
      };
      may();
      await administration.put(kind, entity, may);
      await audit(context, user, 'put', `${kind}/${entity.id}`);
      return reply.code(before === undefined ? 201 : 200).send(written(context, rules, user, entity.id));
    },
  });
}

function patchRoute<K extends EntityKind>(http: Http, context: Context, rules: EntityRules<K>): void {
  const { kind } = rules;
  const { directory, administration } = context.parts;
  http.patch(`/${kind}/:id`, {
    config: { access: rules.writers },
    schema: {
      tags: [kind],
      summary: `Changes fields of one of the ${kind}; null removes`,
      params: IdParams,
      body: rules.partial,
      response: { 200: writtenBy(rules) },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = request.params;
      const sent = request.body as Fields; // proved by `rules.partial`, an object
      const change = rules.signed === undefined ? sent : { ...sent, by: user.id };
      const may = () => requireMayPatch(directory, rules, user, id, change);
      may();
      await administration.patch(kind, id, change, may);
      await audit(context, user, 'patch', `${kind}/${id}`);
      return written(context, rules, user, id);
    },
  });
}

function writtenBy<K extends EntityKind>({ response, afterwards }: EntityRules<K>): z.ZodType {
  return afterwards?.response ?? response;
}

/** As it is now, with what whoever wrote it should know. */
function written<K extends EntityKind>({ parts }: Context, rules: EntityRules<K>, user: User, id: string): object {
  const entity = visible(parts.directory, rules, user, id);
  const view = rules.view(entity, user);
  return rules.afterwards === undefined ? view : { ...view, ...rules.afterwards.of(entity, parts) };
}

function removeRoute<K extends EntityKind>(http: Http, context: Context, rules: EntityRules<K>): void {
  const { kind } = rules;
  const { directory, administration } = context.parts;
  http.delete(`/${kind}/:id`, {
    config: { access: rules.writers },
    schema: { tags: [kind], summary: `Removes one of the ${kind}`, params: IdParams, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id } = request.params;
      const may = () => requireScope(directory, rules, user, visible(directory, rules, user, id));
      may();
      if (kind === 'users' && id === user.id) throw new AppError('conflict', 'Nobody can remove themselves.');
      await administration.remove(kind, id, may);
      await audit(context, user, 'remove', `${kind}/${id}`);
      return reply.code(204).send(null);
    },
  });
}

async function audit({ parts }: Context, user: User, what: string, about: string): Promise<void> {
  await parts.records.audit([{ atMs: parts.clock(), who: user.id, what, about }]);
}

type Fields = Readonly<Record<string, unknown>>;

/** The directory has a table under the name of each kind. */
function tableOf<K extends EntityKind>(directory: Directory, kind: K): ReadonlyMap<string, EntityOf[K]> {
  return directory[kind] as ReadonlyMap<string, unknown> as ReadonlyMap<string, EntityOf[K]>;
}

/** What the caller may see under this id. Not there and not theirs look the same. */
function visible<K extends EntityKind>(
  directory: Directory,
  rules: EntityRules<K>,
  user: User,
  id: string,
): EntityOf[K] {
  const entity = tableOf(directory, rules.kind).get(id);
  if (entity !== undefined && rules.maySee(directory, user, entity)) return entity;
  throw new AppError('notFound', `There is no ${id} among the ${rules.kind} you look after.`);
}

function requireScope<K extends EntityKind>(
  directory: Directory,
  rules: EntityRules<K>,
  user: User,
  entity: EntityOf[K],
): void {
  if (rules.mayWrite(directory, user, entity)) return;
  throw new AppError('notFound', 'It would belong to an area, resident or hub that is not among those you look after.');
}

/** A thing of others is not replaced, and nothing is put where the caller does not look. */
function requireMayPut<K extends EntityKind>(
  directory: Directory,
  rules: EntityRules<K>,
  user: User,
  entity: EntityOf[K],
): void {
  const before = tableOf(directory, rules.kind).get(entity.id);
  if (before !== undefined && !rules.maySee(directory, user, before)) throw taken(rules.kind, entity.id);
  if (before !== undefined) requireScope(directory, rules, user, before);
  requireScope(directory, rules, user, entity);
}

/** Theirs before and theirs after. */
function requireMayPatch<K extends EntityKind>(
  directory: Directory,
  rules: EntityRules<K>,
  user: User,
  id: string,
  change: Fields,
): void {
  const before = visible(directory, rules, user, id);
  requireSameId(id, change);
  requireScope(directory, rules, user, before);
  requireScope(directory, rules, user, merged(before, change));
}

function requireSameId(id: string, change: Fields): void {
  if (change.id === undefined || change.id === id) return;
  throw new AppError('badRequest', 'An id never changes.', [{ path: 'body.id', reason: `must be ${id} or left out` }]);
}

function taken(kind: EntityKind, id: string): AppError {
  return new AppError('conflict', `The id ${id} is taken among the ${kind}.`, [
    { path: 'body.id', reason: 'is taken' },
  ]);
}

/** The thing as it would be: `null` takes a field away. Proved by the administration before it is stored. */
function merged<T extends object>(before: T, change: Fields): T {
  const all = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
  return Object.fromEntries(all) as T;
}

/** The next page in order of id. Keeps only a page in hand, so that a hundred thousand devices are not sorted for twenty. */
function pageIn<K extends EntityKind>(
  directory: Directory,
  rules: EntityRules<K>,
  user: User,
  query: ListQuery & { readonly isFound: ((entity: EntityOf[K]) => boolean) | undefined },
) {
  const page: EntityOf[K][] = [];
  for (const [id, entity] of asked(tableOf(directory, rules.kind), query.ids)) {
    const isPast = query.cursor !== undefined && id <= query.cursor;
    const isBeyond = page.length > query.limit && id > page[page.length - 1]!.id; // longer than the limit, so not empty
    if (isPast || isBeyond || !rules.maySee(directory, user, entity)) continue;
    if (query.resident !== undefined && rules.residentOf?.(entity) !== query.resident) continue;
    if (query.isFound?.(entity) === false) continue;
    page.splice(placeIn(page, id), 0, entity);
    if (page.length > query.limit + 1) page.pop();
  }
  const items = page.slice(0, query.limit);
  return { items, nextCursor: page.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Of a table those with the given ids, each once; without ids all of it. */
function* asked<T>(table: ReadonlyMap<string, T>, ids: string | undefined): Iterable<readonly [string, T]> {
  if (ids === undefined) return yield* table;
  for (const id of new Set(ids.split(','))) {
    const entity = table.get(id);
    if (entity !== undefined) yield [id, entity];
  }
}

function placeIn(page: readonly { readonly id: string }[], id: string): number {
  let low = 0;
  let high = page.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (page[middle]!.id < id)
      low = middle + 1; // below `high`, which is at most the length
    else high = middle;
  }
  return low;
}

/** How many residents (or their devices) are in a viewer's area. */
function numberIn(directory: Directory, kind: EntityKind, user: User): number {
  let count = 0;
  for (const { areaId, id } of directory.residents.values()) {
    if (!mayUseArea(directory, user, areaId)) continue;
    count += kind === 'devices' ? directory.devicesOf(id).length : 1;
  }
  return count;
}
