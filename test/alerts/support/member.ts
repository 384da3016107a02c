import type { RecordStore } from '../../../store/contracts.ts';

/** What a store has under a name; a function is called as on the store itself. */
export function memberOf(store: RecordStore, name: keyof RecordStore): unknown {
  const member = store[name];
  return typeof member === 'function' ? member.bind(store) : member;
}
