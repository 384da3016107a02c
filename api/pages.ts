import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../model/errors.ts';
import type { Http } from './access.ts';

const typeOf: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
};

/** The rooms of the pages: what is below is for the router of the page (`web/routes.ts`), so `index.html` answers. */
export const rooms = ['login', 'family', 'console', 'wall', 'admin', 'notices', 'n', 's'] as const;

const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

type PageFile = {
  readonly type: string;
  readonly etag: string;
  /** Its name changes with its content, so that nobody needs to ask again. */
  readonly isHashed: boolean;
  readonly content: Buffer;
  /** The same, compressed when the pages were built, best first. */
  readonly compressed: readonly { readonly name: string; readonly content: Buffer }[];
};

/** The built pages, read once; a name outside the folder cannot be asked for. `index.html` is at the root and in every room. */
export function pageRoutes(http: Http, folder: string): void {
  if (existsSync(join(folder, 'index.html'))) builtRoutes(http, folder);
  else notBuiltRoutes(http);
}

function builtRoutes(http: Http, folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = fileOf(folder, name);
    if (file === undefined) continue;
    const urls = name === 'index.html' ? pageUrls : [`/${name.replaceAll('\\', '/')}`];
    for (const url of urls) fileRoute(http, url, file);
    if (name === 'index.html') nowhereRoute(http, file);
  }
}

/** Who mistyped an address in a browser is told so by the page, in their language; programs are answered as ever. */
function nowhereRoute(http: Http, page: PageFile): void {
  http.get('/*', {
    config: { access: 'open' },
    schema: { hide: true },
    handler: async (request, reply) => {
      if (!/\btext\/html\b/.test(request.headers.accept ?? '')) return reply.callNotFound();
      return answerWith(page, request, reply.code(404));
    },
  });
}

const pageUrls = ['/', ...rooms.flatMap((room) => [`/${room}`, `/${room}/*`])];

/** A checkout whose pages were not built still serves everything else. */
function notBuiltRoutes(http: Http): void {
  for (const url of pageUrls) {
    http.get(url, {
      config: { access: 'open' },
      schema: { hide: true },
      handler: async () => {
        throw new AppError(
          'unavailable',
          'The pages have not been built. Run "npm run build", then start the service anew.',
        );
      },
    });
  }
}

function fileOf(folder: string, name: string): PageFile | undefined {
  const type = typeOf[extname(name)];
  if (type === undefined) return undefined;
  const path = join(folder, name);
  const content = readFileSync(path);
  const compressed = encodings
    .filter(({ ending }) => existsSync(path + ending))
    .map((encoding) => ({ name: encoding.name, content: readFileSync(path + encoding.ending) }));
  const etag = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  return { type, etag, isHashed: name.startsWith('assets'), content, compressed };
}

function fileRoute(http: Http, url: string, file: PageFile): void {
  http.get(url, {
    config: { access: 'open' },
    schema: { hide: true },
    handler: async (request, reply) => answerWith(file, request, reply),
  });
}

/** A plain name does not change with the content, so the browser asks each time and is told "unchanged". */
function answerWith(file: PageFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = file.compressed.find(({ name }) => accepts(request, name));
  const etag = `"${file.etag}${body ? `-${body.name}` : ''}"`;
  reply.header('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  reply.header('etag', etag).header('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  if (body) reply.header('content-encoding', body.name);
  return reply.type(file.type).send(body?.content ?? file.content);
}

function accepts({ headers }: FastifyRequest, encoding: string): boolean {
  return String(headers['accept-encoding'] ?? '')
    .split(',')
    .some((part) => part.trim().split(';', 1)[0] === encoding && !/;\s*q=0(\.0*)?\s*$/.test(part));
}
