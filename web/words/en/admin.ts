import type { admin as zh } from '../zh/admin.ts';
import { frame } from './admin/frame.ts';
import { records } from './admin/records.ts';
import { work } from './admin/work.ts';

export const admin: typeof zh = { ...frame, ...records, ...work };
