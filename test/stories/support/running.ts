import pino from 'pino';
import { AnswerLinks } from '../../../alerts/answer-links.ts';
import { createChannels } from '../../../alerts/channels/index.ts';
import type { AlertDesk } from '../../../alerts/contracts.ts';
import { createDesk } from '../../../alerts/desk.ts';
import { GapWatch } from '../../../alerts/duty/gap-watch.ts';
import { DutyPlan } from '../../../alerts/duty/plan.ts';
import type { AnswerDoor } from '../../../api/parts.ts';
import { answerDoor } from '../../../app/answer-door.ts';
import { createBrokerHost } from '../../../app/broker-host.ts';
import type { BrokerHost } from '../../../broker/contracts.ts';
import type { Directory } from '../../../model/directory.ts';
import type { RecordStore } from '../../../store/contracts.ts';
import { openRecords } from '../../../store/records/records.ts';
import { channelParts } from '../../alerts/support/parts.ts';
import { aliyunKey } from '../../alerts/support/providers/aliyun.ts';
import type { Attempts } from './attempts.ts';
import type { Life } from './life.ts';
import type { Providers } from './providers.ts';

const publicUrl = 'https://anju.example.org';
/** Aliyun reports under this one. */
export const callbackSecret = 'callback-secret-of-24-chars';

export type RunningParts = {
  readonly providers: Providers;
  readonly directory: Directory;
  readonly clock: { nowMs: number };
  readonly file: string;
  readonly timeZone: string;
  readonly attempts: Attempts;
  /** Whether a user has a page and an app open. */
  readonly listens: (username: string) => boolean;
  /** A line of the log: `warn: text`. */
  readonly hear: (line: string) => void;
};

/** One run of the service, put together as the app does: what people and providers come to, and the records beneath. */
export type Running = {
  readonly desk: AlertDesk;
  readonly door: AnswerDoor;
  readonly host: BrokerHost;
  readonly gaps: GapWatch;
  /** The file itself, also when the run is over. */
  readonly records: RecordStore;
};

/** What the broker asks beside actions: nobody logs in here. */
const nobodyElse = {
  tokenMatches: () => false,
  sessionOf: async () => undefined,
  isOpen: () => true,
  auditLook: async () => undefined,
  accept: () => undefined,
  diskHangs: () => false,
  presence: () => undefined,
};

/** Not started yet. */
export async function openRunning(parts: RunningParts, life: Life): Promise<Running> {
  const { file, timeZone, directory, attempts, clock: wall } = parts;
  const stored = await openRecords(file);
  const records = life.records(stored);
  const links = new AnswerLinks('key of these stories', publicUrl);
  const log = logTo(parts.hear);
  const clock = () => wall.nowMs;
  const channels = channelsOf(parts, links, log).map((one) => life.channel(attempts.watched(one)));
  const desk = createDesk({ records, directory, channels, clock, timeZone, random: () => 1, tickEveryMs: 0, log });
  return {
    desk,
    door: answerDoor({ desk, records, links, clock, log, pushKey: '', callbackSecret }),
    host: createBrokerHost({ ...nobodyElse, durable: () => stored.durable(), directory, desk, log, clock }),
    gaps: new GapWatch({ directory, records, desk, plan: new DutyPlan(directory, timeZone), timeZone }),
    records: stored,
  };
}

function logTo(hear: RunningParts['hear']): pino.Logger {
  const write = (line: string) => {
    const { level, msg } = JSON.parse(line) as { level: string; msg: string };
    hear(`${level}: ${msg}`);
  };
  return pino({ base: null, formatters: { level: (level) => ({ level }) } }, { write });
}

function channelsOf({ providers, timeZone, clock, listens }: RunningParts, links: AnswerLinks, log: pino.Logger) {
  return createChannels({
    ...channelParts,
    timeZone,
    log,
    clock: () => clock.nowMs,
    linksOf: (notification) => links.of(notification),
    smtp: { url: providers.smtpUrl, from: 'anju@example.org' },
    aliyun: {
      key: aliyunKey,
      sms: { server: providers.urlOf('sms'), sign: '安居', template: 'SMS_1' },
      voice: { server: providers.urlOf('voice'), template: 'TTS_1' },
    },
    publish: listens,
    show: async (username) => listens(username),
  });
}
