import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** In front of an InfluxDB 1.6: the v2 write route, as 1.8 has it; everything else is passed on as it is. */
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
