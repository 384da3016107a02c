import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as a provider's server sees it. */
export type Request = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};
export type Reply = { readonly status?: number; readonly json?: unknown; readonly headers?: Record<string, string> };

/**
 * A provider on this machine until the test ends. `check` is what the real one does with a request: its answer, or
 * undefined to say nothing at all and let the sender wait.
 */
export async function standIn(check: (request: Request) => Reply | undefined) {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const seen = { method, headers, url: new URL(request.url ?? '', 'http://stand-in'), body: Buffer.concat(chunks) };
      requests.push(seen);
      reply(response, check(seen));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function reply(response: ServerResponse, answer: Reply | undefined): void {
  if (answer === undefined) return;
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
  response.end(answer.json === undefined ? '' : JSON.stringify(answer.json));
}

export function jsonOf({ body }: Request): Record<string, unknown> {
  return JSON.parse(body.toString()) as Record<string, unknown>;
}
