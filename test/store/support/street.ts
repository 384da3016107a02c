import { Directory } from '../../../model/directory.ts';
import { AppError, type Problem } from '../../../model/errors.ts';
import { createAdministration } from '../../../store/administration.ts';
import type { RecordStore } from '../../../store/contracts.ts';
import { openRecords } from '../../../store/records/records.ts';
import { hashPassword } from '../../../store/secrets.ts';

export const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
export const square = [
  [118, 24],
  [118.01, 24],
  [118.01, 24.01],
  [118, 24.01],
  [118, 24],
];

/** A small street; every test starts from its own copy. */
export const street = () => ({
  areas: [
    { id: 'city', name: '厦门', kind: 'city' },
    { id: 'grid', name: 'Grid 1', kind: 'grid', parentId: 'city' },
  ],
  residents: [
    {
      id: 'r-1',
      name: '王秀英',
      areaId: 'grid',
      home,
      contacts: [
        {
          id: 'mei',
          name: 'Mei',
          order: 0,
          channels: [
            { kind: 'webhook', address: 'https://example.org/h', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
          ],
        },
      ],
    },
  ],
  devices: [
    { id: 'hub-1', kind: 'hub', residentId: 'r-1', token: 'a token of the hub' },
    {
      id: 'smoke-1',
      kind: 'smokeDetector',
      residentId: 'r-1',
      hubId: 'hub-1',
      codec: 'zigbee2mqtt',
      address: 'kitchen',
    },
  ],
  zones: [
    {
      id: 'z-1',
      residentId: 'r-1',
      name: 'Home',
      kind: 'safe',
      datum: 'WGS84',
      shape: { type: 'Polygon', coordinates: [square] },
    },
  ],
  users: [
    { id: 'u-1', username: 'mei', role: 'family', residentIds: ['r-1'], password: 'long enough' },
    { id: 'u-2', username: 'grid.worker', role: 'responder', areaId: 'grid' },
  ],
  policies: [{ id: 'p-1', name: 'usual', areaId: 'city', steps: [{ afterS: 60, target: 'contacts' }] }],
  rosters: [
    { id: 'ro-1', name: 'days', areaId: 'grid', shifts: [{ userId: 'u-2', days: [1], from: '08:00', to: '20:00' }] },
  ],
});

/** An empty community in memory, and who changes it. */
export async function administered() {
  const records = await openRecords(':memory:');
  const directory = new Directory();
  return { records, directory, administration: createAdministration({ records, directory, hashPassword }) };
}

export async function problemsOf(work: Promise<unknown>): Promise<readonly Problem[]> {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof AppError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error.problems;
}

/** What would be there after a restart. */
export async function storedIn(records: RecordStore): Promise<Directory> {
  const stored = new Directory();
  await records.load(stored);
  return stored;
}
