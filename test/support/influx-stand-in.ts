import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** What a stand-in does with a write: takes it, answers something else, or leaves it unanswered. */
export type Answer =
  | 'take'
  | 'silence'
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> };

export type StandIn = {
  readonly url: string;
  /** Decides about each write; may take lines itself before it answers. */
  behave: (lines: readonly string[]) => Answer | Promise<Answer>;
  /** Fields of each point, by series and time, as InfluxDB keeps them. */
  readonly points: Map<string, Map<string, string>>;
  /** Lines of each write so far. */
  readonly writes: number[];
  take(lines: readonly string[]): void;
  close(): Promise<void>;
};

/** Speaks the v2 write endpoint and misbehaves on request. */
export async function standIn(): Promise<StandIn> {
  const points: StandIn['points'] = new Map();
  const take = (lines: readonly string[]) => {
    for (const line of lines) store(points, line);
  };
  const server = createServer((request, response) => void serve(request, response));
  const self: Omit<StandIn, 'url'> = { behave: () => 'take', points, writes: [], take, close };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const lines = await linesOf(request);
    self.writes.push(lines.length);
    const answer = await self.behave(lines);
    if (answer === 'silence') return;
    if (answer === 'take') take(lines);
    const { status, body = '', headers = {} } = answer === 'take' ? { status: 204 } : answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return Object.assign(self, { url: `http://127.0.0.1:${address.port}` });
}

/** Refuses every line that has this field, as InfluxDB 1.x does: the other lines are in. */
export function refusingField(server: StandIn, field: string): (lines: readonly string[]) => Answer {
  return (lines) => {
    const wrong = lines.filter((line) => fieldsOf(line).some(([name]) => name === field));
    server.take(lines.filter((line) => !wrong.includes(line)));
    if (wrong.length === 0) return { status: 204 };
    const conflict = `input field "${field}" on measurement "reading" is type float, already exists as type string`;
    return {
      status: 400,
      body: JSON.stringify({ error: `partial write: field type conflict: ${conflict} dropped=${wrong.length}` }),
    };
  };
}

function store(points: StandIn['points'], line: string): void {
  const [series = '', , time = ''] = line.split(' ');
  const key = `${series} ${time}`;
  const fields = points.get(key) ?? new Map<string, string>();
  for (const [name, value] of fieldsOf(line)) fields.set(name, value);
  points.set(key, fields);
}

function fieldsOf(line: string): (readonly [name: string, value: string])[] {
  const fields = (line.split(' ')[1] ?? '').split(',');
  return fields.map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]);
}

async function linesOf(request: IncomingMessage): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  return text.toString('utf8').split('\n');
}
