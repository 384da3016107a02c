import type { DeviceKind } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import type { Reading } from '../model/reading.ts';
import type { Taken } from './batch.ts';
import { ClockProof } from './clock-proof.ts';
import { codecFor } from './codecs/index.ts';
import type { Decoded, Refusal, Reply } from './contracts.ts';
import { Duplicates } from './duplicates.ts';
import { households } from './household.ts';
import { normalise } from './normalise.ts';
import { type Arrival, Quarantine } from './quarantine.ts';
import { isUrgent } from './urgent.ts';

/** Mains devices with a connection of their own. */
const staysConnected: ReadonlySet<DeviceKind> = new Set<DeviceKind>(['hub', 'bedSensor']);

export type IntakeParts = {
  readonly directory: Directory;
  /** Where understood messages go; calls `done` once, after the commit. */
  readonly take: (taken: Taken, done: (error?: Error) => void) => void;
  /** Is memory short for a message of that size? Then what is no alarm is not taken: the device keeps it and sends it again. */
  readonly isShort?: (payloadBytes: number) => boolean;
  /** A device answered a command. */
  readonly onReply?: (deviceId: string, reply: Reply) => void;
};

/**
 * From bytes to readings: dialect, validation, identity, clock, repeats. What cannot be understood is counted, kept in
 * the quarantine and acknowledged like everything else, so that the device does not send it for ever.
 */
export class Intake {
  /** Refusals by reason, and what was ignored or repeated. */
  readonly counters = new Map<string, number>();
  readonly #parts: IntakeParts;
  readonly #householdOf: ReturnType<typeof households>;
  readonly #duplicates = new Duplicates();
  readonly #clockProof = new ClockProof();
  readonly #quarantine = new Quarantine();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#householdOf = households(parts.directory);
  }

  /** Takes one message; `done` once: without an error when everything it caused is on disk. */
  accept(arrival: Arrival, done: (error?: Error) => void): void {
    try {
      this.#accept(arrival, done);
    } catch (error) {
      // A bug. What was remembered of this message is not on its way to the disk: sent again, it must be new.
      this.forget();
      throw error;
    }
  }

  /**
   * A device came or went, as its connection says. Only of those that stay connected is that a fact to judge by: a band on
   * 4G comes and goes all day. A take-over is neither. Nobody waits for an answer, so none is given.
   */
  presence(deviceId: string, online: boolean, receivedAtMs: number): void {
    const device = this.#parts.directory.devices.get(deviceId);
    if (device === undefined || !staysConnected.has(device.kind)) return;
    const decoded: Decoded = { device, lane: 'status', facts: { online } };
    this.#parts.take({ readings: [normalise(decoded, '', receivedAtMs)], quarantined: [] }, () => undefined);
  }

  #accept(arrival: Arrival, done: (error?: Error) => void): void {
    const understood = this.#understand(arrival);
    if (understood === 'shed') {
      this.#count('shed');
      done(new Error('memory is short: only alarms are taken'));
      return;
    }
    const { readings, refused } = understood;
    for (const { reason } of refused) this.#count(`refused_${reason}`);
    const quarantined = refused.length > 0 ? this.#quarantine.shape(arrival, refused) : noneQuarantined;
    this.#parts.take({ readings, quarantined }, done);
  }

  /** After a failed commit: nothing remembered is certain to be on disk. */
  forget(): void {
    this.#duplicates.forget();
  }

  #understand(arrival: Arrival): Understood | 'shed' {
    const sender = this.#parts.directory.devices.get(arrival.senderId);
    const codec = codecFor(arrival.topic);
    if (sender === undefined) return refusedFor('unknownDevice', `${arrival.senderId} is not in the records`);
    if (codec === undefined) return refusedFor('unknownTopic', 'no dialect is spoken on this topic');
    const result = codec.decode(arrival.topic, arrival.payload, this.#householdOf(sender));
    if ('ignored' in result) {
      this.#count('ignored');
      return { readings: [], refused: [] };
    }
    // Before anything of it is remembered: sent again, it is new.
    if (this.#parts.isShort?.(arrival.payload.length) === true && !result.decoded.some(isUrgent)) return 'shed';
    return { readings: this.#fresh(result.decoded, arrival), refused: result.refused };
  }

  #fresh(decoded: readonly Decoded[], arrival: Arrival): Reading[] {
    const readings: Reading[] = [];
    this.#clockProof.look(decoded, arrival.receivedAtMs);
    for (const one of decoded) {
      if (one.reply !== undefined) this.#parts.onReply?.(one.device.id, one.reply);
      const reading = normalise(one, arrival.topic, arrival.receivedAtMs);
      if (this.#duplicates.seen(reading)) this.#count('repeated');
      else readings.push(this.#clockProof.proves(reading) ? { ...reading, clockProven: true } : reading);
    }
    return readings;
  }

  #count(name: string): void {
    this.counters.set(name, (this.counters.get(name) ?? 0) + 1);
  }
}

type Understood = { readonly readings: Reading[]; readonly refused: readonly Refusal[] };

const noneQuarantined: readonly never[] = [];

function refusedFor(reason: Refusal['reason'], detail: string): Understood {
  return { readings: [], refused: [{ reason, detail }] };
}
