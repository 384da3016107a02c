import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ErasureReceipt } from '../../api/parts.ts';
import { historiesOf } from '../../app/histories.ts';
import { memoryOnDisk } from '../../app/person-data.ts';
import { type ErasureParts, erasePerson, resumeErasures } from '../../app/person-erasure.ts';
import { openStores, type Stores } from '../../app/stores.ts';
import { unfinishedErasures } from '../../app/unfinished-erasures.ts';
import { AppError } from '../../model/errors.ts';
import { alert, batch, change, reading, refused, signal } from '../store/support/facts.ts';
import { anju } from '../support/anju.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import {
  alertsOf,
  call,
  connect,
  eventually,
  listen,
  login,
  type RunningService,
  removeFolder,
  type StreamEvent,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

/** Names and ids that are found nowhere else by chance. */
const grandmother = 'resident-wang-xiuying-77';
const secrets = [grandmother, '王秀英七十七', 'Daughter-Mei-Unmistakable', 'secret-address-of-mei'];

function town() {
  const town = smallTown(2);
  Object.assign(town.residents[0]!, {
    id: grandmother,
    name: secrets[1],
    contacts: [{ id: 'mei', name: secrets[2], channels: [{ kind: 'log', address: secrets[3] }], order: 1 }],
  });
  Object.assign(town.devices[0]!, { residentId: grandmother, room: secrets[1] });
  town.users[1]!.residentIds = [grandmother];
  town.zones.push({
    id: 'garden',
    residentId: grandmother,
    name: secrets[1],
    kind: 'safe',
    datum: 'WGS84',
    shape: { type: 'circle', center: { lat: 24.4451, lon: 118.0823 }, radiusM: 300 },
  });
  return town;
}

/** Which of the secrets stand in any file of a folder. */
function foundIn(dir: string): string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  return secrets.filter((secret) => texts.some((bytes) => bytes.includes(secret)));
}

async function live(dataDir: string): Promise<{ service: RunningService; admin: string }> {
  const service = await spawnService(dataDir);
  const admin = await login(service);
  await call(service, admin, 'POST', '/import', town());
  const band = await connect(service, 'band-0', tokenOf('band-0'));
  const say = (topic: string, facts: unknown) =>
    band.publishAsync(`v1/devices/band-0/${topic}`, typeof facts === 'string' ? facts : JSON.stringify(facts), {
      qos: 1,
    });
  for (let seq = 1; seq <= 20; seq++) {
    await say('telemetry', { seq, heartRateBpm: 60 + seq, position: { lat: 24.4451, lon: 118.08 + seq / 1e5 } });
  }
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(secrets[1] ?? '')]);
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'image/jpeg' };
  const path = `${service.http}/api/v1/residents/${grandmother}/photo`;
  expect((await fetch(path, { method: 'PUT', headers, body: new Uint8Array(photo) })).status).toBe(204);
  await say('telemetry', `not JSON at all: ${secrets[1]}`);
  await say('event', { seq: 99, event: 'sos' });
  await band.endAsync();
  await call(service, admin, 'GET', `/residents/${grandmother}/live`);
  return { service, admin };
}

