import { promises as dns, type LookupAddress, lookup as systemLookup } from 'node:dns';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Delivery } from '../../model/notification.ts';
import { type AllowList, mayReach } from './reach.ts';

/** What an endpoint may answer before we stop reading: enough for any error, too little to harm. */
const longestAnswerBytes = 65_536;
const longestAnswerMs = 2_000;

export type Message = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly signal: AbortSignal;
};

/** `refused`: the address may not be reached from here. `silent`: nobody answered, or not in HTTP. */
export type Answer =
  | { readonly status: number; readonly headers: IncomingMessage['headers']; readonly text: string }
  | 'refused'
  | 'silent';

/** Posts once. Never rejects, follows no redirect, unpacks nothing, and says nothing of the address. */
export type Post = (url: string, message: Message) => Promise<Answer>;

/** A URL we could post to. One with a password in it is none: it would end up in somebody's log. */
export function isWebAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/**
 * Posts to public addresses, and to those of `allowed`. A name is resolved once and the connection goes to what was
 * checked, so that a name cannot answer with a public address first and a private one afterwards.
 */
export function createPost(allowed: AllowList): Post {
  const lookup = guardedLookup(allowed);
  const agents = {
    'http:': new http.Agent({ keepAlive: true, lookup }),
    'https:': new https.Agent({ keepAlive: true, lookup }),
  };
  return (address, message) => {
    const url = new URL(address);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // An address in figures is never looked up.
    if (isIP(host) !== 0 && !mayReach(host, host, allowed)) return Promise.resolve('refused');
    const isSafe = url.protocol === 'https:';
    const agent = agents[isSafe ? 'https:' : 'http:'];
    return exchange(isSafe ? https.request : http.request, url, { agent, lookup }, message);
  };
}

class Refused extends Error {}

function guardedLookup(allowed: AllowList): LookupFunction {
  return (host, options, callback) => {
    void addressesOf(host, allowed).then((addresses) => {
      const reachable = addresses.filter(({ address }) => mayReach(address, host, allowed));
      const [first] = reachable;
      if (first === undefined) return callback(addresses.length > 0 ? new Refused() : new Error('no address'), '', 0);
      if (options.all) return callback(null, reachable);
      callback(null, first.address, first.family);
    });
  };
}

const resolver = new dns.Resolver({ timeout: 3_000, tries: 2 });

/**
 * Asked of the name servers directly: the system's own way occupies one of the few threads that also write to disk, and
 * one dead name server would hold up everybody. Names without a dot, and names the operator allows, may stand in the
 * hosts file, which only the system reads.
 */
async function addressesOf(host: string, { hosts }: AllowList): Promise<LookupAddress[]> {
  if (!host.includes('.') || hosts.has(host.toLowerCase())) {
    return new Promise((done) => systemLookup(host, { all: true }, (_error, found) => done(found ?? [])));
  }
  const [v4, v6] = await Promise.all([
    resolver.resolve4(host).catch(() => []),
    resolver.resolve6(host).catch(() => []),
  ]);
  return [...v4.map((address) => ({ address, family: 4 })), ...v6.map((address) => ({ address, family: 6 }))];
}

function exchange(
  send: typeof http.request,
  url: URL,
  options: RequestOptions,
  { headers, body, signal }: Message,
): Promise<Answer> {
  const { promise, resolve: answer } = Promise.withResolvers<Answer>();
  const length = String(Buffer.byteLength(body));
  const request = send(url, { ...options, method: 'POST', headers: { ...headers, 'content-length': length }, signal });
  request.on('error', (error) => {
    // A kept connection that was closed at the other end just now says nothing about the endpoint: once more on another.
    const isStale = request.reusedSocket && !signal.aborted && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
    if (isStale) answer(exchange(send, url, options, { headers, body, signal }));
    else answer(error instanceof Refused ? 'refused' : 'silent');
  });
  request.on('response', (response) => {
    const { statusCode: status = 0, headers } = response;
    void read(response).then((text) => answer({ status, headers, text }));
  });
  request.end(body);
  return promise;
}

/**
 * The beginning of the body. A long one, one that never ends, or one that breaks off, changes nothing about the answer:
 * whoever said 200 has it, and is not told again because of what came behind. A body read to its end frees the
 * connection for the next message.
 */
function read(response: IncomingMessage): Promise<string> {
  const { promise, resolve: done } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const end = () => {
    clearTimeout(enough);
    done(Buffer.concat(chunks).toString());
  };
  const stop = () => {
    end();
    response.destroy();
  };
  const enough = setTimeout(stop, longestAnswerMs);
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > longestAnswerBytes) stop();
  });
  response.on('end', end);
  response.on('close', end);
  response.on('error', end);
  return promise;
}

/** What an exchange without an answer means for a delivery. */
export function withoutAnswer(answer: 'refused' | 'silent'): Delivery {
  if (answer === 'silent') return { outcome: 'retry', reason: 'no answer' };
  return { outcome: 'rejected', reason: 'the address is inside a private network (see ANJU_ALLOW_PRIVATE)' };
}
