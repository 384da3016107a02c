import { createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AedesOptions, type AedesPublishPacket } from 'aedes';

export type TestBroker = {
  readonly url: string;
  readonly published: AedesPublishPacket[];
  readonly sockets: Set<Socket>;
  readonly aedes: Aedes;
  close(): Promise<void>;
};

/** A real MQTT broker on a free port that keeps what clients publish. */
export async function startBroker(options: AedesOptions = {}): Promise<TestBroker> {
  const aedes = await Aedes.createBroker(options);
  const published: AedesPublishPacket[] = [];
  aedes.on('publish', (packet, client) => {
    if (client !== null) published.push(packet);
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  const url = await listening(server);
  const close = async () => {
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, published, sockets, aedes, close };
}

/** A server of raw sockets, for brokers that misbehave. */
export async function startRaw(talk: (socket: Socket) => void): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  const url = await listening(server);
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, close };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `mqtt://127.0.0.1:${address.port}`;
}
