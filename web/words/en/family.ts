import type { family as zh } from '../zh/family.ts';

export const family: typeof zh = {
  nobody: 'No resident belongs to your account yet. An administrator can add one.',
  noPosition: 'No position has been received yet.',
  where: 'Where?',
  awayUntil: 'Away, the family says, until {time}',
  backEarly: 'Back early, and watched again:',
};
