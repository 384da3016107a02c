import type { IncomingMessage, ServerOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Alert, AlertView } from '../model/alert.ts';
import type { User } from '../model/people.ts';
import type { Reading } from '../model/reading.ts';
import type { MapArchive, PurposeEnds } from '../store/contracts.ts';
import { type Access, type Context, gatekeeper, type Http, requireDeclaration } from './access.ts';
import { confirmed } from './confirmed.ts';
import { LiveBoard } from './live-board.ts';
import { asyncapiRoute, describeApi, openapiRoute } from './openapi.ts';
import { pageRoutes } from './pages.ts';
import type { ApiParts } from './parts.ts';
import { errorHandler, notFoundHandler } from './problems.ts';
import { answerRoutes } from './routes/answers.ts';
import { healthRoutes } from './routes/health.ts';
import { apiRoutes } from './routes/index.ts';
import type { MapTiles } from './routes/page-settings.ts';
import { type Certificate, SecureDoor, type SecureListen } from './secure-door.ts';
import { securityHeaders } from './security-headers.ts';
import { Sessions } from './sessions.ts';
import { StreamHub } from './stream.ts';
import type { DeviceChange } from './stream-events.ts';

/** A request's body; imports may be larger. */
const bodyBytesAtMost = 1_048_576;
/** A client that sends its headers or its body drop by drop is not waited for. */
export type Patience = {
  readonly headersMs: number;
  readonly requestMs: number;
  readonly lookEveryMs: number;
  /** A reader that takes nothing for so long holds a page of the history open for nobody. The stream beats more often. */
  readonly idleMs: number;
};
const patience: Patience = { headersMs: 10_000, requestMs: 30_000, lookEveryMs: 2_000, idleMs: 60_000 };
const requestsFinishWithinMs = 1_500;
const keptAliveMs = 30_000;
const connectionsAtMost = 20_000;
/** Often enough that a page which hears nothing for 9 s knows that the connection is gone. */
const beatEveryMs = 4_000;
const sessionsSweptEveryMs = 3_600_000;

export type ApiOptions = {
  readonly host: string;
  readonly port: number;
  /** The built pages. */
  readonly webDir?: string;
  readonly mapTiles?: MapTiles | undefined;
  readonly mapArchive?: MapArchive | undefined;
  /** The same over TLS, on a port of its own. */
  readonly secure?: SecureListen | undefined;
  /** Whose word counts about where a request comes from (`X-Forwarded-For`); nobody's when absent. */
  readonly isTrustedProxy?: ((address: string) => boolean) | undefined;
  /** Beyond it a connection is closed as it comes. */
  readonly connectionsAtMost?: number;
  readonly patience?: Partial<Patience>;
};
export type RegisteredRoute = { readonly method: string; readonly url: string; readonly access: Access };

export interface Api {
  /** Listens; resolves with the real ports. */
  start(): Promise<{ readonly port: number; readonly httpsPort: number | undefined }>;
  /** Ends the streams, lets requests under way finish, closes. */
  stop(): Promise<void>;
  /** Another certificate for connections over TLS from now on; throws when it does not fit, and the old one stays. */
  renewTls(certificate: Certificate): void;
  readonly sessions: Sessions;
  /** For log-in over MQTT with a session token as password. */
  authenticateSession(token: string): Promise<User | undefined>;
  /** After a commit: updates what is known last, and tells who watches. */
  readingCommitted(reading: Reading): void;
  alertChanged(alert: Alert): void;
  /** Shows an alert on the pages a user has open; resolves with whether one of them took it. */
  show(username: string, alert: AlertView): Promise<boolean>;
  deviceChanged(change: DeviceChange): void;
  /** Nothing of a resident who was erased stays in memory. */
  forget(subjectId: string): void;
  /** Nor what was kept long enough, of anybody. */
  letGo(ends: PurposeEnds): void;
  /** Everything that can be asked for. */
  readonly routes: readonly RegisteredRoute[];
}

/** The HTTP interface: REST, event stream, the page, and the door to MQTT over WebSocket. */
export async function createApi(parts: ApiParts, options: ApiOptions): Promise<Api> {
  const http = newServer(parts, options);
  const context = contextOf(parts, options);
  const routes: RegisteredRoute[] = [];
  http.addHook('onRoute', (route) => {
    requireDeclaration(route);
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, access: route.config!.access! }); // just required
  });
  // Before any route: a route keeps the handler it was registered under.
  http.setErrorHandler(errorHandler(parts.log));
  http.setNotFoundHandler(notFoundHandler((path) => methodsAt(routes, path)));
  await register(http, context, options.webDir ?? fileURLToPath(new URL('../web/dist/', import.meta.url)));
  await http.ready();
  return apiOf(http, context, routes, options);
}

