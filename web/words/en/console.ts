import type { console as zh } from '../zh/console.ts';

export const console: typeof zh = { title: 'Responder console' };
