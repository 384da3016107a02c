import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { z } from 'zod';
import type { CommunityDocument } from '../../model/community.ts';
import { AppError } from '../../model/errors.ts';
import type { LifeEvent } from '../life/event.ts';

export type FleetCounts = { sent: number; acknowledged: number; failed: number };

const connectingAtOnce = 40;
const firstConnectMs = 10_000;
const Command = z.object({ id: z.string() });

/** The devices of a community, each with its own MQTT connection, as their makers would have built them. */
export class Fleet {
  readonly counts: FleetCounts = { sent: 0, acknowledged: 0, failed: 0 };
  readonly #clients = new Map<string, MqttClient>();
  #isClosed = false;

  /** Connects every device that has a token. Throws when one is refused: then the rest means nothing. */
  async connect(mqttUrl: string, devices: CommunityDocument['devices']): Promise<void> {
    const waiting = devices.filter(({ token }) => token !== undefined).toReversed();
    const opener = async () => {
      for (let device = waiting.pop(); device && !this.#isClosed; device = waiting.pop())
        await this.#open(mqttUrl, device);
    };
    await Promise.all(Array.from({ length: connectingAtOnce }, opener));
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Says it now: the device's clock shows `nowMs`. A device that is not connected keeps it until it is. */
  say({ deviceId, lane, payload }: LifeEvent, nowMs: number): void {
    const client = this.#clients.get(deviceId);
    if (client === undefined) return;
    this.#publish(client, `v1/devices/${deviceId}/${lane}`, { t: nowMs, ...payload });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#clients.values()].map((client) => client.endAsync(true)));
    this.#clients.clear();
  }

  async #open(mqttUrl: string, { id, token }: CommunityDocument['devices'][number]): Promise<void> {
    const client = await connected(mqttUrl, {
      clientId: id,
      username: id,
      password: token!, // connect() takes only devices that have one
      protocolVersion: 4,
      clean: true,
      keepalive: 60,
      connectTimeout: firstConnectMs,
      will: { topic: `v1/devices/${id}/status`, payload: Buffer.from('{"online":false}'), qos: 1, retain: false },
    });
    if (this.#isClosed) return client.endAsync(true); // another one was refused meanwhile
    client.on('error', () => undefined); // it reconnects by itself; what it could not say is counted
    client.on('message', (_topic, payload) => this.#answer(client, id, payload));
    this.#clients.set(id, client);
    await client.subscribeAsync(`v1/devices/${id}/command`, { qos: 1 });
    this.#publish(client, `v1/devices/${id}/status`, { online: true });
  }

  #answer(client: MqttClient, deviceId: string, payload: Buffer): void {
    const command = Command.safeParse(JSON.parse(payload.toString()));
    if (command.success) this.#publish(client, `v1/devices/${deviceId}/reply`, { id: command.data.id, ok: true });
  }

  #publish(client: MqttClient, topic: string, payload: object): void {
    this.counts.sent += 1;
    client.publish(topic, JSON.stringify(payload), { qos: 1 }, (error) => {
      if (error) this.counts.failed += 1;
      else this.counts.acknowledged += 1;
    });
  }
}

async function connected(mqttUrl: string, options: IClientOptions): Promise<MqttClient> {
  try {
    return await mqtt.connectAsync(mqttUrl, options);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException; // mqtt rejects with nothing else
    throw new AppError('unavailable', `${options.username} cannot connect to ${mqttUrl}: ${message || code}`);
  }
}
