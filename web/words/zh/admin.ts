import { frame } from './admin/frame.ts';
import { records } from './admin/records.ts';
import { work } from './admin/work.ts';

/** The administration's words, a file for what holds everywhere in it and one for each group of sections. */
export const admin = { ...frame, ...records, ...work };
