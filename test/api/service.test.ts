import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Health } from '../../api/parts.ts';
import { createApi } from '../../api/server.ts';
import { StreamReader } from './support/reader.ts';
import { openTown, type Town } from './support/town.ts';

let town: Town;
let health: Health = { live: true, ready: true, checks: { telemetry: 'ok' } };
const upgraded: string[] = [];
beforeAll(async () => {
  town = await openTown({
    health: () => health,
    metrics: () =>
      new Map([
        ['refused_total{reason="notJson"}', 2],
        ['refused_total{reason="tooDeep"}', 1],
        ['connections', 3],
      ]),
    mqttUpgrade(request, socket: Duplex) {
      upgraded.push(String(request.url));
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    },
  });
});
afterAll(() => town.close());

describe('health and metrics', () => {
  test('ready says 200 or 503, and why', async () => {
    expect(await town.ask(undefined, 'GET', '/health/ready')).toMatchObject({ status: 200, json: { status: 'ok' } });
    health = { live: true, ready: false, checks: { telemetry: 'the last commit did not reach the disk' } };
    const { status, json } = await town.ask(undefined, 'GET', '/health/ready');
    expect({ status, json }).toEqual({ status: 503, json: { status: 'failing', checks: health.checks } });
    expect((await town.ask(undefined, 'GET', '/health/live')).status).toBe(200);
    health = { live: true, ready: true, checks: {} };
  });

  test('metrics are in the text format, series of one name together under their type', async () => {
    const { text } = await town.ask(undefined, 'GET', '/metrics');
    expect(text).toContain(
      '# TYPE anju_refused_total counter\nanju_refused_total{reason="notJson"} 2\nanju_refused_total{reason="tooDeep"} 1\n',
    );
    expect(text).toContain('# TYPE anju_connections gauge\nanju_connections 3\n');
  });

  test('what a proxy on this machine forwards is not local: metrics ask for a log-in', async () => {
    const asked = (headers: Record<string, string>) => fetch(`${town.url}/metrics`, { headers });
    expect((await asked({ 'x-forwarded-for': '203.0.113.7' })).status).toBe(401);
    const authorization = `Bearer ${await town.tokenOf('counter')}`;
    expect((await asked({ 'x-forwarded-for': '203.0.113.7', authorization })).status).toBe(200);
  });
});

type Operation = { readonly responses: Readonly<Record<string, { content?: Record<string, { schema: object }> }>> };
type OpenApi = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

describe('the description', () => {
  const described = async () => (await town.ask<OpenApi>(undefined, 'GET', '/api/v1/openapi.json')).json;

  test('is there without a log-in and knows every route', async () => {
    const { openapi, paths } = await described();
    expect(openapi).toBe('3.1.0');
    for (const { method, url } of town.api.routes.filter((route) => route.url.startsWith('/api/'))) {
      const path = url.replaceAll(/:(\w+)/g, '{$1}');
      expect({ path, method, there: paths[path]?.[method.toLowerCase()] !== undefined }).toEqual({
        path,
        method,
        there: true,
      });
    }
  });

  test('answers are as described', async () => {
    await town.say('band-0', {
      position: { lat: 24.4451, lon: 118.0823, accuracyM: 5 },
      heartRateBpm: 71,
      batteryPct: 40,
    });
    const alertId = await town.raise('r0');
    const { paths } = await described();
    const looks = [
      ['/residents', '/residents'],
      ['/residents/{id}', '/residents/r0'],
      ['/residents/{id}/live', '/residents/r0/live'],
      ['/residents/{id}/readings', '/residents/r0/readings?metric=heartRateBpm&bucket=1h'],
      ['/devices/{id}', '/devices/band-0'],
      ['/zones', '/zones'],
      ['/users', '/users'],
      ['/alerts', '/alerts'],
      ['/alerts/{id}', `/alerts/${alertId}`],
      ['/export', '/export'],
    ] as const;
    for (const [path, address] of looks) {
      const schema = paths[`/api/v1${path}`]?.get?.responses['200']?.content?.['application/json']?.schema;
      const { json } = await town.as('admin', 'GET', address);
      const verdict = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(json);
      expect({ path, wrong: verdict.error?.issues }).toEqual({ path, wrong: undefined });
    }
  });
});

