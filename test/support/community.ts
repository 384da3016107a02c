/** A small town for tests: `count` residents on one street, each with a band; a responder, and a daughter for each of the first two. */
export function smallTown(count: number, extra: Readonly<Record<string, unknown>> = {}) {
  const residents = Array.from({ length: count }, (_, i) => ({
    id: `r${i}`,
    name: `Resident ${i}`,
    areaId: 'street',
    home: { lat: 24.4451, lon: 118.0823, datum: 'WGS84' },
    contacts: [] as unknown[],
  }));
  return {
    areas: [
      { id: 'city', name: 'City', kind: 'city' },
      { id: 'street', name: 'Street', kind: 'street', parentId: 'city' },
    ],
    residents,
    devices: residents.map(({ id }, i) => ({
      id: `band-${i}`,
      kind: 'wristband',
      residentId: id,
      token: tokenOf(`band-${i}`),
    })),
    zones: [] as unknown[],
    users: [
      { id: 'u-resp', username: 'resp', password: 'responder-password', role: 'responder', areaId: 'street' },
      { id: 'u-fam0', username: 'fam0', password: 'family-password-0', role: 'family', residentIds: ['r0'] },
      { id: 'u-fam1', username: 'fam1', password: 'family-password-1', role: 'family', residentIds: ['r1'] },
    ],
    ...extra,
  };
}

export function tokenOf(deviceId: string): string {
  return `token-for-${deviceId}-0123456789abcdef`;
}
