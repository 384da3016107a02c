import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import type { Broker } from './contracts.ts';
import { defaultLimits } from './limits.ts';

const subprotocols = ['mqtt', 'mqttv3.1'];

/** One WebSocket message may hold several packets; this bounds what is held of it. */
const maxPayload = defaultLimits.packetBytes + defaultLimits.controlPacketBytes;
/** "Unsupported data" of RFC 6455: MQTT is binary [MQTT-6.0.0-1]. */
const notBinary = 1003;

/** What to do with an upgrade request at `/mqtt`; the path and everything else of HTTP is judged before. */
export function webSocketUpgrade(
  broker: Pick<Broker, 'handleStream'>,
): (req: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, handleProtocols: choose });
  return (req, socket, head) => {
    if (!speaksMqtt(req)) return refuse(socket);
    server.handleUpgrade(req, socket, head, (webSocket) => broker.handleStream(streamOf(webSocket)));
  };
}

function choose(offered: Set<string>): string | false {
  return subprotocols.find((name) => offered.has(name)) ?? false;
}

/** Tools that offer no subprotocol at all are let in; those that offer others mean something else. */
function speaksMqtt(req: IncomingMessage): boolean {
  const offered = req.headers['sec-websocket-protocol'];
  return offered === undefined || offered.split(',').some((name) => subprotocols.includes(name.trim()));
}

function refuse(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function streamOf(webSocket: WebSocket): Duplex {
  const stream = createWebSocketStream(webSocket);
  webSocket.prependListener('message', (_data, isBinary) => {
    if (!isBinary) webSocket.close(notBinary);
    if (!isBinary) stream.destroy();
  });
  return stream;
}
