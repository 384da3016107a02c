import mqtt from 'mqtt';
import { tokenOf } from './community.ts';
import type { RunningService } from './service.ts';

/** What one band has measured and how much of it was acknowledged: a buffer that it empties message by message. */
type Band = { readonly id: string; readonly messages: readonly string[]; acknowledged: number };

const inFlight = 4;

/** Bands with full buffers. They publish over MQTT at QoS 1 and forget a message when it is acknowledged. */
export class Fleet {
  readonly #bands: readonly Band[];

  constructor(bands: number, messages: number, readingsInEach: number, fromMs: number) {
    this.#bands = Array.from({ length: bands }, (_, i) => ({
      id: `band-${i}`,
      messages: Array.from({ length: messages }, (_, m) => messageOf(i, m * readingsInEach, readingsInEach, fromMs)),
      acknowledged: 0,
    }));
  }

  get acknowledged(): number {
    return this.#bands.reduce((sum, band) => sum + band.acknowledged, 0);
  }

  /** Publishes until everything is acknowledged, or everybody was cut off. */
  async publish(service: RunningService): Promise<void> {
    await Promise.all(this.#bands.map((band) => empty(band, service)));
  }
}

async function empty(band: Band, service: RunningService): Promise<void> {
  const options = { username: band.id, password: tokenOf(band.id), clientId: band.id, reconnectPeriod: 0 };
  const client = await mqtt.connectAsync(service.mqttUrl, options).catch(() => undefined);
  if (client === undefined) return;
  const cut = new Promise<'cut'>((resolve) => client.once('close', () => resolve('cut')));
  client.on('error', () => undefined); // being cut off is what the story is about
  while (band.acknowledged < band.messages.length) {
    const some = band.messages.slice(band.acknowledged, band.acknowledged + inFlight);
    const topic = `v1/devices/${band.id}/telemetry`;
    const sent = Promise.all(some.map((message) => client.publishAsync(topic, message, { qos: 1 })));
    if ((await Promise.race([sent, cut]).catch(() => 'cut')) === 'cut') break;
    band.acknowledged += some.length;
  }
  client.end(true);
}

/** Readings a second apart; every tenth has a position, every third says so at the same second as its neighbour. */
function messageOf(band: number, first: number, count: number, fromMs: number): string {
  const readings = Array.from({ length: count }, (_, i) => {
    const seq = first + i;
    const position = { lat: 24.4 + band / 1_000, lon: 118.1 + seq / 1e6, accuracyM: 8 };
    return {
      t: fromMs + (seq - (seq % 3 === 1 ? 1 : 0)) * 1_000,
      seq,
      heartRateBpm: 60 + (seq % 50),
      ...(seq % 10 === 0 && { position }),
    };
  });
  return JSON.stringify(readings);
}
