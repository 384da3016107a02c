import net from 'node:net';
import tls from 'node:tls';

/** PEM texts. */
export type TlsFiles = {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
  /** Of clients: with it only a client with a certificate of this authority gets in, and shows its token all the same. */
  readonly ca?: string | Buffer;
};

/** A peer that has not finished its handshake by then is closed. */
const handshakeTimeoutMs = 10_000;
/** Whoever the system has let in and we have not yet: after a power cut a town comes back at one moment. It may give less. */
const waitingAtMost = 4_096;

export function tcpDoor(admit: (socket: net.Socket) => void): net.Server {
  return net.createServer({ noDelay: true }, admit);
}

/** What stays when a certificate is renewed. */
const versions = { minVersion: 'TLSv1.2' } as const;

export function tlsDoor(files: TlsFiles, admit: (socket: tls.TLSSocket) => void, failed: (error: Error) => void) {
  const proof = { requestCert: files.ca !== undefined, rejectUnauthorized: files.ca !== undefined };
  const options = { ...files, ...proof, ...versions, handshakeTimeout: handshakeTimeoutMs, noDelay: true };
  return tls.createServer(options, admit).on('tlsClientError', failed);
}

/** For connections from now on. Throws what TLS says of a pair that does not fit; then the old one stays. */
export function renewTls(door: tls.Server, files: TlsFiles): void {
  const { cert, key } = files;
  tls.createSecureContext({ cert, key });
  door.setSecureContext({ ...files, ...versions });
}

/** Resolves with the real port; rejects when the port cannot be had. */
export function listen(server: net.Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, backlog: waitingAtMost, ...(host !== undefined && { host }) }, () => {
      server.off('error', reject);
      resolve((server.address() as net.AddressInfo).port); // a listening TCP server has one
    });
  });
}

/** Takes no more connections; those it has are closed by who owns them. */
export function shut(server: net.Server | undefined): void {
  if (server?.listening) server.close();
}