test('she asks what is kept about her and then that it be erased: a copy of all of it, then nothing of her anywhere, and proof', {
  timeout: 40_000,
}, async () => {
  const dataDir = join(folder, 'live');
  const { service, admin } = await live(dataDir);
  const file = join(folder, 'copy.ndjson');
  expect(await anju(dataDir, ['person', 'export', grandmother, file])).toMatchObject({ status: 0 });
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string });
  const counted = Object.groupBy(lines, ({ kind }) => kind);
  const counts = Object.fromEntries(Object.entries(counted).map(([kind, some]) => [kind, some?.length]));
  expect(counts).toMatchObject({
    export: 1,
    resident: 1,
    portrait: 1,
    device: 1,
    zone: 1,
    alert: 1,
    reading: 21,
    refusedMessage: 1,
  });
  expect(lines.at(-1)).toEqual({ kind: 'end', lines: lines.length - 1 });
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(await anju(dataDir, ['person', 'export', grandmother, file])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('is there already'),
  });

  const path = `/residents/${grandmother}/data`;
  const family = await login(service, 'fam0', 'family-password-0');
  expect((await call(service, family, 'DELETE', path, { confirm: grandmother })).status).toBe(403);
  expect((await call(service, admin, 'DELETE', path, { confirm: 'somebody else' })).status).toBe(400);
  const [open] = await alertsOf(service, admin, `resident=${grandmother}`);
  const refusal = await call(service, admin, 'DELETE', path, { confirm: grandmother });
  expect(refusal).toMatchObject({ status: 409, json: { detail: expect.stringContaining(open?.id ?? 'an alert') } });
  const still = await connect(service, 'band-0', tokenOf('band-0')); // refused as a whole: her band still works
  await still.endAsync();
  for (const action of ['claim', 'resolve'])
    await call(service, admin, 'POST', `/alerts/${open?.id}/actions`, { action });

  const erased = await anju(dataDir, ['person', 'erase', grandmother, '--confirm', grandmother]);
  expect(erased.status).toBe(0);
  const receipt = JSON.parse(erased.stdout) as ErasureReceipt;
  expect(receipt).toMatchObject({ queued: [], rewritten: true });
  expect(receipt.counts).toMatchObject({
    residents: 1,
    devices: 1,
    zones: 1,
    users: 1,
    'readings:here': 21,
    states: 1,
    quarantined: 1,
    alerts: 1,
  });
  expect(foundIn(dataDir), 'while the service runs').toEqual([]);
  expect((await call(service, admin, 'GET', path)).status).toBe(404);
  expect((await call(service, admin, 'GET', '/devices/band-0')).json).toEqual({ id: 'band-0', kind: 'wristband' });
  await expect(connect(service, 'band-0', tokenOf('band-0'))).rejects.toThrow();
  const heard: StreamEvent[] = [];
  const hangUp = await listen(service, admin, (event) => heard.push(event), '0-0');
  expect(await eventually(() => heard.find(({ event }) => event === 'reset'))).toBeDefined();
  hangUp();
  expect(JSON.stringify(heard)).not.toContain(grandmother);

  const { digest, salt } = receipt;
  expect(digest).toBe(hash('sha256', `${salt}:${grandmother}`, 'base64url'));
  const { json } = await call(service, admin, 'GET', `/audit?about=erased:${digest}`);
  const proof = (json as { items: { what: string; who: string }[] }).items;
  expect(proof.map(({ what }) => what)).toEqual(['personErased', 'personExported', 'livePositionRead', 'portraitPut']);
  expect(JSON.stringify(proof)).not.toContain(salt);

  const neighbour = await connect(service, 'band-1', tokenOf('band-1'));
  await neighbour.publishAsync('v1/devices/band-1/event', JSON.stringify({ seq: 1, event: 'sos' }), { qos: 1 });
  await neighbour.endAsync();
  expect(await eventually(async () => (await alertsOf(service, admin, 'resident=r1'))[0])).toMatchObject({
    type: 'sos',
  });
  await service.kill('SIGTERM');
  expect(foundIn(dataDir), 'after the service has ended').toEqual([]);
});

/** How many there were. */
function emptied(place: { readings: number }): number {
  const { readings } = place;
  place.readings = 0;
  return readings;
}

