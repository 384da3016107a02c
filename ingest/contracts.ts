import type { Device } from '../model/device.ts';
import type { Facts, Lane } from '../model/reading.ts';

/** Why a payload was refused. Each is counted and shown in the quarantine. */
export type RefusalReason =
  | 'tooLarge'
  | 'invalidUtf8'
  | 'notJson'
  | 'notAnObject'
  | 'tooDeep'
  | 'wrongType'
  | 'outOfRange'
  | 'noReading'
  | 'nullIsland'
  | 'unknownTopic'
  | 'unknownDevice'
  | 'unknownMessage'
  | 'nothingMeasured'
  | 'tooManyObjects'
  | 'encrypted';

export type Refusal = {
  readonly reason: RefusalReason /** Path and what was expected, in words; no payload. */;
  readonly detail: string;
};

/** What a dialect says in our words, before clock, identity and lateness are settled. */
export type Decoded = {
  readonly device: Device;
  readonly lane: Lane;
  /** The device's clock, epoch ms; absent when it has none. */
  readonly deviceClockMs?: number;
  readonly seq?: number;
  /** Its place in a message of several, so that two objects without a clock are not taken for one. */
  readonly index?: number;
  /** Its dialect says one happening more than once, in different words: the same event again at once is the same event. */
  readonly echoes?: true;
  /** In the `reply` lane: the device's answer to a command. */
  readonly reply?: Reply;
  readonly facts: Facts;
};

/** A device's answer to the command with this id. */
export type Reply = { readonly id: string; readonly ok: boolean; readonly detail?: string };

/** Known and deliberately without effect (a heartbeat with `action: null`, a bridge log). */
export type Ignored = { readonly ignored: string };

export type DecodeResult = { readonly decoded: readonly Decoded[]; readonly refused: readonly Refusal[] } | Ignored;

/** Finds the device a dialect's name means, among those the sender may speak for. */
export interface Household {
  readonly sender: Device;
  /** The sender itself or a child of it with this dialect and address. */
  byAddress(codec: string, address: string): Device | undefined;
}

/** One payload dialect in one file. Pure: no clock, no log. Never throws. */
export interface Codec {
  readonly name: string;
  /** Does a topic belong to this dialect? */
  speaks(topic: string): boolean;
  decode(topic: string, payload: Uint8Array, among: Household): DecodeResult;
}
