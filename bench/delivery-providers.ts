import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { parentPort } from 'node:worker_threads';

/** What the providers saw: epoch ms with fractions. */
export type Seen = {
  /** `{channel} {resident}` to when its first message came. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** At the endpoint that hangs: message id to when it was tried. */
  readonly tries: ReadonlyMap<string, readonly number[]>;
  readonly mails: number;
};
export type Ports = { readonly http: number; readonly smtp: number };

// Run as a worker by delivery.ts, so that the providers cost the service no time: every HTTP provider in one (the first
// part of the path says which, `hangs` never answers), and a mail server that is too busy.
const arrivals = new Map<string, number>();
const tries = new Map<string, number[]>();
let mails = 0;
const now = (): number => performance.timeOrigin + performance.now();

const providers = createServer((request, response) => {
  request.resume();
  const [way = '', residentId = ''] = placeOf(request);
  if (way === 'hangs') {
    const id = String(request.headers['webhook-id']);
    tries.set(id, [...(tries.get(id) ?? []), now()]);
    return;
  }
  const key = `${way} ${residentId}`;
  if (!arrivals.has(key)) arrivals.set(key, now());
  response.writeHead(200).end('{"errcode":0,"code":0,"Code":"OK"}');
});
const busyMailServer = createTcpServer((socket) => {
  mails += 1;
  socket.on('error', () => undefined);
  socket.end('421 too busy\r\n');
});

function placeOf({ url = '', headers }: IncomingMessage): string[] {
  if (headers['x-acs-action'] === 'SendSms') return ['sms', residentOf(url, 'PhoneNumbers')];
  if (headers['x-acs-action'] === 'SingleCallByTts') return ['voice', residentOf(url, 'CalledNumber')];
  return url.split(/[/?]/).slice(1);
}

function residentOf(url: string, parameter: string): string {
  const number = new URL(url, 'http://x').searchParams.get(parameter) ?? '';
  return `r${Number(number.slice(-5))}`;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

const [http, smtp] = await Promise.all([listening(providers), listening(busyMailServer)]);
parentPort?.postMessage({ http, smtp } satisfies Ports);
parentPort?.on('message', () => parentPort?.postMessage({ arrivals, tries, mails } satisfies Seen));
