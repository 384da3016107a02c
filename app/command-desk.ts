import { commandTopic } from '../broker/topics.ts';
import type { Command } from '../model/device.ts';

/** A command is repeated so often, so far apart, until the device answers on its `reply` topic. */
const repeatEveryMs = 10_000;
const timesAtMost = 30;
/** A device that never answers keeps this many; the oldest is dropped. */
const waitingAtMost = 8;

type Waiting = { readonly command: Command; times: number; nextAtMs: number };

export type CommandDeskParts = {
  readonly send: (deviceId: string, topic: string, payload: string) => boolean;
  readonly clock: () => number;
  /** A command went out, to a device that was connected or not. */
  readonly onTried?: (command: Command, reached: boolean) => void;
  /** It was never answered, or had to make room. */
  readonly onGivenUp?: (command: Command) => void;
};

/** Commands to devices, repeated until answered; a device knows a repeat by the command's id. */
export class CommandDesk {
  readonly #parts: CommandDeskParts;
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(parts: CommandDeskParts) {
    this.#parts = parts;
  }

  send(command: Command): void {
    const known = this.#waiting.get(command.deviceId) ?? [];
    if (known.some((other) => other.command.id === command.id)) return;
    const waiting = known.filter((other) => !isReplacedBy(command, other.command));
    const one = { command, times: 0, nextAtMs: 0 };
    waiting.push(one);
    const crowdedOut = waiting.length > waitingAtMost ? waiting.shift() : undefined;
    if (crowdedOut !== undefined) this.#parts.onGivenUp?.(crowdedOut.command);
    this.#waiting.set(command.deviceId, waiting);
    this.#try(one, this.#parts.clock());
  }

  answered(deviceId: string, commandId: string): void {
    const waiting = this.#waiting.get(deviceId);
    if (waiting !== undefined) this.#keep(deviceId, waiting, ({ command }) => command.id !== commandId);
  }

  /** Sends what is due. */
  tick(nowMs: number): void {
    for (const [deviceId, waiting] of this.#waiting) {
      let isAnyOver = false;
      for (const one of waiting) {
        if (isDue(one, nowMs)) this.#try(one, nowMs);
        if (one.times < timesAtMost) continue;
        isAnyOver = true;
        this.#parts.onGivenUp?.(one.command);
      }
      if (isAnyOver) this.#keep(deviceId, waiting, ({ times }) => times < timesAtMost);
    }
  }

  #keep(deviceId: string, waiting: readonly Waiting[], stays: (one: Waiting) => boolean): void {
    const rest = waiting.filter(stays);
    if (rest.length > 0) this.#waiting.set(deviceId, rest);
    else this.#waiting.delete(deviceId);
  }

  #try(one: Waiting, nowMs: number): void {
    const { deviceId, id, name, args } = one.command;
    const reached = this.#parts.send(deviceId, commandTopic(deviceId), JSON.stringify({ id, name, args }));
    this.#parts.onTried?.(one.command, reached);
    one.times += 1;
    one.nextAtMs = nowMs + repeatEveryMs;
  }
}

/** A new interval takes the place of the one before, which would otherwise be repeated against it. */
function isReplacedBy(newer: Command, older: Command): boolean {
  return newer.name === 'reportInterval' && older.name === 'reportInterval';
}

/** A repeat further ahead than they are apart was planned before the clock was set back. */
function isDue({ nextAtMs }: Waiting, nowMs: number): boolean {
  return nextAtMs <= nowMs || nextAtMs - nowMs > repeatEveryMs;
}
