import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulate } from '../../simulators/simulate.ts';
import { login, type RunningService, removeFolder, spawnService, temporaryFolder } from '../support/service.ts';

const dataDir = temporaryFolder();
let service: RunningService;

beforeAll(async () => {
  service = await spawnService(dataDir);
});
afterAll(async () => {
  await service.kill('SIGKILL');
  removeFolder(dataDir);
});

test('fifty residents live their day: every scripted emergency is alerted in time, and nothing else is', {
  timeout: 90_000,
}, async () => {
  const report = await simulate('quick', {
    mqttUrl: service.mqttUrl,
    httpUrl: service.http,
    token: await login(service),
    speed: 300,
  });
  expect(report.verdicts.filter(({ outcome }) => outcome !== 'detected')).toEqual([]);
  expect(report.verdicts.length).toBeGreaterThan(4);
  expect(report.falseAlarms).toEqual([]);
  expect(report.messages.failed).toBe(0);
  expect(report.messages.acknowledged).toBeGreaterThan(500);
});
