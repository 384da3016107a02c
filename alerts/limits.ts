import type { ChannelKind } from '../model/people.ts';

/** At most `count` messages to one address in any span of `perMs`; the last `reserved` of them are for P1 alone. */
export type Limit = { readonly count: number; readonly perMs: number; readonly reserved: number };

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

/**
 * What providers let through to one address, so that we never run into it: over the limit DingTalk blocks a robot for
 * ten minutes, and the calls Aliyun refuses count as calls. Figures are the providers' own, but for DingTalk and WeCom:
 * 18 of their 20 a minute, because their minute is not ours.
 */
export const limitsOf: Readonly<Partial<Record<ChannelKind, readonly Limit[]>>> = {
  dingtalk: [{ count: 18, perMs: minute, reserved: 8 }],
  wecom: [{ count: 18, perMs: minute, reserved: 8 }],
  feishu: [
    { count: 5, perMs: second, reserved: 2 },
    { count: 100, perMs: minute, reserved: 30 },
  ],
  // A notice to one number with one sign and template.
  sms: [{ count: 50, perMs: day, reserved: 20 }],
  voice: [
    { count: 1, perMs: minute, reserved: 0 },
    { count: 5, perMs: hour, reserved: 2 },
    { count: 20, perMs: day, reserved: 8 },
  ],
};

/** When messages went to one address, oldest first; as many as its widest limit counts. */
export type Sent = readonly number[];

/**
 * May one more go now? A sliding window and not a refilling bucket: a full bucket lets twice its size through within one
 * span, and that is what providers punish. Pure; the time is an argument.
 *
 * @returns the new record, or for how long (ms) there is no room
 */
export function takeRoom(
  limits: readonly Limit[],
  sent: Sent,
  nowMs: number,
  isP1: boolean,
): { readonly sent: Sent } | { readonly waitMs: number } {
  const past = sent.filter((atMs) => atMs <= nowMs); // the clock was set back: what lies ahead never happened
  const waits = limits.map((limit) => waitFor(limit, past, nowMs, isP1));
  const waitMs = Math.max(0, ...waits);
  if (waitMs > 0) return { waitMs };
  const widestMs = Math.max(0, ...limits.map(({ perMs }) => perMs));
  return { sent: [...past.filter((atMs) => nowMs - atMs < widestMs), nowMs] };
}

/** How long until fewer than allowed lie within the span. */
function waitFor({ count, perMs, reserved }: Limit, sent: Sent, nowMs: number, isP1: boolean): number {
  const room = isP1 ? count : count - reserved;
  const oldest = sent.at(-room); // with it, the span is full
  return oldest === undefined || sent.length < room ? 0 : Math.max(0, oldest + perMs - nowMs);
}

/** Addresses remembered; with more, those that were used longest ago are forgotten and count from nothing. */
const addressesAtMost = 20_000;

/** What went to which address lately, in this run. */
export class Limits {
  readonly #sent = new Map<string, Sent>();

  /** Takes room for one message; how long to wait (ms) when there is none, 0 when it may go. */
  take(channel: ChannelKind, address: string, nowMs: number, isP1: boolean): number {
    const limits = limitsOf[channel];
    if (limits === undefined) return 0;
    const key = `${channel} ${address}`;
    const taken = takeRoom(limits, this.#sent.get(key) ?? [], nowMs, isP1);
    if ('waitMs' in taken) return taken.waitMs;
    this.#sent.delete(key); // to the end: newest last
    this.#sent.set(key, taken.sent);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > addressesAtMost && oldest !== undefined) this.#sent.delete(oldest);
    return 0;
  }
}
