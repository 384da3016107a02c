import type { admin as zh } from '../zh/admin.ts';

export const admin: typeof zh = {
  title: 'Administration',
  residents: 'Residents',
  search: 'Search by name',
  none: 'No residents yet. Import them first.',
};
