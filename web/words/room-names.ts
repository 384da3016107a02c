import { t, type WordKey } from './index.ts';

/** Rooms as installers write them, in either language; any other name stays as it was written. */
const rooms: readonly (readonly [WordKey, ...string[]])[] = [
  ['family.room.kitchen', '厨房', 'kitchen'],
  ['family.room.bedroom', '卧室', 'bedroom'],
  ['family.room.living', '客厅', 'living room'],
  ['family.room.bath', '卫生间', 'bathroom'],
  ['family.room.hall', '玄关', 'hall'],
  ['family.room.dining', '餐厅', 'dining room'],
  ['family.room.study', '书房', 'study'],
  ['family.room.balcony', '阳台', 'balcony'],
];

export function roomName(written: string): string {
  const name = written.trim().toLowerCase().replaceAll(/[-_]/g, ' ');
  const known = rooms.find(([, ...names]) => names.includes(name));
  return known === undefined ? written : t(known[0]);
}
