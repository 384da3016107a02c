import { expect, test } from 'vitest';
import { Intake } from '../../ingest/intake.ts';
import type { Device } from '../../model/device.ts';
import { Directory } from '../../model/directory.ts';
import type { Reading } from '../../model/reading.ts';

const devices: readonly Device[] = [
  { id: 'hub', kind: 'hub', residentId: 'wang' },
  { id: 'bed', kind: 'bedSensor', residentId: 'wang' },
  { id: 'band', kind: 'wristband', residentId: 'wang' },
];

function said(deviceId: string, online: boolean): Reading[] {
  const directory = new Directory();
  for (const entity of devices) directory.apply({ kind: 'devices', id: entity.id, entity });
  const readings: Reading[] = [];
  const intake = new Intake({ directory, take: (taken) => readings.push(...taken.readings) });
  intake.presence(deviceId, online, 1_764_000_000_000);
  return readings;
}

for (const id of ['hub', 'bed']) {
  test(`the connection of a ${id} breaks without a will: a fact like any other`, () => {
    expect(said(id, false)).toMatchObject([
      { deviceId: id, subjectId: 'wang', lane: 'status', facts: { online: false } },
    ]);
    expect(said(id, true)).toMatchObject([{ facts: { online: true } }]);
  });
}

test('a band on 4G connects and goes all day: that says nothing, and neither does who is not in the records', () => {
  expect(said('band', false)).toEqual([]);
  expect(said('stranger', false)).toEqual([]);
});
