import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AlertType, Severity } from '../../model/alert.ts';
import type { Device } from '../../model/device.ts';
import { type House, house } from './support/house.ts';
import { clear, raise, request, worker } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'anju-moved-'));
  ends.push(() => rm(path, { recursive: true }));
  return join(path, 'records.sqlite');
}

/** The desk over a home with a band and a sensor; `changed` writes a device's record anew, or takes it away. */
async function home(file = ':memory:', clock = '02:10', devices: readonly Device[] = [band, sensor]) {
  const started = await house({ contacts: [], devices, file, clock });
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await started.close();
    isClosed = true;
  };
  ends.push(close);
  const changed = (id: string, entity: Device | undefined) => started.directory.apply({ kind: 'devices', id, entity });
  return { ...started, changed, close };
}

const band: Device = { id: 'band', kind: 'wristband', residentId: 'wang' };
const sensor: Device = { id: 'pir', kind: 'motionSensor', residentId: 'wang' };

const faults: readonly (readonly [AlertType, Severity])[] = [
  ['deviceOffline', 'P4'],
  ['batteryLow', 'P3'],
  ['tamper', 'P4'],
  ['notWorn', 'P4'],
];

async function broken({ desk }: House, deviceId = 'band'): Promise<void> {
  await desk.apply(faults.map(([type, severity]) => raise('02:10', { type, severity, deviceId })));
}

function open({ desk }: House): string[] {
  return desk.open().map(({ type, severity }) => `${severity} ${type}`);
}

async function story({ records }: House, id: string): Promise<string[]> {
  const lines = await records.timeline(id);
  return lines.map(({ what, who, detail = {} }) => `${what} ${who} ${detail.outcome ?? detail.deviceId ?? ''}`.trim());
}

test('a band goes to another resident: what was wrong with it at the old home is over, and its story says why', async () => {
  const wangs = await home();
  await broken(wangs);
  const [first] = wangs.desk.open();
  wangs.changed('band', { ...band, residentId: 'zhao' });
  await wangs.moveTo('02:11');
  expect(open(wangs)).toEqual([]);
  expect(await wangs.records.alert(first!.id)).toMatchObject({ state: 'resolved', outcome: 'deviceGone' });
  expect((await story(wangs, first!.id)).slice(-2)).toEqual(['deviceGone service band', 'resolve service deviceGone']);
});

for (const [how, entity] of [
  ['is taken from her and belongs to nobody', { id: 'band', kind: 'wristband' }],
  ['is removed from the records', undefined],
] as const) {
  test(`a band ${how}: nothing of it stays open`, async () => {
    const wangs = await home();
    await broken(wangs);
    wangs.changed('band', entity);
    await wangs.moveTo('02:11');
    expect(open(wangs)).toEqual([]);
  });
}

test('a device of nobody is given to a resident: what was wrong with it before is over', async () => {
  const { residentId: _residentId, ...spare } = sensor;
  const store = await home(':memory:', '02:10', [spare]);
  await store.desk.apply([raise('02:10', { type: 'batteryLow', severity: 'P4', deviceId: 'pir', subjectId: '~pir' })]);
  store.changed('pir', sensor);
  await store.moveTo('02:11');
  expect(open(store)).toEqual([]);
});

test('two devices were silent and one goes: the alert is open for the other, until that is heard', async () => {
  const wangs = await home();
  const offline = { type: 'deviceOffline', severity: 'P4' } as const;
  await wangs.desk.apply([
    raise('02:10', { ...offline, deviceId: 'band' }),
    raise('02:10', { ...offline, deviceId: 'pir' }),
  ]);
  const { id } = wangs.only();
  wangs.changed('band', { ...band, residentId: 'zhao' });
  await wangs.moveTo('02:11');
  expect(open(wangs)).toEqual(['P4 deviceOffline']);
  expect((await story(wangs, id)).at(-1)).toBe('deviceGone service band');
  await wangs.desk.apply([clear('02:10', { ...offline, deviceId: 'pir' })]);
  expect(open(wangs)).toEqual([]);
});

test('what is about the person, or urgent, stays for people', async () => {
  const wangs = await home();
  const urgent = raise('02:10', { type: 'notWorn', severity: 'P2' });
  const exit = raise('02:10', { type: 'zoneExit', severity: 'P3', evidence: { zoneId: 'home' } });
  await wangs.desk.apply([raise('02:10'), urgent, exit]);
  wangs.changed('band', { ...band, residentId: 'zhao' });
  await wangs.moveTo('02:11');
  expect(open(wangs)).toEqual(['P1 sos', 'P2 notWorn', 'P3 zoneExit']);
});

test('a new room or another hub is no move', async () => {
  const wangs = await home();
  await broken(wangs);
  wangs.changed('band', { ...band, room: '卧室', hubId: 'hub-2' });
  await wangs.moveTo('02:11');
  expect(open(wangs)).toHaveLength(4);
});

test('the service went down right after the move, or what was wrong came in after it: it ends at the next look', async () => {
  const file = await folder();
  const before = await home(file);
  await broken(before);
  await before.desk.act(before.desk.open()[0]!.id, request('claim'), worker, Date.UTC(2026, 2, 14, 2, 10, 30));
  await before.close();
  const after = await home(file, '03:00', [{ ...band, residentId: 'zhao' }]);
  expect(open(after)).toEqual([]);
  await after.desk.apply([raise('03:00', { type: 'tamper', severity: 'P4' })]);
  await after.moveTo('03:01');
  expect(open(after)).toEqual([]);
});
