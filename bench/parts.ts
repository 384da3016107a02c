import type { CommunityDocument } from '../model/community.ts';

const entitiesAtATime = 10_000;

/** A city is imported in parts, in an order in which each names only what is there: an import of all of it is refused. */
export function* partsOf(community: CommunityDocument): Generator<CommunityDocument> {
  const { areas, residents, devices, zones, ...others } = community;
  const none = { areas: [], residents: [], devices: [], zones: [], users: [], policies: [], rosters: [], silences: [] };
  yield { ...none, areas };
  for (const some of chunks(residents)) yield { ...none, residents: some };
  for (const some of chunks(devices)) yield { ...none, devices: some };
  for (const some of chunks(zones)) yield { ...none, zones: some };
  yield { ...none, ...others };
}

function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += entitiesAtATime) yield items.slice(at, at + entitiesAtATime);
}
