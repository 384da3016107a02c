import type { Town } from '../../api/support/town.ts';

const names = ['王秀英', '陈国栋', '林阿妹', '欧阳建国', '黄素珍', '郑文彬'];
const communities = [
  { id: 'qianpu', name: '前埔社区', parentId: 'east', lat: 24.47, lon: 118.17 },
  { id: 'lianqian', name: '莲前社区', parentId: 'east', lat: 24.478, lon: 118.15 },
  { id: 'lujiang', name: '鹭江道社区', parentId: 'west', lat: 24.46, lon: 118.075 },
  { id: 'zhongshan', name: '中山路步行街历史风貌保护区社区', parentId: 'west', lat: 24.455, lon: 118.082 },
];

/** The town as a city: a district, two streets, four communities, a grid in each, and `count` residents spread over them. */
export async function city(town: Town, count: number): Promise<void> {
  await town.parts.administration.importDocument({
    areas: [
      { id: 'city', name: '厦门市', kind: 'city' },
      { id: 'siming', name: '思明区', kind: 'district', parentId: 'city' },
      { id: 'east', name: '莲前街道', kind: 'street', parentId: 'siming' },
      { id: 'west', name: '鹭江街道', kind: 'street', parentId: 'siming' },
      ...communities.map(({ id, name, parentId }) => ({ id, name, kind: 'community', parentId })),
      ...communities.map(({ id }) => ({ id: `${id}-1`, name: '第一网格', kind: 'grid', parentId: id })),
    ],
    residents: Array.from({ length: count }, (_, i) => residentOf(i)),
    devices: Array.from({ length: count }, (_, i) => ({ id: `b${i}`, kind: 'wristband', residentId: `n${i}` })),
  });
}

function residentOf(i: number) {
  const { id, lat, lon } = communities[i % communities.length]!; // within its length
  const [row, column] = [Math.floor(i / 4 / 50), Math.floor(i / 4) % 50];
  return {
    id: `n${i}`,
    name: names[i % names.length],
    areaId: `${id}-1`,
    home: { lat: lat + row * 0.0004, lon: lon + column * 0.0004, datum: 'WGS84' },
    contacts: [],
  };
}
