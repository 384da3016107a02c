import { Refused } from '../../service/client.ts';
import { devices, residents, rosters, users } from './records.ts';

/** Something that can be chosen: what is stored, and what people read. */
export type Choice = { readonly id: string; readonly name: string };
/** Where choices come from: found by what somebody typed, or named by their id. */
export type ChoiceSource = {
  find(q: string): Promise<readonly Choice[]>;
  name(id: string): Promise<string>;
};

const shownAtMost = 8;

function sourceOf<T extends { id: string }>(
  records: {
    page(query: { q?: string; limit: number }): Promise<{ items: readonly T[] }>;
    one(id: string): Promise<T>;
  },
  nameOf: (one: T) => string,
): ChoiceSource {
  return {
    async find(q) {
      const { items } = await records.page({ ...(q !== '' && { q }), limit: shownAtMost });
      return items.map((one) => ({ id: one.id, name: nameOf(one) }));
    },
    name: (id) => records.one(id).then(nameOf, (error: unknown) => idInstead(error, id)),
  };
}

/** One that is gone, or not theirs to see, is shown by its id. */
function idInstead(error: unknown, id: string): string {
  if (error instanceof Refused) return id;
  throw error;
}

export const someResident = sourceOf(residents, ({ name }) => name);
export const someUser = sourceOf(users, ({ name, username }) => name ?? username);
export const someDevice = sourceOf(devices, ({ id }) => id);
export const someRoster = sourceOf(rosters, ({ name }) => name);
