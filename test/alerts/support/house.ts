import { type ChannelParts, createChannels } from '../../../alerts/channels/index.ts';
import type { AlertDesk } from '../../../alerts/contracts.ts';
import { createDesk } from '../../../alerts/desk.ts';
import type { Whereabouts } from '../../../alerts/duty/whereabouts.ts';
import type { Alert, TimelineEntry } from '../../../model/alert.ts';
import type { Device } from '../../../model/device.ts';
import type { Directory } from '../../../model/directory.ts';
import type { Contact } from '../../../model/people.ts';
import type { RecordStore } from '../../../store/contracts.ts';
import { openRecords } from '../../../store/records/records.ts';
import type { hookServer } from './hook-server.ts';
import { at, contact, neighbourhood } from './night.ts';
import { channelParts } from './parts.ts';

export type House = {
  readonly desk: AlertDesk;
  readonly records: RecordStore;
  readonly directory: Directory;
  /** Changes told to listeners: `sos open x1`. */
  readonly seen: string[];
  readonly lines: TimelineEntry[];
  /** User names told in their app, in order. */
  readonly apps: string[];
  /** What the log said: `error: text`. */
  readonly logged: string[];
  /** Moves the clock and lets the desk meet its deadlines. */
  moveTo(clock: string): Promise<void>;
  /** The one alert that is open. */
  only(): Alert;
  close(): Promise<void>;
};

type Furnishing = {
  readonly contacts: readonly Contact[];
  readonly devices?: readonly Device[];
  readonly file?: string;
  readonly clock?: string;
  readonly smtpUrl?: string;
  /** Channels that are set up differently. */
  readonly channels?: Partial<ChannelParts>;
  /** Stands between the desk and the records: a disk that fails now and then. */
  readonly disk?: (records: RecordStore) => RecordStore;
  readonly whereabouts?: Whereabouts;
};

/** A desk with real records and real channels, at 02:10 in the night; time stands still until it is moved. */
export async function house({
  contacts,
  devices = [],
  file = ':memory:',
  clock = '02:10',
  smtpUrl,
  channels,
  disk,
  whereabouts,
}: Furnishing): Promise<House> {
  let nowMs = at(clock);
  const records = await openRecords(file);
  const directory = neighbourhood(contacts);
  for (const entity of devices) directory.apply({ kind: 'devices', id: entity.id, entity });
  const seen: string[] = [];
  const lines: TimelineEntry[] = [];
  const logged: string[] = [];
  const say = (level: string) => (_fields: object, text: string) => void logged.push(`${level}: ${text}`);
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const smtp = smtpUrl ? { url: smtpUrl, from: 'anju@example.org' } : undefined;
  const apps: string[] = [];
  const publish = (username: string) => apps.push(username) > 0;
  const desk = createDesk({
    records: disk ? disk(records) : records,
    directory,
    ...(whereabouts && { whereabouts }),
    channels: createChannels({
      ...channelParts,
      clock: () => nowMs,
      log,
      smtp,
      publish,
      show: async () => true,
      ...channels,
    }),
    clock: () => nowMs,
    timeZone: 'UTC',
    random: () => 1,
    tickEveryMs: 0,
    log,
  });
  desk.onChange((alert, entries) => {
    seen.push(`${alert.type} ${alert.state} x${alert.count}`);
    lines.push(...entries);
  });
  await desk.start();
  return {
    desk,
    records,
    directory,
    seen,
    lines,
    logged,
    apps,
    async moveTo(next) {
      nowMs = at(next);
      await desk.tick(nowMs);
    },
    only() {
      const [alert, ...others] = desk.open();
      if (alert === undefined || others.length > 0) throw new Error(`${desk.open().length} alerts are open`);
      return alert;
    },
    async close() {
      await desk.stop(100);
      await records.close();
    },
  };
}

/** A contact reached at one path of a server. */
export function reachedAt(
  server: Pick<Awaited<ReturnType<typeof hookServer>>, 'url'>,
  id: string,
  order: number,
): Contact {
  return contact(id, order, { kind: 'webhook', address: `${server.url}/${id}` });
}
