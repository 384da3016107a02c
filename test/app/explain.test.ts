import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explanationOf } from '../../app/explain/page.ts';
import type { Story } from '../../app/explain/story.ts';
import { anju as runAnju } from '../support/anju.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import {
  alertsOf,
  call,
  connect,
  eventually,
  login,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';

const folder = temporaryFolder();
const dataDir = join(folder, 'data');
const townFile = join(folder, 'town.json');
const anju = (...words: string[]) => runAnju(dataDir, words);

beforeAll(() => writeFileSync(townFile, JSON.stringify(smallTown(2))));
afterAll(() => removeFolder(folder));

test('a fall is explained while the service runs and after it was stopped, with who closed it and what they wrote', async () => {
  await anju('import', townFile);
  const service = await spawnService(dataDir);
  const band = await connect(service, 'band-0', tokenOf('band-0'));
  await band.publishAsync('v1/devices/band-0/event', '{"event":"fall"}', { qos: 1 });
  const admin = await login(service);
  const [alert] = await alertsOf(service, admin, 'type=fall');
  const id = alert?.id ?? '';
  const deed = { action: 'resolve', outcome: 'helped up', note: 'her knee is bruised' };
  await call(service, await login(service, 'resp', 'responder-password'), 'POST', `/alerts/${id}/actions`, deed);

  const online = await anju('explain', id);
  expect(online).toMatchObject({ status: 0, stderr: '' });
  expect(online.stdout).toMatch(/^\[P2 urgent\] Suspected: Fall\n/);
  expect(online.stdout).toContain('about: r0 (band-0)');
  expect(online.stdout).toMatch(/ {2}\S+ \S+ {2}raised \(P2, Fall\)/);
  expect(online.stdout).toMatch(/ {2}\S+ \S+ {2}closed (u-)?resp \(helped up, her knee is bruised\)/);

  await band.endAsync();
  await service.kill('SIGTERM');
  expect((await anju('explain', id)).stdout, 'the same from the folder').toBe(online.stdout);
  expect((await anju('explain', id, '--lang', 'zh')).stdout).toMatch(/^\[P2 紧迫\] 疑似跌倒\n/);
  expect((await runAnju(dataDir, ['explain', id], { LC_ALL: '', LANG: 'zh_CN.UTF-8' })).stdout).toContain('经过');
});

test('an alert nobody knows is one line and status 1, with and without a service', async () => {
  const offline = await anju('explain', 'a-nothing');
  expect(offline).toMatchObject({ status: 1, stdout: '' });
  expect(offline.stderr).toMatch(/^anju: there is no alert a-nothing .*\n$/);
  const service = await spawnService(dataDir);
  const online = await eventually(async () => anju('explain', 'a-nothing'));
  expect(online).toMatchObject({ status: 1, stdout: '' });
  expect(online?.stderr).toMatch(/^anju: There is no such alert.*\n$/);
  await service.kill('SIGTERM');
});

for (const words of [[], ['a', 'b'], ['a', '--lang', 'fr'], ['a', '--why']]) {
  test(`anju explain ${words.join(' ')} is told how it is used`, async () => {
    expect(await anju('explain', ...words)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('usage: anju explain'),
    });
  });
}

const leftAtMs = Date.parse('2026-03-02T10:15:00+08:00');
const outside: Story = {
  id: 'a1',
  type: 'zoneExit',
  types: ['zoneExit'],
  severity: 'P2',
  state: 'open',
  residentId: 'wang',
  areaId: 'qianpu',
  deviceIds: ['band-1'],
  openedAt: '2026-03-02T02:17:05.000Z',
  updatedAt: '2026-03-02T02:17:05.000Z',
  late: false,
  suspected: true,
  count: 1,
  summary: { zh: '王秀英离开安全区120米', en: 'Wang Xiuying is 120 m outside her safe zone' },
  evidence: {
    outsideM: 120,
    accuracyM: 14.5,
    leftAtMs,
    motion: true,
    fixes: [{ atMs: leftAtMs, outsideM: 80, accuracyM: 12 }],
  },
  revision: 1,
  timeline: [
    {
      at: '2026-03-02T02:17:05.000Z',
      what: 'raised',
      who: 'service',
      detail: { type: 'zoneExit', severity: 'P2', happenedAtMs: leftAtMs, evidence: {} },
    },
    {
      at: '2026-03-02T02:17:05.000Z',
      what: 'notified',
      who: 'daughter',
      detail: { reason: 'opened', channels: ['log'] },
    },
  ],
  notifications: [{ recipientId: 'daughter', recipientName: '王梅', channel: 'log', state: 'delivered' }],
};
const because = [{ zh: '三个定位点在区外', en: 'Three positions were outside' }];
const unless = [{ zh: '家中信标', en: 'Her home beacon had been heard' }];
const withReasons: Story = {
  ...outside,
  timeline: outside.timeline.map((entry) =>
    entry.what === 'raised' ? { ...entry, detail: { ...entry.detail, evidence: { because, unless } } } : entry,
  ),
};

test('numbers have their units, times the clock on the wall of the community', () => {
  const page = explanationOf(outside, { language: 'en', timeZone: 'Asia/Shanghai' });
  expect(page).toContain('  happened: 2026-03-02 10:15:00');
  expect(page).toContain('  known: 2026-03-02 10:17:05 (+2 min)');
  expect(page).toContain('  outside the zone by: 120 m');
  expect(page).toContain('  accuracy of the position: 14.5 m');
  expect(page).toContain('  left at: 2026-03-02 10:15:00');
  expect(page).toContain('  motion: yes');
  expect(page).toContain('at 2026-03-02 10:15:00, outside the zone by 80 m, accuracy of the position 12 m');
  expect(page).toContain('told 王梅 (a new alert)');
  expect(page).toContain('王梅  log  delivered');
});

test('what was seen and what would have kept it quiet are read out in either language', () => {
  const en = explanationOf(withReasons, { language: 'en', timeZone: 'Asia/Shanghai' });
  expect(en).toContain('Why it was raised\n  - Three positions were outside');
  expect(en).toContain('What would have kept it quiet\n  - Her home beacon had been heard');
  const zh = explanationOf(withReasons, { language: 'zh', timeZone: 'Asia/Shanghai' });
  expect(zh).toContain('为什么报警\n  - 三个定位点在区外');
  expect(zh).toContain('区外距离: 120 m');
});

test('an alert of an older version, without reasons and without a time line, still says what it knows', () => {
  const old = { ...outside, timeline: [], notifications: [] };
  const page = explanationOf(old, { language: 'en', timeZone: 'Asia/Shanghai' });
  expect(page).toContain('stored without its reasons');
  expect(page).toContain('  happened: 2026-03-02 10:17:05');
  expect(page).toContain('  outside the zone by: 120 m');
  expect(page).toMatch(/Who was told\n {2}nothing recorded$/);
});
