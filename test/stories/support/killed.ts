import { expect } from 'vitest';
import type { Alert } from '../../../model/alert.ts';
import { AppError } from '../../../model/errors.ts';
import type { Contact } from '../../../model/people.ts';
import { neighbourhood } from '../../alerts/support/night.ts';
import { type Death, Life } from './life.ts';
import { Night } from './night.ts';
import { Providers } from './providers.ts';
import { newRecordsFile } from './records-file.ts';
import type { Scene } from './story.ts';
import { WallClock } from './wall-clock.ts';

/** One thing that happens. Whoever does it gets no answer when the service dies meanwhile, and does it again afterwards. */
export type Step = (night: Night) => Promise<unknown>;
export type Tale = Pick<Scene, 'family'> & {
  readonly before?: (night: Night) => void;
  readonly steps: readonly Step[];
};

/** How a story went, as far as it can be told afterwards. */
export type Outcome = {
  readonly alerts: readonly Alert[];
  readonly timelines: readonly (readonly string[])[];
  /** Id and state of each message. */
  readonly messages: readonly string[];
  /** Every message at every moment it was handed to its provider, once for each moment. */
  readonly sent: readonly string[];
  /** By id of message: how often it was handed over, */
  readonly handed: ReadonlyMap<string, number>;
  /** and how often its answer was not yet written down when the service was killed. */
  readonly unwritten: ReadonlyMap<string, number>;
  readonly points: number;
  readonly wasKilled: boolean;
};

/** Tells one story again and again, undisturbed or killed at some point of it, with the same providers. */
export class Teller {
  readonly #tale: Tale;
  readonly #clock = { nowMs: 0 };
  readonly #wall = new WallClock('2026-03-14');
  readonly #providers = new Providers(() => this.#clock.nowMs);

  constructor(tale: Tale) {
    this.#tale = tale;
  }

  async open(): Promise<this> {
    await this.#providers.open();
    return this;
  }

  /** `again`: how the run after it ends, too. */
  async tell(death?: Death, again?: Death): Promise<Outcome> {
    const night = this.#night();
    let unwritten: Outcome['unwritten'] = new Map();
    let points = 0;
    const deaths = [again];
    const goOn = async () => {
      while (night.isKilled) {
        points += night.points;
        const look = async () => {
          unwritten = await unwrittenOf(night);
        };
        await night.killedUntil(this.#wall.words(this.#clock.nowMs), look, new Life(deaths.pop()));
      }
    };
    try {
      await night.start(new Life(death));
      await goOn();
      for (const step of this.#tale.steps) {
        await step(night);
        while (night.isKilled) {
          await goOn();
          await done(step(night));
        }
      }
      return { ...(await outcomeOf(night)), unwritten, points: points + night.points, wasKilled: points > 0 };
    } finally {
      await night.end();
    }
  }

  #night(): Night {
    const { family = {}, before } = this.#tale;
    this.#clock.nowMs = this.#wall.ms('02:10');
    const providers = this.#providers;
    providers.wellAgain();
    const contacts = Object.entries(family).map(([who, kinds], order): Contact => {
      return { id: who, name: who, order, channels: kinds.map((kind) => providers.channel(kind, who)) };
    });
    const file = newRecordsFile();
    const parts = { providers, directory: neighbourhood(contacts), wall: this.#wall, clock: this.#clock, file };
    const night = new Night({ ...parts, timeZone: 'UTC' });
    before?.(night);
    return night;
  }
}

/** It was done before the service died already: whoever did it reads so. */
async function done(step: Promise<unknown>): Promise<void> {
  await step.catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  });
}

async function unwrittenOf(night: Night): Promise<Outcome['unwritten']> {
  const unwritten = new Map<string, number>();
  for (const [id, handed] of night.attempts.counts()) {
    const written = (await night.records.notification(id))?.attempts ?? 0;
    if (handed > written) unwritten.set(id, handed - written);
  }
  return unwritten;
}

async function outcomeOf(night: Night): Promise<Omit<Outcome, 'unwritten' | 'points' | 'wasKilled'>> {
  const { items } = await night.records.alerts({ limit: 100 });
  const alerts = items.sort((a, b) => a.id.localeCompare(b.id));
  const timelines = await Promise.all(alerts.map(({ id }) => night.timeline(id)));
  const messages = await Promise.all(alerts.map(({ id }) => night.records.notificationsOf(id)));
  return {
    alerts,
    timelines,
    messages: messages
      .flat()
      .map(({ id, recipientId, channel, state }) => `${recipientId} by ${channel} ${id}: ${state}`)
      .sort(),
    sent: night.attempts.lines(),
    handed: night.attempts.counts(),
  };
}

/**
 * No step lost, none repeated: alerts, time lines and messages are what they would have been. A message may have been
 * handed over once more, under the same id, where the provider's answer was not written down yet.
 */
export function expectTheSame(killed: Outcome, undisturbed: Outcome, where: string): void {
  const { alerts, timelines, messages, sent } = killed;
  const { alerts: a, timelines: t, messages: m, sent: s } = undisturbed;
  expect({ timelines, messages, sent, alerts }, `killed ${where}`).toEqual({
    timelines: t,
    messages: m,
    sent: s,
    alerts: a,
  });
  for (const [id, times] of killed.handed) {
    const more = times - (undisturbed.handed.get(id) ?? 0);
    const most = killed.unwritten.get(id) ?? 0;
    expect(
      more >= 0 && more <= most,
      `killed ${where}: ${id} was handed over ${more} times more, not 0 to ${most}`,
    ).toBe(true);
  }
}
