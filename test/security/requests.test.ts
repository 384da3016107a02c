import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { message } from '../broker/support.ts';
import { call, login, removeFolder } from '../support/service.ts';
import { openTarget, password, type Target, tokenOf } from './support.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await target.service.kill('SIGTERM');
  removeFolder(target.dataDir);
});

const hundredMegabytes = gzipSync(Buffer.alloc(100 << 20, 32));

test('what is packed is not unpacked: neither bodies of HTTP, nor WebSocket messages, nor payloads', async () => {
  const { service, admin } = target;
  for (const encoding of ['gzip', 'deflate', 'br', 'zstd']) {
    const response = await fetch(`${service.http}/api/v1/residents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding, authorization: `Bearer ${admin}` },
      body: hundredMegabytes,
    });
    expect({ encoding, status: response.status }).toEqual({ encoding, status: 400 });
    await response.text();
  }
  const socket = new WebSocket(`${service.http.replace('http', 'ws')}/mqtt`, ['mqtt'], { perMessageDeflate: true });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  expect(socket.extensions).toBe('');
  socket.terminate();
  const band = await target.enter('band-east', tokenOf('band-east'));
  band.send(message('v1/devices/band-east/telemetry', hundredMegabytes.subarray(0, 60_000), 1, 9));
  expect((await band.next('puback')).messageId).toBe(9);
  const { json } = await call(service, admin, 'GET', '/quarantine?device=band-east');
  expect(json).toMatchObject({ items: [{ topic: 'v1/devices/band-east/telemetry' }] });
});

test('a session is made by the service alone: whatever somebody brings to the log-in is not it afterwards', async () => {
  const brought = randomBytes(32).toString('base64url');
  const response = await fetch(`${target.service.http}/api/v1/session?token=${brought}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${brought}`,
      cookie: `token=${brought}; session=${brought}`,
    },
    body: JSON.stringify({ username: 'daughter', password }),
  });
  const { token } = (await response.json()) as { token: string };
  expect(token).not.toBe(brought);
  expect(response.headers.get('set-cookie')).toBeNull();
  const again = await login(target.service, 'daughter', password);
  expect(again).not.toBe(token);
  expect((await call(target.service, brought, 'GET', '/residents')).status).toBe(401);
  for (const path of [`/residents?token=${token}`, `/residents?access_token=${token}`])
    expect((await call(target.service, undefined, 'GET', path)).status).toBe(401);
});

test('a request that comes by itself from another site, as a form or a picture, changes nothing', async () => {
  const { service, admin } = target;
  const forged = [
    { 'content-type': 'application/x-www-form-urlencoded', body: 'id=r-new&name=Forged&areaId=east' },
    {
      'content-type': 'multipart/form-data; boundary=x',
      body: '--x\r\ncontent-disposition: form-data; name="id"\r\n\r\nr-new\r\n--x--',
    },
    { 'content-type': 'text/plain', body: '{"id":"r-new","name":"Forged","areaId":"east"}' },
  ];
  for (const { body, ...headers } of forged) {
    const bare = await fetch(`${service.http}/api/v1/residents`, {
      method: 'POST',
      headers: { ...headers, origin: 'https://evil.example' },
      body,
    });
    expect(bare.status, 'no browser sends the token by itself').toBe(401);
    const withToken = await fetch(`${service.http}/api/v1/residents`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${admin}` },
      body,
    });
    expect([400, 415], JSON.stringify(headers)).toContain(withToken.status);
  }
  expect((await call(service, admin, 'GET', '/residents/r-new')).status).toBe(404);
});
