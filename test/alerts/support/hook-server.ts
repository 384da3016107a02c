import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlertView } from '../../../model/alert.ts';

export type Posted = { readonly id: string; readonly path: string; readonly type: string; readonly alert: AlertView };
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What every webhook of these tests is signed with. */
export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/**
 * A family's endpoint. It verifies each signature with the key, as the specification says, and keeps what was posted;
 * a request that does not verify is answered 401 and kept as a fault.
 */
export async function hookServer(initial: Answer = (_, response) => response.writeHead(204).end()) {
  const posted: Posted[] = [];
  const faults: string[] = [];
  let answer = initial;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (!verifies(request, body)) {
        faults.push(`${request.url}: the signature does not verify`);
        response.writeHead(401).end();
        return;
      }
      const { type, data } = JSON.parse(body) as { type: string; data: AlertView };
      posted.push({ id: String(request.headers['webhook-id']), path: request.url ?? '', type, alert: data });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    faults,
    answerWith(next: Answer) {
      answer = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const ok: Answer = (_, response) => response.writeHead(204).end();

function verifies({ headers }: IncomingMessage, body: string): boolean {
  const signedText = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', Buffer.alloc(32, 7)).update(signedText).digest('base64');
  return headers['webhook-signature'] === `v1,${expected}`;
}

/** A port where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
