import type { Quarantined } from '../store/contracts.ts';
import type { Refusal } from './contracts.ts';

/** What arrived, as the front door hands it over. */
export type Arrival = {
  readonly senderId: string;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly receivedAtMs: number;
};

/** Enough to recognise a dialect by. */
const headBytes = 512;
const maxDetail = 1000;
const maxTopic = 512;
/** A device keeps so many at once … */
const burst = 20;
/** … and regains one in so long: a broken one stays visible without pushing out everybody else's. */
const regainMs = 30_000;
const maxDevices = 200_000;

type Allowance = { left: number; sinceMs: number };

/** Shapes what was refused for the quarantine, and keeps one device from flooding it. Counting is the caller's: exact, always. */
export class Quarantine {
  readonly #allowances = new Map<string, Allowance>();

  /** One record for a message with problems, named by the first; none when there are none or the device has had its share. */
  shape(arrival: Arrival, refusals: readonly Refusal[]): Quarantined[] {
    const [first] = refusals;
    if (first === undefined || !this.#spend(arrival.senderId, arrival.receivedAtMs)) return [];
    return [recordOf(arrival, first.reason, refusals)];
  }

  #spend(deviceId: string, nowMs: number): boolean {
    const allowance = this.#allowanceOf(deviceId, nowMs);
    const regained = Math.max(0, Math.floor((nowMs - allowance.sinceMs) / regainMs));
    allowance.left = Math.min(burst, allowance.left + regained);
    allowance.sinceMs += regained * regainMs;
    if (allowance.left === 0) return false;
    allowance.left -= 1;
    return true;
  }

  #allowanceOf(deviceId: string, nowMs: number): Allowance {
    const known = this.#allowances.get(deviceId);
    if (known !== undefined) return known;
    if (this.#allowances.size >= maxDevices) this.#allowances.clear();
    const allowance = { left: burst, sinceMs: nowMs };
    this.#allowances.set(deviceId, allowance);
    return allowance;
  }
}

function recordOf(arrival: Arrival, reason: string, refusals: readonly Refusal[]): Quarantined {
  const { senderId, topic, payload, receivedAtMs } = arrival;
  const head = payload.subarray(0, headBytes);
  return {
    deviceId: senderId,
    topic: topic.slice(0, maxTopic),
    receivedAtMs,
    reason,
    detail: refusals
      .map(({ reason: name, detail }) => `${name}: ${detail}`)
      .join('; ')
      .slice(0, maxDetail),
    payloadHead: Buffer.from(head.buffer, head.byteOffset, head.length).toString('base64'),
    payloadBytes: payload.length,
  };
}
