import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzz } from '../../bench/fuzz/fuzz.ts';
import { message, type RawClient } from '../broker/support.ts';
import { call, eventually, login, removeFolder } from '../support/service.ts';
import { openTarget, password, type Target, tokenOf } from './support.ts';

/** Only tells a failure from waiting for ever. */
const hangMs = 300_000;

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await target.service.kill('SIGTERM');
  removeFolder(target.dataDir);
});

/**
 * A band that goes on as ever, one message after the other. Its acknowledgements are the clock of the story: the service
 * took in what was there before, and has it on disk. However slow the machine is, that stays true.
 */
class Canary {
  beats = 0;
  #isOver = false;
  readonly #client: RawClient;
  readonly #waiting: { readonly atBeat: number; readonly wake: () => void }[] = [];
  readonly #run: Promise<void>;

  constructor(client: RawClient) {
    this.#client = client;
    this.#run = this.#beat();
  }

  /** Resolves when so many more messages were acknowledged. */
  after(beats: number): Promise<void> {
    return new Promise((wake) => this.#waiting.push({ atBeat: this.beats + beats, wake }));
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#run;
  }

  async #beat(): Promise<void> {
    for (let n = 1; !this.#isOver; n++) {
      const packetId = 1 + (n % 60_000);
      this.#client.send(message('v1/devices/band-west/telemetry', `{"seq":${n},"motion":true}`, 1, packetId));
      expect((await this.#client.next('puback')).messageId).toBe(packetId);
      this.beats = n;
      const due = this.#waiting.filter(({ atBeat }) => atBeat <= n);
      this.#waiting.splice(0, this.#waiting.length, ...this.#waiting.filter(({ atBeat }) => atBeat > n));
      for (const { wake } of due) wake();
    }
  }
}

test(
  'twenty thousand packets, half of them broken: nobody else notices, nothing is left behind',
  async () => {
    const canary = new Canary(await target.enter('band-west', tokenOf('band-west')));
    const bands = Array.from({ length: 40 }, (_, i) => `fuzz-${i}`);
    const devices = bands.map((id) => ({ id, kind: 'wristband', residentId: 'r-east', token: tokenOf(id) }));
    await call(target.service, target.admin, 'POST', '/import', { devices });
    const walker = { username: 'walker', password: await login(target.service, 'walker', password) };
    const logIns = [
      ...[...bands, 'hub-east', 'phone-east'].map((username) => ({ username, password: tokenOf(username) })),
      walker,
    ];
    const descriptors = () => readdirSync(`/proc/${target.service.process.pid}/fd`).length;
    const before = { descriptors: descriptors(), beats: canary.beats };

    const { hostname } = new URL(target.service.mqttUrl);
    const port = target.service.mqttPort;
    const patience = () => canary.after(20); // a log-in takes some turns of the service's loop
    const report = await fuzz({ host: hostname, port, packets: 20_000, seed: 7, logIns, patience });

    expect(report.answeredBytes).toBeGreaterThan(4 * report.connections); // more than a CONNACK each
    expect(canary.beats - before.beats).toBeGreaterThan(report.connections / logIns.length); // it got its turn all the time
    await canary.end();
    expect(await target.counted('broker_closed_internal_error_total')).toBe(0);
    expect(await target.counted('broker_closed_refused_total')).toBeGreaterThan(500);
    expect(await eventually(() => (descriptors() <= before.descriptors + 3 ? true : undefined), hangMs)).toBe(true);
    expect((await call(target.service, target.admin, 'GET', '/alerts')).status).toBe(200);
    expect(target.service.stderr()).not.toMatch(/"level":[56]0/);
  },
  hangMs,
);
