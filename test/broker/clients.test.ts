import { type ChildProcess, execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTarget, password, type Target, tokenOf } from '../security/support.ts';
import { call, eventually, login, removeFolder } from '../support/service.ts';

/* Clients that others wrote, as Debian ships them: Mosquitto's and Eclipse Paho for Python. `mqtt` for Node is everywhere else. */

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await target.service.kill('SIGTERM');
  removeFolder(target.dataDir);
});

type Ended = { readonly status: number; readonly stdout: string; readonly stderr: string };
type Running = { readonly ended: Promise<Ended>; said(): string };

function start(program: string, args: readonly string[], input = ''): Running {
  let text = '';
  let child: ChildProcess | undefined;
  const ended = new Promise<Ended>((resolve) => {
    child = execFile(program, args, { timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
    child.stdin?.on('error', () => {}).end(input); // some end without reading it
  });
  child?.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  return { ended, said: () => text };
}

const run = (program: string, args: readonly string[], input?: string) => start(program, args, input).ended;

const at = () => ['-h', '127.0.0.1', '-p', `${target.service.mqttPort}`];
const asBand = (id = 'band-east') => ['-u', id, '-P', tokenOf(id)];
const publish = (...args: string[]) => run('mosquitto_pub', [...at(), ...args]);
const event = (id: string) => `v1/devices/${id}/event`;
const pulses = async (side: string) => {
  const path = `/residents/r-${side}/readings?metric=heartRateBpm&from=0`;
  const { json } = await call(target.service, target.admin, 'GET', path);
  return (json as { items: { value: number }[] }).items.map(({ value }) => value);
};

describe('mosquitto_pub and mosquitto_sub', () => {
  test('speak 3.1 and 3.1.1 at every quality, and everything is kept', async () => {
    let bpm = 60;
    for (const version of ['mqttv31', 'mqttv311'])
      for (const qos of ['0', '1', '2']) {
        bpm += 1;
        const said = JSON.stringify({ seq: bpm, heartRateBpm: bpm });
        const topic = 'v1/devices/band-east/telemetry';
        const { status, stderr } = await publish(...asBand(), '-V', version, '-q', qos, '-t', topic, '-m', said);
        expect({ version, qos, status, stderr }).toEqual({ version, qos, status: 0, stderr: '' });
      }
    expect(await eventually(async () => ((await pulses('east')).length === 6 ? true : undefined))).toBe(true);
    expect((await pulses('east')).toSorted()).toEqual([61, 62, 63, 64, 65, 66]);
  });

  test('many lines over one connection, with a will and a retain flag nobody minds', async () => {
    const lines = Array.from({ length: 50 }, (_, i) => JSON.stringify({ seq: i, heartRateBpm: 100 + i }));
    const will = ['--will-topic', 'v1/devices/band-west/status', '--will-payload', '{"online":false}'];
    const args = [
      ...at(),
      ...asBand('band-west'),
      ...will,
      '-r',
      '-q',
      '1',
      '-l',
      '-t',
      'v1/devices/band-west/telemetry',
    ];
    expect(await run('mosquitto_pub', args, `${lines.join('\n')}\n`)).toMatchObject({ status: 0, stderr: '' });
    expect(await eventually(async () => ((await pulses('west')).length === 50 ? true : undefined))).toBe(true);
  });

  test('the walker listens and is told of an SOS as it happens, and of what is open when he comes later', async () => {
    const session = await login(target.service, 'walker', password);
    const listen = [...at(), '-u', 'walker', '-P', session, '-q', '1', '-t', 'v1/alerts/city/east/#', '-C', '1', '-v'];
    const listening = start('stdbuf', ['-oL', 'mosquitto_sub', ...listen, '-d']); // says what it does, line by line
    expect(await eventually(() => listening.said().includes('SUBACK') || undefined)).toBe(true);
    const sos = ['-q', '1', '-t', event('band-east'), '-m', '{"seq":200,"event":"sos"}'];
    expect(await publish(...asBand(), ...sos)).toMatchObject({ status: 0 });
    for (const { status, stdout } of [await listening.ended, await run('mosquitto_sub', listen)]) {
      expect(status).toBe(0);
      expect(stdout).toMatch(/^v1\/alerts\/city\/east\/P1\/sos \{.*"type":"sos"/m);
    }
  });

  test('a wrong token and MQTT 5 are refused in words a person understands', async () => {
    const said = ['-q', '1', '-t', event('band-east'), '-m', '{"event":"sos"}'];
    const wrong = await publish('-u', 'band-east', '-P', 'guessed-token-0123456789', ...said);
    expect(wrong.stderr).toContain('Connection Refused: bad user name or password');
    const five = await publish(...asBand(), '-V', 'mqttv5', ...said);
    expect(five.stderr).toMatch(/unacceptable protocol version|Unsupported protocol version/i);
    expect([wrong.status, five.status].every((status) => status > 0)).toBe(true);
  });

  test('a filter of others is answered with "not granted"', async () => {
    const session = await login(target.service, 'walker', password);
    const args = [...at(), '-u', 'walker', '-P', session, '-t', 'v1/alerts/city/west/#', '-W', '5'];
    expect((await run('mosquitto_sub', args)).stderr).toContain('All subscription requests were denied');
  });
});

/** Logs in, listens for commands, says an SOS at each quality, waits for each answer; then once as MQTT 5. */
const paho = `
import sys, json, paho.mqtt.client as mqtt
port, user, token = int(sys.argv[1]), sys.argv[2], sys.argv[3]
told = {}
client = mqtt.Client(client_id='paho', protocol=mqtt.MQTTv311)
client.username_pw_set(user, token)
client.will_set('v1/devices/%s/status' % user, '{"online":false}', qos=1)
client.on_connect = lambda c, u, f, rc: told.update(connected=rc, session=f['session present'])
client.on_subscribe = lambda c, u, mid, granted: told.update(granted=list(granted))
client.connect('127.0.0.1', port, keepalive=30)
client.loop_start()
import time
def wait(name):
    end = time.time() + 10
    while name not in told and time.time() < end: time.sleep(0.01)
wait('connected')
client.subscribe([('v1/devices/%s/command' % user, 1), ('#', 1)])
wait('granted')
answered = []
for qos in (0, 1, 2):
    info = client.publish('v1/devices/%s/telemetry' % user, json.dumps({'seq': 300 + qos, 'spo2Pct': 95 + qos}), qos=qos)
    info.wait_for_publish(10)
    answered.append(info.is_published())
told['answered'] = answered
client.disconnect(); client.loop_stop()
five = mqtt.Client(client_id='paho5', protocol=mqtt.MQTTv5)
five.username_pw_set(user, token)
five.on_connect = lambda c, u, f, rc, p=None: told.update(five=str(rc))
five.on_disconnect = lambda c, u, rc, p=None: told.update(ended=True)
try:
    five.connect('127.0.0.1', port); five.loop_start(); wait('ended'); five.loop_stop()
except Exception as error: told['ended'] = True
print(json.dumps(told))
`;

test('paho for Python publishes at every quality, is granted its commands and nothing else, and is refused as MQTT 5', async () => {
  const args = ['-c', paho, `${target.service.mqttPort}`, 'band-west', tokenOf('band-west')];
  const { stdout, stderr } = await run('/usr/bin/python3', args);
  expect(stderr).toBe('');
  const { five, ...told } = JSON.parse(stdout) as { five?: string };
  expect(told).toEqual({ connected: 0, session: 0, granted: [1, 128], answered: [true, true, true], ended: true });
  expect(five ?? 'no answer it could read').not.toBe('Success');
});
