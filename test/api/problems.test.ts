import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({
    kpi: () => {
      throw new Error('a bug with a secret in it');
    },
  });
});
afterAll(() => town.close());

test('what is not as described is told with its path, all of it at once', async () => {
  const { status, headers, json } = await town.as('admin', 'POST', '/residents', {
    id: 'r 9',
    name: '',
    areaId: 'east',
    home: { lat: 91, lon: 118, datum: 'WGS84' },
    contacts: [],
    shoeSize: 43,
  });
  expect(status).toBe(400);
  expect(headers.get('content-type')).toContain('application/problem+json');
  const paths = (json.errors as { path: string; reason: string }[]).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['body.id', 'body.name', 'body.home.lat']));
  expect(json).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400 });
});

const broken = [
  { name: 'no JSON', body: '{"id":', status: 400 },
  { name: 'a prototype', body: '{"__proto__": {"role": "admin"}}', status: 400 },
  { name: 'a list where an object is due', body: '[]', status: 400 },
  { name: 'a text', body: '"hello"', status: 400 },
  { name: 'two megabytes', body: JSON.stringify({ id: 'x'.repeat(2_000_000) }), status: 413 },
];
for (const { name, body, status } of broken) {
  test(`a body that is ${name} is answered ${status} with problem details`, async () => {
    const answer = await town.as('admin', 'POST', '/areas', body);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ status, detail: expect.any(String) });
  });
}

const queries = [
  '/residents?limit=0',
  '/residents?limit=many',
  '/residents?unknown=1',
  '/residents/r0/readings?metric=shoeSize',
  '/residents/r0/readings?metric=steps&from=yesterday',
  '/residents/r0/readings?metric=steps&bucket=5x',
  '/residents/r0/readings?metric=steps&cursor=made-up',
  '/residents/r0/readings?metric=steps&bucket=1s&from=0',
  '/residents/r0/track?format=doc',
  '/residents/r0/track?from=2026-03-07T12:00:00Z&to=2026-03-07T11:00:00Z',
  '/residents/r0/track?simplifyM=-3',
  '/alerts?state=closed',
  '/alerts?cursor=made-up',
];
for (const query of queries) {
  test(`${query} is answered 400`, async () => {
    const { status, json } = await town.as('admin', 'GET', query);
    expect({ status, detail: typeof json.detail }).toEqual({ status: 400, detail: 'string' });
  });
}

test('an address that is not there, and a method it does not take', async () => {
  expect((await town.ask(undefined, 'GET', '/nowhere')).json).toMatchObject({ status: 404, title: 'Not Found' });
  const wrong = await town.ask(undefined, 'PUT', '/api/v1/residents/r0');
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'PATCH']);
});

test('a bug is a plain sentence outside and a line in the log', async () => {
  const { status, text } = await town.as('admin', 'GET', '/kpi');
  expect(status).toBe(500);
  expect(text).not.toContain('secret');
  expect(town.logged).toContain('a request failed');
});

test('bytes that are no HTTP harm nobody else', async () => {
  const { port } = new URL(town.url);
  const closed = new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f, 0])),
    );
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    socket.on('close', () => resolve());
  });
  await closed;
  expect((await town.ask(undefined, 'GET', '/health/live')).status).toBe(200);
});
