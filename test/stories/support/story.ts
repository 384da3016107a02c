import { test, vi } from 'vitest';
import type { ChannelKind, Contact } from '../../../model/people.ts';
import { neighbourhood } from '../../alerts/support/night.ts';
import { Night } from './night.ts';
import { Providers } from './providers.ts';
import { newRecordsFile } from './records-file.ts';
import { WallClock } from './wall-clock.ts';

export type Scene = {
  /** Mrs Wang's contacts in their order, each with the channels they are reached over; `and` tells two at once. */
  readonly family?: Readonly<Record<string, readonly ChannelKind[]>>;
  /** IANA name of the community's time zone; UTC. */
  readonly timeZone?: string;
  /** The date of the story. */
  readonly day?: string;
  /** When it begins. */
  readonly from?: string;
};

/** Mrs Wang's daughter and son, on their telephones. */
const usual = { daughter: ['webhook'], son: ['webhook'] } as const;

/**
 * A story of one night. Whatever is sent has to be named by `told`: a message nobody expected fails the story as much as
 * one that is missing, and so does a request a provider would refuse.
 */
export function story(title: string, scene: Scene, tale: (night: Night) => Promise<void>): void {
  test(title, async () => {
    const night = await nightOf(scene);
    try {
      await night.start();
      await tale(night);
      night.told();
    } finally {
      await night.end();
      vi.useRealTimers();
    }
  });
}

/** The service before it is started. Ends of attempts and rests between writes are moved with the clock. */
export async function nightOf({ family = usual, timeZone = 'UTC', day = '2026-03-14', from = '02:10' }: Scene) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const wall = new WallClock(day);
  const clock = { nowMs: wall.ms(from) };
  const providers = await new Providers(() => clock.nowMs).open();
  const contacts = Object.entries(family).map(([who, kinds], order): Contact => {
    return { id: who, name: who, order, channels: kinds.map((kind) => providers.channel(kind, who)) };
  });
  const file = newRecordsFile();
  return new Night({ providers, directory: neighbourhood(contacts), wall, clock, file, timeZone });
}