function newServer(parts: ApiParts, options: ApiOptions): Http {
  const { requestMs, idleMs } = { ...patience, ...options.patience };
  const http = Fastify({
    bodyLimit: bodyBytesAtMost,
    requestTimeout: requestMs,
    connectionTimeout: idleMs,
    keepAliveTimeout: keptAliveMs,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    trustProxy: options.isTrustedProxy ?? false,
    http: doorOptions(parts, options),
  }).withTypeProvider<ZodTypeProvider>();
  // Two doors share what there is: no more descriptors than meant may go to people's, or devices would lack them.
  http.server.maxConnections = Math.floor((options.connectionsAtMost ?? connectionsAtMost) / (options.secure ? 2 : 1));
  http.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    parts.mqttUpgrade?.(request, socket, head);
  });
  http.setValidatorCompiler(validatorCompiler);
  // Answers are built by views with types; the schemas of responses are for the description.
  http.setSerializerCompiler(() => JSON.stringify);
  return http;
}

/** What holds at every door. */
function doorOptions(parts: ApiParts, options: ApiOptions): ServerOptions {
  const { headersMs, lookEveryMs } = { ...patience, ...options.patience };
  return {
    headersTimeout: headersMs,
    connectionsCheckingInterval: lookEveryMs,
    // Any other upgrade (h2c, say) is answered as if it had not been asked for.
    shouldUpgradeCallback: (request) => isMqtt(request) && parts.mqttUpgrade !== undefined,
  };
}

function isMqtt(request: IncomingMessage): boolean {
  return request.url?.split('?', 1)[0] === '/mqtt';
}

function contextOf(parts: ApiParts, { mapTiles, mapArchive }: ApiOptions): Context {
  const sessions = new Sessions(parts);
  const hub = new StreamHub({
    directory: parts.directory,
    openAlerts: () => parts.desk.open(),
    isOpen: (session) => sessions.isOpen(session),
    startedAtMs: parts.clock(),
  });
  return { parts, sessions, hub, board: new LiveBoard(parts.directory, parts.telemetry), mapTiles, mapArchive };
}

async function register(http: Http, context: Context, webDir: string): Promise<void> {
  http.decorateRequest('caller', undefined);
  const headers = securityHeaders(context.mapTiles);
  http.addHook('onRequest', (_request, reply, done) => {
    // Of the bare answer: what a stream of events writes by itself carries them, too.
    reply.raw.setHeaders(headers as Map<string, string>);
    // What is answered is about people, so nobody on the way keeps it; the page's own files say otherwise.
    reply.header('cache-control', 'no-store');
    done();
  });
  await http.register(rateLimit, { global: false });
  http.addHook('onSend', confirmed(context.parts.records));
  // After the security headers: a refusal carries them as well.
  http.addHook('onRequest', gatekeeper(context.sessions));
  await describeApi(http);
  await http.register(
    async (base: Http) => {
      for (const routes of apiRoutes) routes(base, context);
      openapiRoute(base);
      asyncapiRoute(base, context.parts.asyncapi);
    },
    { prefix: '/api/v1' },
  );
  healthRoutes(http, context);
  await http.register(async (root: Http) => answerRoutes(root, context));
  pageRoutes(http, webDir);
}

function apiOf(
  http: Http,
  { sessions, hub, board, parts }: Context,
  routes: RegisteredRoute[],
  options: ApiOptions,
): Api {
  const timers: NodeJS.Timeout[] = [];
  const secure = options.secure && new SecureDoor(http, options.secure, doorOptions(parts, options));
  return {
    sessions,
    routes,
    async start() {
      timers.push(
        setInterval(() => hub.beat(), beatEveryMs),
        setInterval(sweep, sessionsSweptEveryMs),
      );
      await http.listen({ host: options.host, port: options.port });
      const address = http.server.address();
      const port = typeof address === 'object' && address !== null ? address.port : options.port;
      return { port, httpsPort: await secure?.start() };
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      hub.close();
      // What is still open by then (a client that never sent its request) is cut.
      const impatience = setTimeout(() => {
        http.server.closeAllConnections();
        secure?.cut();
      }, requestsFinishWithinMs);
      await Promise.all([http.close(), secure?.stop()]);
      clearTimeout(impatience);
    },
    renewTls: (certificate) => secure?.renew(certificate),
    authenticateSession: (token) => sessions.authenticateSession(token),
    readingCommitted(reading) {
      if (board.onReading(reading)) hub.positionChanged(reading);
    },
    alertChanged: (alert) => hub.alertChanged(alert),
    show: (username, alert) => hub.show(username, alert),
    deviceChanged: (change) => hub.deviceChanged(change),
    forget(subjectId) {
      board.forget(subjectId);
      hub.forget(subjectId);
    },
    letGo: (ends) => board.letGo(ends),
  };

  function sweep(): void {
    sessions
      .dropExpired(parts.clock())
      .catch((error: unknown) => parts.log.warn({ err: error }, 'old sessions were not swept'));
  }
}

/** The methods an address takes; none when there is no such address. */
function methodsAt(routes: readonly RegisteredRoute[], path: string): string[] {
  return routes.filter(({ url }) => matches(url, path)).map(({ method }) => method);
}

function matches(url: string, path: string): boolean {
  const wanted = url.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i]);
}
