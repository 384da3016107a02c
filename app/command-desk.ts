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
    waiting.push({ command, times: 0, nextAtMs: 0 });
    const crowdedOut = waiting.length > waitingAtMost ? waiting.shift() : undefined;
    if (crowdedOut !== undefined) this.#parts.onGivenUp?.(crowdedOut.command);
    this.#waiting.set(command.deviceId, waiting);
    this.tick(this.#parts.clock());
  }

  answered(deviceId: string, commandId: string): void {
    const rest = this.#waiting.get(deviceId)?.filter(({ command }) => command.id !== commandId) ?? [];
    if (rest.length > 0) this.#waiting.set(deviceId, rest);
    else this.#waiting.delete(deviceId);
  }

  /** Sends what is due. */
  tick(nowMs: number): void {
    for (const [deviceId, waiting] of this.#waiting) {
      for (const one of waiting) if (isDue(one, nowMs)) this.#try(one, nowMs);
      const rest = waiting.filter(({ times }) => times < timesAtMost);
      for (const { times, command } of waiting) if (times >= timesAtMost) this.#parts.onGivenUp?.(command);
      if (rest.length === 0) this.#waiting.delete(deviceId);
      else if (rest.length < waiting.length) this.#waiting.set(deviceId, rest);
    }
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
