import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createBroker } from '../../broker/broker.ts';
import type { BrokerHost } from '../../broker/contracts.ts';

/*
 * `node bench/protocol/throughput.ts [rounds] [seconds]`: the door with a host that answers in batches, alternating with a
 * bare Mosquitto, same generator, on one machine. Prints each figure and the ratio of the medians.
 */
const [rounds = 3, seconds = 4] = process.argv.slice(2).map(Number);
const run = promisify(execFile);
const flood = path.join(import.meta.dirname, 'flood.ts');
const silent = { info() {}, warn() {}, error: (facts: object, message: string) => console.error(message, facts) };

/** Answers everything that arrived in one turn of the event loop at once, as a group commit does. */
function batchingHost(): BrokerHost {
  let waiting: (() => void)[] = [];
  const answerAll = (): void => {
    const batch = waiting;
    waiting = [];
    for (const done of batch) done();
  };
  return {
    authenticate: async (id) => ({ kind: 'device', id, device: { id, kind: 'wristband' } }),
    mayPublish: (principal, topic) => topic.startsWith(`v1/devices/${principal.id}/`),
    maySubscribe: () => false,
    accept: (_uplink, done) => {
      if (waiting.push(done) === 1) setImmediate(answerAll);
    },
    act: (_principal, _topic, _payload, done) => done(),
    greet: () => [],
    presence: () => {},
  };
}

async function measure(port: number): Promise<number> {
  const { stdout } = await run(process.execPath, [flood, `${port}`, '200', '20', `${seconds}`]);
  return JSON.parse(stdout).perSecond;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0);
  const { port } = server.address() as net.AddressInfo; // it listens on TCP
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startMosquitto(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const file = path.join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'set_tcp_nodelay true',
    'max_inflight_messages 0',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const child = spawn('/usr/sbin/mosquitto', ['-c', file], { stdio: 'ignore' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { child, port };
}

const median = (figures: number[]): number => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

const folder = await mkdtemp(path.join(tmpdir(), 'throughput-'));
const broker = createBroker({ mqttPort: 0, host: '127.0.0.1', log: silent }, batchingHost());
const { mqttPort } = await broker.start();
const mosquitto = await startMosquitto(folder);
const ours: number[] = [];
const theirs: number[] = [];
for (let round = 0; round < rounds; round++) {
  ours.push(await measure(mqttPort));
  theirs.push(await measure(mosquitto.port));
  console.log(`round ${round + 1}: ours ${ours.at(-1)} /s, mosquitto ${theirs.at(-1)} /s`);
}
console.log(
  JSON.stringify({ ours: median(ours), mosquitto: median(theirs), ratio: +(median(ours) / median(theirs)).toFixed(2) }),
);
mosquitto.child.kill();
await broker.stop();
await rm(folder, { recursive: true });
