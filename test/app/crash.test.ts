import { connect as connectSocket } from 'node:net';
import { generate } from 'mqtt-packet';
import { afterAll, expect, test } from 'vitest';
import { inForm } from '../faults/support/form.ts';
import { smallTown, tokenOf } from '../support/community.ts';
import {
  alertsOf,
  call,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../support/service.ts';

/** The long form is `npm run faults`. */
const rounds = inForm(10, 100);
const bandCount = 20;
/** Per band and second; together 2,000 messages per second. */
const ratePerBand = 100;

const dataDir = temporaryFolder();
afterAll(() => removeFolder(dataDir));

/** One device over a bare socket: it publishes at a steady pace and remembers what was acknowledged. */
class Band {
  /** Sequence numbers of acknowledged readings; the reading's value is the number. */
  readonly acknowledged = new Set<number>();
  readonly acknowledgedPresses: number[] = [];
  readonly #id: string;
  #next = 0;

  constructor(id: string) {
    this.#id = id;
  }

  /** Publishes until the connection breaks. */
  async run(port: number): Promise<void> {
    const socket = connectSocket(port, '127.0.0.1');
    const waiting = new Map<number, () => void>();
    let timer: NodeJS.Timeout | undefined;
    socket.on('error', () => undefined); // the kill is the point of the test
    socket.write(
      generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        clientId: this.#id,
        username: this.#id,
        password: Buffer.from(tokenOf(this.#id)),
        keepalive: 60,
      }),
    );
    socket.on('data', (data) => {
      for (let at = 0; at + 3 < data.length; at += 4) {
        if (data[at] === 0x20) timer = setInterval(() => this.#publish(socket, waiting), 1000 / ratePerBand);
        if (data[at] === 0x40) waiting.get(data.readUInt16BE(at + 2))?.();
      }
    });
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(timer);
  }

  #publish(socket: import('node:net').Socket, waiting: Map<number, () => void>): void {
    const seq = this.#next++;
    const press = seq % 50 === 49;
    const messageId = (seq % 65_535) + 1;
    waiting.set(messageId, () => (press ? this.acknowledgedPresses.push(seq) : this.acknowledged.add(seq)));
    const facts = press ? { event: 'sos' } : { steps: seq };
    socket.write(
      generate({
        cmd: 'publish',
        qos: 1,
        messageId,
        dup: false,
        retain: false,
        topic: `v1/devices/${this.#id}/${press ? 'event' : 'telemetry'}`,
        payload: JSON.stringify({ t: Date.now(), seq, ...facts }),
      }),
    );
  }
}

async function stepsOf(service: RunningService, token: string, residentId: string): Promise<Set<number>> {
  const values = new Set<number>();
  for (let cursor = ''; ; ) {
    const { json } = await call(
      service,
      token,
      'GET',
      `/residents/${residentId}/readings?metric=steps&limit=10000${cursor}`,
    );
    const { items, nextCursor } = json as { items: { value: number }[]; nextCursor: string | null };
    for (const { value } of items) values.add(value);
    if (!nextCursor) return values;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
}

test('killed again and again under load: every acknowledged reading is there, every acknowledged SOS has exactly one alert', {
  timeout: 900_000,
}, async () => {
  let service = await spawnService(dataDir);
  let admin = await login(service);
  const town = smallTown(bandCount);
  expect((await call(service, admin, 'POST', '/import', town)).status).toBeLessThan(300);
  const bands = town.devices.map(({ id }) => new Band(id));

  for (let round = 0; round < rounds; round++) {
    const running = bands.map((band) => band.run(service.mqttPort));
    await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 700));
    await service.kill('SIGKILL');
    await Promise.all(running);
    service = await spawnService(dataDir);
  }

  admin = await login(service);
  const missing: string[] = [];
  const wrong: string[] = [];
  for (const [i, band] of bands.entries()) {
    const stored = await stepsOf(service, admin, `r${i}`);
    for (const seq of band.acknowledged) if (!stored.has(seq)) missing.push(`r${i}:${seq}`);
    const alerts = await alertsOf(service, admin, `resident=r${i}&type=sos`);
    const presses = band.acknowledgedPresses.length;
    if (presses > 0 && (alerts.length !== 1 || alerts[0]!.count < presses)) {
      wrong.push(`r${i}: ${presses} presses acknowledged, alerts ${JSON.stringify(alerts.map(({ count }) => count))}`);
    }
  }
  const acknowledged = bands.reduce((sum, band) => sum + band.acknowledged.size, 0);
  expect(acknowledged).toBeGreaterThan(1000);
  expect(missing).toEqual([]);
  expect(wrong).toEqual([]);
  await service.kill('SIGTERM');
});
