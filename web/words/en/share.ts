import type { share as zh } from '../zh/share.ts';

export const share: typeof zh = {
  over: 'This link is over',
  overMore: 'Its time is up, or it was taken back. Ask whoever sent it for a new one.',
  age: 'Position of {ago}',
  none: 'No position has been received yet. It appears here by itself.',
  until: 'The link is good until {time}',
  lost: '{what} What you see may not be the position now.',
};
