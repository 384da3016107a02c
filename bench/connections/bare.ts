import { createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';

/*
 * `node bench/connections/bare.ts aedes|sockets`: a broker that lets everybody in and keeps nothing; or a server that only
 * holds the sockets and says CONNACK and PUBACK to whatever comes. What a connection costs there is not ours.
 */
const connackPacket = Buffer.from([0x20, 2, 0, 0]);
const pubackPacket = Buffer.from([0x40, 2, 0, 1]);

function bareSocket(socket: Socket): void {
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => socket.write(bytes[0]! >> 4 === 1 ? connackPacket : pubackPacket));
}

async function handlerOf(kind: string | undefined): Promise<(socket: Socket) => void> {
  if (kind === 'sockets') return bareSocket;
  const aedes = await Aedes.createBroker();
  return (socket) => void aedes.handle(socket);
}

const server = createServer({ noDelay: true }, await handlerOf(process.argv[2]));
server.listen(0, '127.0.0.1', 1024, () => {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
