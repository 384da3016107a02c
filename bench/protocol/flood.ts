import net from 'node:net';
import { generate } from 'mqtt-packet';

/*
 * `node bench/protocol/flood.ts PORT [connections] [window] [seconds]`: publishes at QoS 1 as fast as the broker answers and
 * prints acknowledged messages per second as JSON. It knows nothing of who answers, so brokers can be compared.
 */
const [port = 0, connections = 200, window = 20, seconds = 5] = process.argv.slice(2).map(Number);
const ackBytes = 4;
let acknowledged = 0;

function connectPacket(name: string): Buffer {
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    clientId: name,
    username: name,
    password: Buffer.from('secret'),
    clean: true,
    keepalive: 60,
  });
}

/** As many messages as the window holds, ready made: packet ids 1 to `window`. */
function messages(name: string): Buffer[] {
  const payload = JSON.stringify({
    t: 1_763_700_000_000,
    seq: 17,
    heartRateBpm: 72,
    position: { lat: 24.4451, lon: 118.0823, accuracyM: 12 },
    batteryPct: 83,
  });
  const topic = `v1/devices/${name}/telemetry`;
  return Array.from({ length: window }, (_, at) =>
    generate({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain: false, messageId: at + 1 }),
  );
}

function device(number: number): net.Socket {
  const name = `band-${number}`;
  const one = messages(name);
  const bulk = Buffer.concat([...one, ...one]);
  const size = one[0]!.length; // window is at least 1
  let next = 0;
  let leftOver = 0;
  let isConnected = false;
  const socket = net.connect(port, '127.0.0.1', () => socket.write(connectPacket(name)));
  const send = (count: number): void => {
    socket.write(bulk.subarray(next * size, (next + count) * size));
    next = (next + count) % window;
  };
  socket.setNoDelay(true);
  socket.on('data', (bytes) => {
    if (!isConnected) {
      isConnected = true;
      send(window);
      return;
    }
    const total = leftOver + bytes.length;
    const acks = Math.floor(total / ackBytes);
    leftOver = total % ackBytes;
    acknowledged += acks;
    if (acks > 0) send(acks);
  });
  return socket;
}

const sockets = Array.from({ length: connections }, (_, number) => device(number));
setTimeout(() => {
  const before = acknowledged;
  const startedAt = performance.now();
  setTimeout(() => {
    const perSecond = Math.round((acknowledged - before) / ((performance.now() - startedAt) / 1000));
    process.stdout.write(`${JSON.stringify({ connections, window, perSecond })}\n`);
    for (const socket of sockets) socket.destroy();
  }, seconds * 1000);
}, 1000);
