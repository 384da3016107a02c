import type { wall as zh } from '../zh/wall.ts';

export const wall: typeof zh = { title: 'Command wall' };
