import net from 'node:net';
import { type Answer, alertsOf, call, connect, eventually, login } from '../support/service.ts';
import { password, type Target, tokenOf } from './support.ts';

const people = ['op-east', 'op-west', 'walker', 'daughter', 'son', 'counter'];

export type Callers = {
  tokenOf(name: string): string;
  /** Under `/api/v1`, as JSON. */
  as(name: string, method: string, path: string, body?: unknown): Promise<Answer>;
  /** From the root, with whatever headers. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** Bytes as they are, and everything that comes back. */
  bytes(request: string): Promise<string>;
};

/** Everybody of the two homes with a session, and an SOS in the east that was heard. */
export async function logEverybodyIn(target: Target): Promise<Callers> {
  const tokens = new Map([['admin', target.admin]]);
  for (const name of people) tokens.set(name, await login(target.service, name, password));
  await pressTheButton(target);
  const tokenOfPerson = (name: string) => tokens.get(name) ?? 'nobody';
  return {
    tokenOf: tokenOfPerson,
    as: (name, method, path, body) => call(target.service, tokenOfPerson(name), method, path, body),
    raw: (path, init = {}) => fetch(`${target.service.http}${path}`, init),
    bytes: (request) => answerTo(target.service.http, request),
  };
}

async function pressTheButton({ service, admin }: Target): Promise<void> {
  const band = await connect(service, 'band-east', tokenOf('band-east'));
  const said = { seq: 1, event: 'sos', position: { lat: 24.4452, lon: 118.0824 }, heartRateBpm: 80 };
  await band.publishAsync('v1/devices/band-east/event', JSON.stringify(said), { qos: 1 });
  await band.endAsync();
  const heard = await eventually(async () => (await alertsOf(service, admin, 'type=sos'))[0]);
  if (heard === undefined) throw new Error('the SOS was not heard');
}

function answerTo(http: string, request: string): Promise<string> {
  const { port, hostname } = new URL(http);
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(Number(port), hostname, () => socket.write(request));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {}); // being cut off is one of the answers
    socket.on('close', () => resolve(text));
    setTimeout(() => socket.destroy(), 3_000).unref();
  });
}
