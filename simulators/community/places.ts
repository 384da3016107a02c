import type { Area } from '../../model/people.ts';

/** Xiamen, Siming district. */
export const centre = { lat: 24.4451, lon: 118.0823 };
export const communityAreaId = 'heping';
export const gridIds = ['heping-grid-1', 'heping-grid-2', 'heping-grid-3'] as const;

export const areas: readonly Area[] = [
  { id: 'xiamen', name: '厦门市', kind: 'city' },
  { id: 'siming', name: '思明区', kind: 'district', parentId: 'xiamen' },
  { id: 'lujiang', name: '鹭江街道', kind: 'street', parentId: 'siming' },
  { id: communityAreaId, name: '和平社区', kind: 'community', parentId: 'lujiang' },
  { id: gridIds[0], name: '第一网格', kind: 'grid', parentId: communityAreaId },
  { id: gridIds[1], name: '第二网格', kind: 'grid', parentId: communityAreaId },
  { id: gridIds[2], name: '第三网格', kind: 'grid', parentId: communityAreaId },
];
