import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { generateCommunity } from '../../simulators/community.ts';
import { followAlerts } from '../../simulators/simulation/alert-stream.ts';
import { Fleet } from '../../simulators/simulation/fleet.ts';
import { alertView } from './support/alert.ts';
import { startBroker } from './support/broker.ts';

const { devices } = generateCommunity({ seed: 'fleet', residents: 3 });
const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startFleet(options = {}) {
  const broker = await startBroker(options);
  closing.push(broker.close);
  const fleet = new Fleet();
  closing.push(() => fleet.close());
  return { broker, fleet };
}

test('each device logs in with its token and says what it is told to say, with the time', async () => {
  const tokens = new Map(devices.map(({ id, token }) => [id, token]));
  const { broker, fleet } = await startFleet({
    authenticate: (_client: unknown, name: string, password: Buffer, done: (error: null, ok: boolean) => void) =>
      done(null, tokens.get(name) === password.toString()),
  });
  await fleet.connect(broker.url, devices);
  expect(fleet.size).toBe(devices.length);

  fleet.say({ atMs: 0, deviceId: 'resident-01-band', lane: 'event', payload: { event: 'sos' } }, 1_763_700_000_000);
  await vi.waitFor(() => expect(fleet.counts.acknowledged).toBe(devices.length + 1));
  const press = broker.published.find(({ topic }) => topic === 'v1/devices/resident-01-band/event');
  expect(JSON.parse(press?.payload.toString() ?? '')).toEqual({ t: 1_763_700_000_000, event: 'sos' });
});

test('a device answers a command under its id', async () => {
  const { broker, fleet } = await startFleet();
  await fleet.connect(broker.url, devices);
  const payload = Buffer.from(JSON.stringify({ id: 'command-7', name: 'ring', args: {} }));
  const topic = 'v1/devices/resident-02-band/command';
  broker.aedes.publish({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain: false }, () => undefined);
  const replies = () => broker.published.filter((packet) => packet.topic === 'v1/devices/resident-02-band/reply');
  await vi.waitFor(() =>
    expect(replies().map((packet) => JSON.parse(packet.payload.toString()))).toEqual([{ id: 'command-7', ok: true }]),
  );
});

test('a fleet whose log-in is refused says so instead of playing to nobody', async () => {
  const { broker, fleet } = await startFleet({
    authenticate: (_client: unknown, _name: string, _password: Buffer, done: (error: null, ok: boolean) => void) =>
      done(null, false),
  });
  await expect(fleet.connect(broker.url, devices)).rejects.toThrow(/refused|authorized/i);
});

async function startStream(
  answer: (response: ServerResponse, lastEventId: string | undefined, connection: number) => void,
) {
  let connections = 0;
  const server = createServer((request, response) => {
    connections += 1;
    answer(response, request.headers['last-event-id']?.toString(), connections);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

test('alerts are followed over a broken stream, from where it broke', async () => {
  const asked: (string | undefined)[] = [];
  const httpUrl = await startStream((response, lastEventId, connection) => {
    asked.push(lastEventId);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const text = `: hello\n\nevent: position\ndata: {}\n\nevent: alert\nid: run-${connection}\ndata: ${JSON.stringify(alertView({ id: `alert-${connection}` }))}\n\n`;
    // In two pieces; the first connection then breaks.
    response.write(text.slice(0, 60), () => {
      if (connection === 1) response.end(text.slice(60));
      else response.write(text.slice(60));
    });
  });
  const stop = new AbortController();
  closing.push(() => stop.abort());
  const seen: string[] = [];
  await followAlerts({ httpUrl, token: 'token', signal: stop.signal, onAlert: ({ id }) => seen.push(id) });
  await vi.waitFor(() => expect(seen).toEqual(['alert-1', 'alert-2']), { timeout: 5_000 });
  expect(asked).toEqual([undefined, 'run-1']);
});

test('a stream that is refused is an error at once', async () => {
  const httpUrl = await startStream((response) => response.writeHead(401).end());
  const following = followAlerts({
    httpUrl,
    token: 'wrong',
    signal: new AbortController().signal,
    onAlert: () => undefined,
  });
  await expect(following).rejects.toThrow('401');
});
