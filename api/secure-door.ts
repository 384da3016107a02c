import type { ServerOptions } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { Http } from './access.ts';

/** PEM texts of what browsers are shown. */
export type Certificate = { readonly cert: string | Buffer; readonly key: string | Buffer };
export type SecureListen = Certificate & { readonly host: string; readonly port: number };

const versions = { minVersion: 'TLSv1.2' } as const;
const handshakeTimeoutMs = 10_000;

/** The same pages and the same API over TLS: without it no phone installs the page, takes Web Push or tells its position. */
export class SecureDoor {
  readonly #server: Server;
  readonly #listen: SecureListen;

  /** Requests and upgrades are answered by `http`, and what its own server puts up with holds here. */
  constructor(http: Http, listen: SecureListen, options: ServerOptions) {
    const { cert, key } = listen;
    const { requestTimeout, keepAliveTimeout, timeout, maxConnections } = http.server;
    this.#listen = listen;
    this.#server = createServer({
      ...{ ...options, requestTimeout, keepAliveTimeout },
      ...{ ...versions, cert, key, handshakeTimeout: handshakeTimeoutMs },
    });
    this.#server.on('request', http.routing);
    this.#server.on('upgrade', (...upgrade) => http.server.emit('upgrade', ...upgrade));
    this.#server.setTimeout(timeout);
    this.#server.maxConnections = maxConnections;
  }

  /** Resolves with the real port; rejects when it cannot be had. */
  start(): Promise<number> {
    const { host, port } = this.#listen;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port); // a listening TCP server has one
      });
    });
  }

  /** For connections from now on. Throws what TLS says of a pair that does not fit; then the old one stays. */
  renew({ cert, key }: Certificate): void {
    createSecureContext({ cert, key });
    this.#server.setSecureContext({ cert, key, ...versions });
  }

  /** Takes nobody any more; resolves when requests under way are answered. */
  stop(): Promise<void> {
    if (!this.#server.listening) return Promise.resolve();
    const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    return stopped;
  }

  cut(): void {
    this.#server.closeAllConnections();
  }
}
