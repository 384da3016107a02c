import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Http } from './access.ts';

const typeOf: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page's files, read once; a name outside this folder cannot be asked for. `index.html` is at the root. */
export function pageRoutes(http: Http, folder: string): void {
  for (const name of readdirSync(folder)) {
    const type = typeOf[extname(name)];
    if (type !== undefined)
      fileRoute(http, name === 'index.html' ? '/' : `/${name}`, type, readFileSync(join(folder, name)));
  }
}

function fileRoute(http: Http, url: string, type: string, content: Buffer): void {
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  http.get(url, {
    config: { access: 'open' },
    schema: { hide: true },
    handler: async (request, reply) => {
      // Names do not change with the content, so the browser asks each time and is told "unchanged".
      reply.header('etag', etag).header('cache-control', 'no-cache');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type(type).send(content);
    },
  });
}
