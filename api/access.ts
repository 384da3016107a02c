import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
  RouteOptions,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { AppError } from '../model/errors.ts';
import type { Role, User } from '../model/people.ts';
import type { MapArchive, Session } from '../store/contracts.ts';
import type { LiveBoard } from './live-board.ts';
import type { ApiParts } from './parts.ts';
import type { MapTiles } from './routes/page-settings.ts';
import type { Sessions } from './sessions.ts';
import type { StreamHub } from './stream.ts';

/**
 * Who may use a route: some roles; anybody (`open`); or people who logged in and programs on this machine (`local`).
 * A route without a declaration keeps the service from starting.
 */
export type Access = readonly Role[] | 'open' | 'local';

export const everybody: readonly Role[] = ['admin', 'operator', 'responder', 'family', 'viewer'];
/** Everybody who may know names. */
export const carers: readonly Role[] = ['admin', 'operator', 'responder', 'family'];
export const administrators: readonly Role[] = ['admin'];
export const centre: readonly Role[] = ['admin', 'operator'];

/** Somebody who has logged in. */
export type Caller = { readonly user: User; readonly session: Session };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** A screen on a wall may use it, too. */
    displays?: true;
  }
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

/** The Fastify instance with zod as the source of types. */
export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What every route may use. */
export type Context = {
  readonly parts: ApiParts;
  readonly sessions: Sessions;
  readonly board: LiveBoard;
  readonly hub: StreamHub;
  /** Where the pages get map pictures from. */
  readonly mapTiles: MapTiles | undefined;
  /** The pictures themselves, when the service has them. */
  readonly mapArchive: MapArchive | undefined;
};

/** Refuses to register a route that does not say who may use it. */
export function requireDeclaration(route: RouteOptions): void {
  if (route.config?.access === undefined) throw new Error(`${String(route.method)} ${route.url} declares no access`);
}

/** The hook before every route: who is it, and may this role do this at all? Runs before a body is read. */
export function gatekeeper(sessions: Sessions) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const { access, displays } = request.routeOptions.config;
    if (access === undefined || access === 'open') return; // undefined: no such route
    if (access === 'local' && isLocal(request)) return;
    request.caller = await callerOf(sessions, request);
    if (access !== 'local' && !access.includes(request.caller.user.role)) {
      throw new AppError('forbidden', `A ${request.caller.user.role} may not do this.`);
    }
    if (request.caller.session.displayId !== undefined && displays !== true)
      throw new AppError('forbidden', 'A display reads the wall and nothing else.');
  };
}

async function callerOf(sessions: Sessions, request: FastifyRequest): Promise<Caller> {
  const token = bearerToken(request);
  const caller = token === undefined ? undefined : await sessions.caller(token);
  if (caller === undefined) throw new AppError('unauthenticated', 'Log in first: the session is missing or over.');
  return caller;
}

/** The token of the authorization header, if there is one. */
function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w~+/.-]{1,512}=*)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** A proxy on this machine speaks for people elsewhere, so what it forwards is not local. */
export function isLocal(request: FastifyRequest): boolean {
  if (request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined) return false;
  return /^(127\.|::1$|::ffff:127\.)/.test(request.ip);
}

/** The user of a route that is not open. */
export function userOf(request: FastifyRequest): User {
  if (request.caller === undefined) throw new Error(`${request.routeOptions.url} is open and has no caller`);
  return request.caller.user;
}
