import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzz } from '../../bench/fuzz/fuzz.ts';
import { message } from '../broker/support.ts';
import { call, eventually, login, removeFolder } from '../support/service.ts';
import { openTarget, password, type Target, tokenOf } from './support.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await target.service.kill('SIGTERM');
  removeFolder(target.dataDir);
});

test('twenty thousand packets, half of them broken: nobody else notices, nothing is left behind', async () => {
  const canary = await target.enter('band-west', tokenOf('band-west'));
  const bands = Array.from({ length: 40 }, (_, i) => `fuzz-${i}`);
  const devices = bands.map((id) => ({ id, kind: 'wristband', residentId: 'r-east', token: tokenOf(id) }));
  await call(target.service, target.admin, 'POST', '/import', { devices });
  const walker = { username: 'walker', password: await login(target.service, 'walker', password) };
  const logIns = [
    ...[...bands, 'hub-east', 'phone-east'].map((username) => ({ username, password: tokenOf(username) })),
    walker,
  ];
  const descriptors = () => readdirSync(`/proc/${target.service.process.pid}/fd`).length;
  const before = descriptors();

  const { hostname } = new URL(target.service.mqttUrl);
  let beats = 0;
  const report = await fuzz({
    host: hostname,
    port: target.service.mqttPort,
    packets: 20_000,
    seed: 7,
    logIns,
    onProgress: () => {
      beats += 1;
      if (beats % 100 === 0)
        canary.send(message('v1/devices/band-west/telemetry', `{"seq":${beats},"motion":true}`, 1, beats));
    },
  });

  expect(report.answeredBytes).toBeGreaterThan(4 * report.connections); // more than a CONNACK each
  const sent = Math.floor(beats / 100);
  expect(await eventually(() => (canary.ids('puback').length === sent ? sent : undefined))).toBe(sent);
  expect(await target.counted('broker_closed_internal_error_total')).toBe(0);
  expect(await target.counted('broker_closed_refused_total')).toBeGreaterThan(500);
  expect(await eventually(() => (descriptors() <= before + 3 ? true : undefined))).toBe(true);
  expect((await call(target.service, target.admin, 'GET', '/alerts')).status).toBe(200);
  expect(target.service.stderr()).not.toMatch(/"level":[56]0/);
}, 60_000);
