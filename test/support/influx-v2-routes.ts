import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

/**
 * In front of an InfluxDB 1.6: the v2 write route, as 1.8 has it, and the delete route of 2.x, as InfluxQL; everything
 * else is passed on as it is.
 */
export async function openV2Routes(target: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((from, answer) => passOn(target, from, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passOn(target: string, from: IncomingMessage, answer: ServerResponse): void {
  if (from.url?.startsWith('/api/v2/delete?')) return void remove(target, from, answer);
  const url = new URL(routed(from.url ?? '/'), target);
  const to = request(url, { method: from.method, headers: { ...from.headers, host: url.host } }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
    response.on('error', () => answer.destroy());
  });
  // Nobody behind it: for whoever asks, the server is down.
  to.on('error', () => answer.destroy());
  from.pipe(to);
}

function routed(path: string): string {
  const url = new URL(path, 'http://localhost');
  if (url.pathname !== '/api/v2/write') return path;
  const { bucket = '', precision = 'ns' } = Object.fromEntries(url.searchParams);
  const [db = '', rp = ''] = bucket.split('/');
  return `/write?${new URLSearchParams({ db, rp, precision: precision === 'ns' ? 'n' : precision })}`;
}

/** `_measurement="reading" AND subject="r-1"` between two times. */
async function remove(target: string, from: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { start, stop, predicate } = (await json(from)) as Record<string, string>;
  const terms = [...(predicate ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => ({
    name,
    value,
  }));
  const measurement = terms.find(({ name }) => name === '_measurement')?.value;
  const tags = terms.filter(({ name }) => name !== '_measurement').map(({ name, value }) => `"${name}" = '${value}'`);
  const where = [...tags, `time >= '${start}'`, `time <= '${stop}'`].join(' AND ');
  const db = new URL(from.url ?? '', target).searchParams.get('bucket') ?? '';
  const body = new URLSearchParams({ db, q: `DELETE FROM "${measurement}" WHERE ${where}` });
  const response = await fetch(`${target}/query`, { method: 'POST', body });
  const { results } = (await response.json()) as { results?: { error?: string }[] };
  answer.writeHead(response.ok && results?.[0]?.error === undefined ? 204 : 400).end();
}
