import { codecFor } from '../../ingest/codecs/index.ts';
import type { Decoded, DecodeResult, Refusal } from '../../ingest/contracts.ts';
import { Duplicates } from '../../ingest/duplicates.ts';
import { households } from '../../ingest/household.ts';
import { normalise } from '../../ingest/normalise.ts';
import type { Device } from '../../model/device.ts';
import { Directory } from '../../model/directory.ts';
import type { Facts, Reading } from '../../model/reading.ts';

export const morningMs = Date.UTC(2026, 2, 14, 8, 0);

export const band: Device = { id: 'band-7', kind: 'wristband', residentId: 'wang' };
export const hub: Device = { id: 'hub-1', kind: 'hub', residentId: 'wang' };
export const phone: Device = {
  id: 'phone-1',
  kind: 'wristband',
  residentId: 'wang',
  codec: 'owntracks',
  address: 'wang/phone',
};

export function zigbee(id: string, kind: Device['kind'], address: string, hubId = hub.id): Device {
  return { id, kind, residentId: 'wang', codec: 'zigbee2mqtt', address, hubId };
}

export function directoryOf(...devices: readonly Device[]): Directory {
  const directory = new Directory();
  for (const device of devices) directory.apply({ kind: 'devices', id: device.id, entity: device });
  return directory;
}

export function bytes(payload: unknown): Uint8Array {
  return new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
}

/** What a codec makes of one message from `sender` in a home with these devices. */
export function decode(topic: string, payload: Uint8Array, sender: Device, ...others: readonly Device[]): DecodeResult {
  const codec = codecFor(topic);
  if (codec === undefined) throw new Error(`no codec speaks ${topic}`);
  return codec.decode(topic, payload, households(directoryOf(sender, ...others))(sender));
}

export function decodedOf(result: DecodeResult): readonly Decoded[] {
  return 'decoded' in result ? result.decoded : [];
}

export function refusalsOf(result: DecodeResult): readonly Refusal[] {
  return 'refused' in result ? result.refused : [];
}

export function factsOf(result: DecodeResult): readonly Facts[] {
  return decodedOf(result).map(({ facts }) => facts);
}

/** A band's telemetry. */
export function tell(payload: unknown, lane = 'telemetry'): DecodeResult {
  return decode(`v1/devices/${band.id}/${lane}`, bytes(payload), band);
}

/** The door as the service has it: what comes in, with its time of receipt, and the readings that have an effect. */
export class Door {
  readonly #household: ReturnType<ReturnType<typeof households>>;
  readonly duplicates = new Duplicates();

  constructor(sender: Device, ...others: readonly Device[]) {
    this.#household = households(directoryOf(sender, ...others))(sender);
  }

  receive(topic: string, payload: unknown, receivedAtMs: number): readonly Reading[] {
    const result = codecFor(topic)?.decode(topic, bytes(payload), this.#household);
    const decoded = result === undefined ? [] : decodedOf(result);
    const readings = decoded.map((each) => normalise(each, topic, receivedAtMs));
    return readings.filter((reading) => !this.duplicates.seen(reading));
  }
}
