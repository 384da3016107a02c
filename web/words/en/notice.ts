import type { notice as zh } from '../zh/notice.ts';

export const notice: typeof zh = {
  title: 'Missing person',
  none: 'There is no such notice, or it has been taken down.',
};