describe('without a service', () => {
  let stores: Stores;
  let dataDir: string;
  let count = 0;
  const logged: string[] = [];
  const note = (_facts: object, message: string) => void logged.push(message);
  const log = { info: note, warn: note, error: note };

  beforeEach(async () => {
    dataDir = join(folder, `still-${count++}`);
    stores = await openStores(dataDir);
    await stores.administration.importDocument(town());
    const takenAtMs = Date.UTC(2026, 1, 1);
    await stores.telemetry.commit(
      batch({
        readings: [reading({ subjectId: grandmother, deviceId: 'band-0', takenAtMs })],
        states: new Map([[grandmother, '{}']]),
        quarantined: [refused({ deviceId: 'band-0' })],
      }),
    );
  });
  afterEach(() => stores.close());

  const partsWith = (over: Partial<ErasureParts> = {}): ErasureParts => ({
    ...stores,
    histories: historiesOf(stores.telemetry),
    memory: memoryOnDisk(stores.records, stores.telemetry),
    clock: () => Date.UTC(2026, 1, 2),
    log,
    ...over,
  });

  test('an alert that is open, or a signal that is no alert yet, comes first', async () => {
    await stores.records.applyAlerts([change({ alert: alert({ residentId: grandmother }) })]);
    await expect(erasePerson(partsWith(), grandmother, 'u')).rejects.toThrow('alert-1');
    const over = alert({ residentId: grandmother, state: 'resolved', revision: 2, resolvedAtMs: 1 });
    await stores.records.applyAlerts([change({ alert: over })]);
    await stores.telemetry.commit(batch({ signals: [signal({ subjectId: grandmother })] }));
    await expect(erasePerson(partsWith(), grandmother, 'u')).rejects.toThrow('start the service once');
    expect(stores.directory.residents.has(grandmother)).toBe(true);
    expect(stores.directory.devices.get('band-0')?.residentId).toBe(grandmother);
  });

  test('something happens while it begins: nothing is erased, and her band works as before', async () => {
    const token = stores.directory.tokenHashes.get('band-0');
    const memory = {
      requireQuiet: async () => undefined,
      silence: async () => {
        throw new AppError('conflict', 'she has just pressed the button');
      },
      forget: () => undefined,
    };
    await expect(erasePerson(partsWith({ memory }), grandmother, 'u')).rejects.toThrow('pressed the button');
    expect(stores.directory.devices.get('band-0')).toMatchObject({ residentId: grandmother, room: secrets[1] });
    expect(stores.directory.tokenHashes.get('band-0')).toBe(token);
  });

  test('a copy elsewhere that is down is erased as soon as it answers, and said until then', async () => {
    const copy = { isDown: true, erased: [] as string[] };
    const influxdb = {
      name: 'influxdb',
      history: {
        erase: async (subjectId: string) => {
          if (copy.isDown) throw new AppError('unavailable', 'no answer');
          copy.erased.push(subjectId);
          return 7;
        },
        expire: async () => 0,
      },
    };
    const parts = partsWith({ histories: historiesOf(stores.telemetry, influxdb) });
    expect(await erasePerson(parts, grandmother, 'u')).toMatchObject({ queued: ['influxdb'] });
    await resumeErasures(parts);
    expect(await unfinishedErasures(stores.records)).toHaveLength(1);
    copy.isDown = false;
    await resumeErasures(parts);
    expect(copy.erased).toEqual([grandmother]);
    expect(await unfinishedErasures(stores.records)).toEqual([]);
    expect(foundIn(dataDir)).toEqual([]);
    const [newest] = await stores.records.auditLog({ limit: 1 });
    expect(newest).toMatchObject({
      what: 'personErased',
      who: 'u',
      detail: { queued: [], counts: { 'readings:influxdb': 7 } },
    });
  });

  test('the disk fails half way: the rest reaches the copy after it was emptied, so both are emptied again', async () => {
    const takenAtMs = Date.UTC(2026, 1, 1);
    const more = Array.from({ length: 9 }, (_, n) => reading({ subjectId: grandmother, takenAtMs: takenAtMs + 1 + n }));
    await stores.telemetry.commit(batch({ readings: more }));
    const there = { readings: 4 };
    const influxdb = { name: 'influxdb', history: { erase: async () => emptied(there), expire: async () => 0 } };
    const [here] = historiesOf(stores.telemetry);
    let fails = true;
    const erase = async (subjectId: string): Promise<number> => {
      if (!fails) return stores.telemetry.erase(subjectId);
      fails = false;
      throw new AppError('unavailable', 'the disk is full');
    };
    const failing = { ...here!, history: { ...here!.history, erase } }; // historiesOf always begins with it
    const parts = partsWith({ histories: [failing, influxdb] });
    expect(await erasePerson(parts, grandmother, 'u')).toMatchObject({ queued: ['here', 'influxdb'] });
    there.readings = 6; // the forwarder sends what is still here
    const rewritten: string[] = [];
    const telemetry = {
      eraseTraces: (...asked: Parameters<typeof stores.telemetry.eraseTraces>) =>
        stores.telemetry.eraseTraces(...asked),
      rewrite: async (subjectId: string) => {
        rewritten.push(subjectId);
        await stores.telemetry.rewrite(subjectId);
      },
    };
    await resumeErasures({ ...parts, telemetry });
    expect(there.readings).toBe(0);
    expect(rewritten).toEqual([grandmother]);
    expect(foundIn(dataDir)).toEqual([]);
    expect(await unfinishedErasures(stores.records)).toEqual([]);
    const [newest] = await stores.records.auditLog({ limit: 1 });
    const counts = { 'readings:here': 10, 'readings:influxdb': 10, states: 1, quarantined: 1 };
    expect(newest).toMatchObject({ what: 'personErased', detail: { queued: [], counts } });
  });

  test('a crash on the way: the next start finishes it', async () => {
    const broken = { ...stores.telemetry, eraseTraces: () => Promise.reject(new Error('killed here')) };
    const parts = partsWith({ telemetry: broken as unknown as ErasureParts['telemetry'] });
    await expect(erasePerson(parts, grandmother, 'u')).rejects.toThrow('killed here');
    await stores.close();
    stores = await openStores(dataDir);
    await resumeErasures(partsWith());
    expect(foundIn(dataDir)).toEqual([]);
    expect(await unfinishedErasures(stores.records)).toEqual([]);
  });

  test('from the command line: to be confirmed, and for somebody who is there', async () => {
    await stores.close();
    expect(await anju(dataDir, ['person', 'erase', grandmother])).toMatchObject({ status: 2 });
    expect(await anju(dataDir, ['person', 'export', 'nobody', join(folder, 'nobody')])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('There is no nobody'),
    });
    expect(existsSync(join(folder, 'nobody'))).toBe(false);
    expect(await anju(dataDir, ['person', 'erase', grandmother, '--confirm', grandmother])).toMatchObject({
      status: 0,
    });
    expect(foundIn(dataDir)).toEqual([]);
    stores = await openStores(dataDir);
  });
});
