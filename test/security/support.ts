import net from 'node:net';
import { type Greeting, greeting, RawClient, eventually as soon } from '../broker/support.ts';
import { call, login, type RunningService, spawnService, temporaryFolder } from '../support/service.ts';

export const password = 'a-good-password';
export const tokenOf = (deviceId: string): string => `token-for-${deviceId}-0123456789abcdef`;

const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };

/** Two homes that look alike, in two streets, each with its hub, its phone and its people. */
export const twoHomes = {
  areas: [
    { id: 'city', name: 'City', kind: 'city' },
    { id: 'east', name: 'East Street', kind: 'street', parentId: 'city' },
    { id: 'west', name: 'West Street', kind: 'street', parentId: 'city' },
  ],
  residents: [
    { id: 'r-east', name: '王秀英', areaId: 'east', home, notes: 'keeps the key under the pot' },
    { id: 'r-west', name: '陈国栋', areaId: 'west', home },
    { id: 'r-next-door', name: '林阿姨', areaId: 'east', home },
  ],
  devices: ['east', 'west'].flatMap((side) => [
    { id: `band-${side}`, kind: 'wristband', residentId: `r-${side}`, token: tokenOf(`band-${side}`) },
    { id: `hub-${side}`, kind: 'hub', residentId: `r-${side}`, token: tokenOf(`hub-${side}`) },
    {
      id: `smoke-${side}`,
      kind: 'smokeDetector',
      residentId: `r-${side}`,
      codec: 'zigbee2mqtt',
      address: 'kitchen',
      hubId: `hub-${side}`,
    },
    {
      id: `phone-${side}`,
      kind: 'wristband',
      residentId: `r-${side}`,
      codec: 'owntracks',
      address: `family/${side}`,
      token: tokenOf(`phone-${side}`),
    },
  ]),
  users: [
    { id: 'u-op-east', username: 'op-east', password, role: 'operator', areaId: 'east' },
    { id: 'u-op-west', username: 'op-west', password, role: 'operator', areaId: 'west' },
    { id: 'u-walker', username: 'walker', password, role: 'responder', areaId: 'east' },
    { id: 'u-daughter', username: 'daughter', password, role: 'family', residentIds: ['r-east'] },
    { id: 'u-son', username: 'son', password, role: 'family', residentIds: ['r-west'] },
    { id: 'u-counter', username: 'counter', password, role: 'viewer', areaId: 'city' },
  ],
} as const;

export type Target = {
  readonly service: RunningService;
  readonly dataDir: string;
  readonly admin: string;
  /** A connection that has said nothing yet. */
  knock(): RawClient;
  /** Logged in over MQTT. */
  enter(name: string, secret: string, more?: Partial<Greeting>): Promise<RawClient>;
  /** The code of CONNACK, or undefined when the connection is closed without one. */
  tryToEnter(name: string, secret: string | Buffer): Promise<number | undefined>;
  /** `/metrics`, one number. */
  counted(name: string): Promise<number>;
};

/** The real service as a process of its own, with the two homes in it. */
export async function openTarget(environment: Record<string, string> = {}): Promise<Target> {
  const dataDir = temporaryFolder();
  const service = await spawnService(dataDir, environment);
  const admin = await login(service);
  const { status, json } = await call(service, admin, 'POST', '/import', twoHomes);
  if (status !== 200) throw new Error(`import answered ${status}: ${JSON.stringify(json)}`);
  const knock = () => new RawClient(net.connect(service.mqttPort, '127.0.0.1'));
  return {
    service,
    dataDir,
    admin,
    knock,
    async enter(name, secret, more = {}) {
      const client = knock();
      client.send(greeting(name, { password: secret, ...more }));
      const { returnCode } = await client.next('connack');
      if (returnCode !== 0) throw new Error(`${name} was refused with ${returnCode}`);
      return client;
    },
    async tryToEnter(name, secret) {
      const client = knock();
      client.send(greeting(name, { password: secret as string }));
      await soon('an answer', () => client.isClosed || client.packets.some(({ cmd }) => cmd === 'connack'));
      const answer = client.packets.find((packet) => packet.cmd === 'connack');
      client.stream.destroy();
      return answer?.returnCode;
    },
    async counted(name) {
      const text = await (await fetch(`${service.http}/metrics`)).text();
      const line = text.split('\n').find((candidate) => candidate.startsWith(`anju_${name} `));
      return Number(line?.split(' ')[1] ?? 0);
    },
  };
}
