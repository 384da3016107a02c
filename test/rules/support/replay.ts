import { expect } from 'vitest';
import type { Signal } from '../../../model/alert.ts';
import type { Command } from '../../../model/device.ts';
import type { Reading } from '../../../model/reading.ts';
import type { Household, Input, Rule } from '../../../rules/rule.ts';

export type Story = {
  /** Meet deadlines up to here after the last reading. */
  readonly untilMs?: number;
  readonly listeningSinceMs?: number;
};

/** A rule living through readings and deadlines in order of time, as the engine drives it. */
export class Life<State> {
  readonly signals: Signal[] = [];
  readonly commands: Command[] = [];
  /** How often the state would have been written to disk. */
  writes = 0;
  state: State;
  readonly #rule: Rule<State>;
  readonly #home: Household;
  readonly #listeningSinceMs: number;

  constructor(rule: Rule<State>, home: Household, { listeningSinceMs = 0 }: Story = {}) {
    this.#rule = rule;
    this.#home = home;
    this.#listeningSinceMs = listeningSinceMs;
    this.state = rule.initial;
  }

  hear(reading: Reading): this {
    this.waitUntil(reading.receivedAtMs);
    return this.#step({ kind: 'reading', reading, nowMs: reading.receivedAtMs });
  }

  waitUntil(nowMs: number): this {
    for (let due = this.#due(); due !== undefined && due <= nowMs; due = this.#due()) {
      this.#step({ kind: 'deadline', nowMs: due, listeningSinceMs: this.#listeningSinceMs });
      // A deadline that stays where it is would keep the engine busy for ever.
      expect(this.#due() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(due);
    }
    return this;
  }

  #due(): number | undefined {
    return this.#rule.deadlineAtMs?.(this.#home, this.state);
  }

  #step(input: Input): this {
    const { state, signals = [], commands = [] } = this.#rule.step(this.#home, this.state, input);
    if (state !== this.state) {
      this.writes += 1;
      // What a restart would read back is what the rule goes on with.
      this.state = JSON.parse(JSON.stringify(state)) as State;
      expect(this.state).toEqual(state);
    }
    this.signals.push(...signals);
    this.commands.push(...commands);
    return this;
  }
}

/** Everything a rule says to these readings. */
export function replay<State>(rule: Rule<State>, home: Household, readings: readonly Reading[], story: Story = {}) {
  const life = new Life(rule, home, story);
  for (const reading of readings) life.hear(reading);
  if (story.untilMs !== undefined) life.waitUntil(story.untilMs);
  return life.signals;
}

/** `raise P1 王秀英按下了求助键`: what a story is told in. */
export function told(signals: readonly Signal[]): string[] {
  return signals.map(({ effect, severity, summary }) => `${effect} ${severity} ${summary.zh}`);
}

/** Only which and how grave. */
export function heads(signals: readonly Signal[]): string[] {
  return signals.map(({ effect, severity, type }) => `${effect} ${severity} ${type}`);
}
