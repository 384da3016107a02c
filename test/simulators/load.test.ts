import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { formatLoadReport, type LoadOptions, runLoad } from '../../simulators/load.ts';
import { startBroker, startRaw } from './support/broker.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function broker(options = {}) {
  const started = await startBroker(options);
  closing.push(started.close);
  return started;
}

async function raw(talk: (socket: Socket) => void) {
  const started = await startRaw(talk);
  closing.push(started.close);
  return started;
}

const base = { devices: 5, rate: 0, qos: 1, seconds: 0.3, profile: 'telemetry', window: 4 } satisfies Omit<
  LoadOptions,
  'url'
>;

test('what is reported as acknowledged is what the broker got, each message once', async () => {
  const { url, published } = await broker();
  const report = await runLoad({ ...base, url });

  expect(report.sent).toBeGreaterThan(0);
  expect(report).toMatchObject({
    acknowledged: report.sent,
    lost: 0,
    disconnects: 0,
    refusedConnections: 0,
    connections: 5,
  });
  expect(published).toHaveLength(report.sent);
  const messages = new Set(published.map(({ topic, payload }) => `${topic} ${JSON.parse(payload.toString()).seq}`));
  expect(messages.size).toBe(report.sent);
});

test('each device speaks under its own id, with a clock that shows now', async () => {
  const { url, published } = await broker();
  const beforeMs = Date.now();
  await runLoad({ ...base, url, deviceId: (index) => `band-${index}` });
  const afterMs = Date.now();

  expect(new Set(published.map(({ topic }) => topic)).size).toBe(5);
  for (const { topic, payload } of published) {
    expect(topic).toMatch(/^v1\/devices\/band-[0-4]\/telemetry$/);
    const { t, position } = JSON.parse(payload.toString());
    expect(t).toBeGreaterThanOrEqual(beforeMs);
    expect(t).toBeLessThanOrEqual(afterMs);
    expect(position.lat).toBeCloseTo(24.445, 1);
  }
});

test('several devices can share a connection where the broker lets them', async () => {
  const { url, published } = await broker();
  const report = await runLoad({ ...base, url, devices: 7, connections: 2 });

  expect(report.connections).toBe(2);
  expect(report.lost).toBe(0);
  expect(new Set(published.map(({ topic }) => topic)).size).toBe(7);
});

test('QoS 2 goes through its four steps', async () => {
  const { url, published } = await broker();
  const report = await runLoad({ ...base, url, qos: 2 });
  expect(report.acknowledged).toBe(report.sent);
  expect(report.sent).toBeGreaterThan(0);
  expect(published).toHaveLength(report.sent);
});

test('QoS 0 claims nothing about what arrived', async () => {
  const { url } = await broker();
  const report = await runLoad({ ...base, url, qos: 0, rate: 100 });
  expect(report.sent).toBeGreaterThan(0);
  expect(report).toMatchObject({ acknowledged: null, lost: null, latencyMs: null });
  expect(formatLoadReport(report)).toContain('not known (QoS 0)');
});

test('a rate that was asked for is not exceeded', async () => {
  const { url } = await broker();
  const fromMs = performance.now();
  const report = await runLoad({ ...base, url, rate: 100, seconds: 0.5 });
  // A busy machine gives the half second late; the rate holds for as long as it took.
  const tookS = Math.max(0.5, (performance.now() - fromMs) / 1000);
  expect(report.sent).toBeLessThanOrEqual(100 * tookS + base.devices);
  expect(report.sent).toBeGreaterThan(0);
  expect(report.acknowledged).toBe(report.sent);
});

test('devices log in with what they are given', async () => {
  const names: string[] = [];
  const { url } = await broker({
    authenticate: (_client: unknown, name: string, password: Buffer, done: (error: null, ok: boolean) => void) => {
      names.push(name);
      done(null, password.toString() === `secret of ${name}`);
    },
  });
  const report = await runLoad({ ...base, url, credentials: (id) => ({ username: id, password: `secret of ${id}` }) });
  expect(report.lost).toBe(0);
  expect(report.sent).toBeGreaterThan(0);
  expect(names).toContain('load-00004');
});

test('a broker that refuses the log-in gets nothing, and the report says so', async () => {
  const { url, published } = await broker({
    authenticate: (_client: unknown, _name: string, _password: Buffer, done: (error: null, ok: boolean) => void) =>
      done(null, false),
  });
  const report = await runLoad({ ...base, url });
  expect(report).toMatchObject({ sent: 0, acknowledged: 0, lost: 0 });
  expect(report.refusedConnections).toBeGreaterThanOrEqual(base.devices);
  expect(published).toHaveLength(0);
});

const accepted = Uint8Array.of(0x20, 2, 0, 0);

test('a broker that hangs up loses what was in flight, and gets the devices back', async () => {
  let connections = 0;
  const { url } = await raw((socket) => {
    connections += 1;
    let greeted = false;
    // Answers the log-in, then hangs up on the first message.
    socket.on('data', () => {
      if (greeted) socket.destroy();
      else greeted = socket.write(accepted);
    });
  });
  const report = await runLoad({ ...base, url, seconds: 0.6 });

  expect(report.acknowledged).toBe(0);
  expect(report.sent).toBeGreaterThan(base.devices * base.window);
  expect(report.lost).toBe(report.sent);
  expect(report.disconnects).toBeGreaterThan(base.devices);
  expect(connections).toBeGreaterThan(base.devices);
});

test('a broker that never answers holds each device at its window', async () => {
  const { url } = await raw((socket) => socket.once('data', () => socket.write(accepted)));
  const report = await runLoad({ ...base, url, drainMs: 50 });
  const windows = base.devices * base.window;
  expect(report).toMatchObject({ sent: windows, acknowledged: 0, lost: windows, latencyMs: null });
});

test('answers cut into single bytes are understood, and unknown ones do not count', async () => {
  const { url } = await raw((socket) => {
    socket.once('data', () => {
      socket.write(accepted);
      // Message ids 1 to 3 in another order, 3 twice, and 999 that was never sent.
      const answers = [3, 1, 3, 999, 2].flatMap((id) => [0x40, 2, id >> 8, id & 0xff]);
      socket.once('data', () => {
        for (const byte of answers) socket.write(Uint8Array.of(byte));
      });
    });
  });
  const report = await runLoad({ ...base, url, devices: 1, window: 4, drainMs: 50 });
  // Four at once; three answered make room for three more, which nobody answers.
  expect(report).toMatchObject({ sent: 7, acknowledged: 3, lost: 4 });
});