describe('the page', () => {
  test('comes with a policy that lets nothing run or leave but its own', async () => {
    const { headers, text } = await town.ask(undefined, 'GET', '/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(text).not.toMatch(/<script>|style=|onclick=/);
  });

  test('nothing outside its folder can be asked for', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/api/server.ts',
      '/package.json',
    ]) {
      expect((await town.ask(undefined, 'GET', path)).status).toBe(404);
    }
  });
});

/** Sends a request by hand and resolves with the first line of the answer. */
function firstLine(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(town.url).port), '127.0.0.1', () => socket.write(request));
    socket.once('data', (data: Buffer) => {
      resolve(data.toString().split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

test('a WebSocket at /mqtt is handed over; any other wish to upgrade is answered as a plain request', async () => {
  const upgrade = (path: string) =>
    `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x\r\n\r\n`;
  expect(await firstLine(upgrade('/mqtt'))).toContain('101');
  expect(await firstLine(upgrade('/health/live'))).toContain('200');
  expect(await firstLine(upgrade('/elsewhere'))).toContain('404');
  expect(upgraded).toEqual(['/mqtt']);
});

test('stopping ends the streams and waits for nobody who never finishes a request', async () => {
  const other = await openTown();
  const stream = await StreamReader.open(other.url, await other.tokenOf('daughter'));
  const slow = connect(Number(new URL(other.url).port), '127.0.0.1');
  const cut = new Promise((resolve) => slow.on('error', () => undefined).on('close', resolve));
  await new Promise<void>((resolve) => slow.write('POST /api/v1/session HTTP/1.1\r\nhost: x\r\n', () => resolve()));
  await other.close();
  await Promise.all([stream.ended, cut]);
  await expect(fetch(other.url)).rejects.toThrow();
});

describe('who sends drop by drop is not waited for', () => {
  const drops = [
    {
      what: 'headers',
      requestMs: 60_000,
      start: 'POST /api/v1/session HTTP/1.1\r\nhost: x\r\n',
      drop: 'x-more: y\r\n',
    },
    {
      what: 'a body',
      requestMs: 200,
      start:
        'POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n',
      drop: ' ',
    },
  ];
  for (const { what, requestMs, start, drop } of drops) {
    test(what, async () => {
      const patience = { headersMs: 100, requestMs, lookEveryMs: 20 };
      const api = await createApi(town.parts, { host: '127.0.0.1', port: 0, patience });
      const { port } = await api.start();
      const slow = connect(port, '127.0.0.1');
      slow.write(start); // before the first drop, however long connecting takes
      const dripping = setInterval(() => slow.write(drop), 20);
      let answer = '';
      slow.on('data', (chunk) => {
        answer += chunk;
      });
      await new Promise((resolve) => slow.on('error', () => undefined).on('close', resolve));
      clearInterval(dripping);
      expect(answer).toMatch(/^HTTP\/1.1 408/);
      await api.stop();
    });
  }
});

test('who asks for something that takes longer than a silent peer is waited for is answered all the same', async () => {
  const erased = { at: new Date(0).toISOString(), counts: {}, queued: [], rewritten: true, salt: 's', digest: 'd' };
  const [begun, finished] = [Promise.withResolvers<void>(), Promise.withResolvers<typeof erased>()];
  const erase = () => {
    begun.resolve();
    return finished.promise;
  };
  const personData = { ...town.parts.personData, erase };
  const api = await createApi({ ...town.parts, personData }, { host: '127.0.0.1', port: 0, patience: { idleMs: 50 } });
  const { port } = await api.start();
  /** Somebody who says nothing at all is closed: so long the other has waited, too. */
  const patienceIsOver = () => {
    const silent = connect(port, '127.0.0.1').resume();
    return new Promise((resolve) => silent.on('close', resolve));
  };
  const asked = fetch(`http://127.0.0.1:${port}/api/v1/residents/wang/data`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${await town.tokenOf('admin')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ confirm: 'wang' }),
  });
  await begun.promise;
  await patienceIsOver();
  await patienceIsOver();
  finished.resolve(erased);
  expect(await (await asked).json()).toEqual(erased);
  await api.stop();
});
