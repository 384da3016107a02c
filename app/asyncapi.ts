import { z } from 'zod';
import { BurstPayload, TelemetryPayload } from '../ingest/codecs/native.ts';
import { ActionName, AlertView } from '../model/alert.ts';
import { CommandName } from '../model/device.ts';

const Status = z.object({ online: z.boolean() });
const Reply = z.object({ id: z.string(), ok: z.boolean(), detail: z.string().optional() });
const CommandPayload = z.object({
  id: z.string(),
  name: CommandName,
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
const ActionPayload = z.object({
  action: ActionName.exclude(['assign', 'reopen']),
  note: z.string().optional(),
  outcome: z.string().optional(),
});

type Topic = { readonly address: string; readonly says: string; readonly payload: z.ZodType };
type Topics = Readonly<Record<string, Topic>>;

const Telemetry = z.union([TelemetryPayload, z.array(TelemetryPayload)]);

/** What the service receives. */
const up: Topics = {
  telemetry: {
    address: 'v1/devices/{deviceId}/telemetry',
    says: 'Readings: one object, or a buffer being emptied, oldest first.',
    payload: Telemetry,
  },
  event: {
    address: 'v1/devices/{deviceId}/event',
    says: 'The same with `event`: the life-safety lane.',
    payload: Telemetry,
  },
  burst: { address: 'v1/devices/{deviceId}/burst', says: 'A window of acceleration.', payload: BurstPayload },
  status: { address: 'v1/devices/{deviceId}/status', says: 'On line or not; also as will.', payload: Status },
  reply: { address: 'v1/devices/{deviceId}/reply', says: 'The answer to a command.', payload: Reply },
  action: { address: 'v1/actions/{alertId}', says: 'What a responder does about an alert.', payload: ActionPayload },
};

/** What the service sends. */
const down: Topics = {
  command: {
    address: 'v1/devices/{deviceId}/command',
    says: 'A command, repeated with the same id until the device answers on `reply`.',
    payload: CommandPayload,
  },
  alert: {
    address: 'v1/alerts/{areaPath}/{severity}/{type}',
    says: 'An alert on each change; a new subscriber is sent the open ones of its scope first. `areaPath` is the area ids from the root, joined by slashes.',
    payload: AlertView,
  },
  userAlert: {
    address: 'v1/users/{username}/alerts',
    says: 'An alert sent to a user as somebody’s contact.',
    payload: AlertView,
  },
};

/** The MQTT interface as AsyncAPI 3.0, from the schemas that describe the payloads. */
export function asyncapi(): unknown {
  const all = Object.entries({ ...up, ...down });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Anju',
      version: '1',
      description:
        'MQTT 3.1 and 3.1.1 over TCP, TLS and WebSocket (`/mqtt`). Devices log in with device id and token, people with user name and session token. A PUBLISH at QoS 1 or 2 is acknowledged when everything it caused is on disk.',
    },
    channels: Object.fromEntries(all.map(([name, topic]) => [name, channelOf(name, topic)])),
    operations: Object.fromEntries([
      ...Object.keys(up).map((name) => [name, operationOf(name, 'receive')]),
      ...Object.keys(down).map((name) => [name, operationOf(name, 'send')]),
    ]),
    components: { messages: Object.fromEntries(all.map(([name, topic]) => [name, messageOf(topic)])) },
  };
}

function channelOf(name: string, { address, says }: Topic) {
  const parameters = [...address.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => [parameter, {}]);
  return {
    address,
    description: says,
    parameters: Object.fromEntries(parameters),
    messages: { [name]: { $ref: `#/components/messages/${name}` } },
  };
}

function operationOf(name: string, action: 'receive' | 'send') {
  return { action, channel: { $ref: `#/channels/${name}` } };
}

function messageOf({ payload }: Topic) {
  return { contentType: 'application/json', payload: z.toJSONSchema(payload, { unrepresentable: 'any' }) };
}
