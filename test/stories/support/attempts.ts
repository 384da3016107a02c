import type { AlertView } from '../../../model/alert.ts';
import type { Channel, Delivery, Notification } from '../../../model/notification.ts';
import type { NightParts } from './night.ts';

type Attempt = {
  readonly atMs: number;
  readonly notification: Notification;
  readonly what: string;
  result?: Delivery;
};

/** Every attempt to tell somebody, in the story's words; what a channel says got through must have arrived at its provider. */
export class Attempts {
  readonly #parts: Pick<NightParts, 'clock' | 'providers' | 'wall'>;
  #since: Attempt[] = [];
  readonly #all: Attempt[] = [];
  #underWay = 0;
  #ended = 0;

  constructor(parts: Pick<NightParts, 'clock' | 'providers' | 'wall'>) {
    this.#parts = parts;
  }

  /** Not counting those a provider keeps hanging. */
  get underWay(): number {
    return this.#underWay;
  }

  get ended(): number {
    return this.#ended;
  }

  watched(channel: Channel): Channel {
    return {
      kind: channel.kind,
      send: async (notification, alert, signal) => {
        const { clock, providers } = this.#parts;
        const attempt: Attempt = { atMs: clock.nowMs, notification, what: whatOf(alert) };
        this.#since.push(attempt);
        this.#all.push(attempt);
        const hangs = providers.hangs(channel.kind, notification.recipientId);
        if (!hangs) this.#underWay += 1;
        const end = (result: Delivery) => {
          if (attempt.result === undefined && !hangs) this.#underWay -= 1;
          attempt.result = result;
          this.#ended += 1;
        };
        signal.addEventListener('abort', () => end({ outcome: 'retry', reason: 'no answer in time' }));
        const result = await channel.send(notification, alert, signal);
        if (!signal.aborted) end(result);
        return result;
      },
    };
  }

  /** What was sent since, one line for each person and moment. */
  take(): string[] {
    const since = this.#since.splice(0);
    const groups = Map.groupBy(since, (attempt) => this.#line(attempt, '{}'));
    return [...groups].map(([line, all]) => line.replace('{}', channelsOf(all))).sort();
  }

  /** How often each notification was handed over, by its id. */
  counts(): ReadonlyMap<string, number> {
    const byId = Map.groupBy(this.#all, ({ notification }) => notification.id);
    return new Map([...byId].map(([id, all]) => [id, all.length]));
  }

  /** Each message at each moment, once however often it was handed over then. */
  lines(): string[] {
    const line = (attempt: Attempt) =>
      `${this.#line(attempt, attempt.notification.channel)} ${attempt.notification.id}`;
    return [...new Set(this.#all.map((attempt) => line({ ...attempt, result: { outcome: 'sent' } })))].sort();
  }

  #line({ atMs, notification, what, result }: Attempt, channels: string): string {
    const { providers, wall } = this.#parts;
    const { recipientId: who, channel, id } = notification;
    const isThrough = result?.outcome === 'sent' || result?.outcome === 'delivered';
    const arrived = isThrough && !providers.has(channel, who, id) ? ' (and never arrived)' : '';
    const trouble = result === undefined ? ' (waits)' : 'reason' in result ? ` (${result.reason})` : arrived;
    return `${wall.words(atMs)} ${who} by ${channels}: ${what}${trouble}`;
  }
}

function channelsOf(attempts: readonly Attempt[]): string {
  return attempts
    .map(({ notification }) => notification.channel)
    .sort()
    .join('+');
}

/** `P1 sos`, `P3 vitals+zoneExit`, `exercise P1 sos`, `P1 sos late`. */
function whatOf({ severity, type, also = [], exercise, late }: AlertView): string {
  const types = [type, ...also.map((one) => one.type)].sort().join('+');
  return `${exercise ? 'exercise ' : ''}${severity} ${types}${late ? ' late' : ''}`;
}
