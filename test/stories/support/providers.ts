import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { ChannelKind, ContactChannel } from '../../../model/people.ts';
import { secret as hookSecret } from '../../alerts/support/hook-server.ts';
import { mailServer } from '../../alerts/support/mail-server.ts';
import { fine, gateway } from '../../alerts/support/providers/aliyun.ts';
import { ntfy, ntfyToken } from '../../alerts/support/providers/ntfy.ts';
import { browser, pushGate } from '../../alerts/support/providers/push.ts';
import { dingtalk, feishu, wecom } from '../../alerts/support/providers/robots.ts';
import { type Reply, type Request, standIn } from '../../alerts/support/stand-in.ts';

/** Something a provider took: over which channel, for whom, under which id (or its beginning), and what it says. */
export type Received = {
  readonly kind: ChannelKind;
  readonly who: string;
  readonly id: string;
  readonly text: string;
};
/** What a provider answers although nothing is wrong with the request. */
export type Mood = Reply | 'hangs';

const names = ['daughter', 'son', 'neighbour', 'worker', 'second', 'operator', 'group', 'niece'];
const robotKeys = { dingtalk: 'SECabcdefgh', feishu: 'secret-of-robot' };

/** Every provider of the service, on this machine, each checking what the real one checks (signatures, keys, limits of form). */
export class Providers {
  readonly received: Received[] = [];
  /** Requests no real provider would have taken. */
  readonly faults: string[] = [];
  readonly #moods = new Map<string, Mood>();
  readonly #phone = browser();
  readonly #urls = new Map<ChannelKind, string>();
  readonly #clock: () => number;
  #mail: Awaited<ReturnType<typeof mailServer>> | undefined;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async open(): Promise<this> {
    const clock = this.#clock;
    const pushUrl = () => this.#urls.get('webPush') ?? '';
    await this.#listen('webhook', hook, (request) => String(request.headers['webhook-id']));
    await this.#listen('webPush', pushGate(clock, pushUrl), undefined, ({ body }) => this.#phone.read(body));
    await this.#listen('dingtalk', dingtalk(clock, robotKeys.dingtalk));
    await this.#listen('feishu', feishu(clock, robotKeys.feishu));
    await this.#listen('wecom', wecom());
    await this.#listen('ntfy', ntfy());
    const aliyun = gateway(clock, () => fine);
    await this.#listen('sms', aliyun, outId, asked);
    await this.#listen('voice', aliyun, outId, asked);
    this.#mail = await mailServer();
    onTestFinished(async () => this.#mail?.close());
    return this;
  }

  /** How somebody is reached over a channel. */
  channel(kind: ChannelKind, who: string): ContactChannel {
    const url = this.#urls.get(kind) ?? '';
    const to: Partial<Record<ChannelKind, Omit<ContactChannel, 'kind'>>> = {
      webhook: { address: `${url}/${who}` },
      webPush: { address: `${url}/${who}`, secret: this.#phone.secret },
      dingtalk: { address: `${url}/robot/send?access_token=token-of-group&who=${who}`, secret: robotKeys.dingtalk },
      feishu: { address: `${url}/open-apis/bot/v2/hook/${who}`, secret: robotKeys.feishu },
      wecom: { address: `${url}/cgi-bin/webhook/send?key=key-of-group&who=${who}` },
      ntfy: { address: `${url}/${who}`, secret: ntfyToken },
      sms: { address: numberOf(who) },
      voice: { address: numberOf(who) },
      email: { address: `${who}@example.org` },
    };
    return { kind, ...(to[kind] ?? { address: who }) };
  }

  get smtpUrl(): string {
    return this.#mail?.url ?? '';
  }

  urlOf(kind: ChannelKind): string {
    return this.#urls.get(kind) ?? '';
  }

  /** From now on; `undefined`: well again. Mail: what the server says as its greeting, to everybody. */
  mood(kind: ChannelKind, who: string, mood: Mood | string | undefined): void {
    if (kind === 'email') this.#mail?.answerWith(typeof mood === 'string' ? { greeting: mood } : {});
    else if (typeof mood === 'object' || mood === 'hangs') this.#moods.set(`${kind} ${who}`, mood);
    else this.#moods.delete(`${kind} ${who}`);
  }

  /** As on the first day. */
  wellAgain(): void {
    this.#moods.clear();
    this.received.length = 0;
    this.#mail?.answerWith({});
  }

  hangs(kind: ChannelKind, who: string): boolean {
    return this.#moods.get(`${kind} ${who}`) === 'hangs';
  }

  /** What somebody got over a channel, the last one first. */
  textsOf(kind: ChannelKind, who: string): string[] {
    const mails = this.#mail?.mails.filter(({ to }) => to.includes(`${who}@`)).map(({ text }) => readable(text)) ?? [];
    if (kind === 'email') return mails.reverse();
    return this.received
      .filter((one) => one.kind === kind && one.who === who)
      .map(({ text }) => text)
      .reverse();
  }

  /** Did this message arrive, or something of its id? Channels within this process need no provider. */
  has(kind: ChannelKind, who: string, id: string): boolean {
    if (['mqtt', 'sse', 'log'].includes(kind)) return true;
    if (kind === 'email') return this.textsOf(kind, who).some((text) => text.includes(`<${id}@anju>`));
    return this.received.some((one) => one.kind === kind && one.who === who && id.startsWith(one.id));
  }

  async #listen(
    kind: ChannelKind,
    check: (request: Request) => Reply,
    idOf: (request: Request) => string | undefined = () => undefined,
    textOf = ({ body }: Request) => body.toString(),
  ): Promise<void> {
    const { url } = await standIn((request) => {
      const answer = check(request);
      const text = textOf(request);
      const who = whoOf(request, text);
      if (isRefusal(answer)) this.faults.push(`${kind} to ${who}: ${JSON.stringify(answer)}`);
      const mood = this.#moods.get(`${kind} ${who}`);
      if (mood === 'hangs') return undefined;
      if (mood !== undefined) return mood;
      this.received.push({ kind, who, id: idOf(request) ?? idIn(text), text });
      return answer;
    });
    this.#urls.set(kind, url);
  }
}

/** After the Standard Webhooks specification. */
function hook({ headers, body }: Request): Reply {
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body.toString()}`;
  const key = Buffer.from(hookSecret.slice('whsec_'.length), 'base64');
  const ours = `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
  return { status: headers['webhook-signature'] === ours ? 204 : 401 };
}

function isRefusal({ status = 200, json }: Reply): boolean {
  if (status >= 300) return true;
  const { errcode, code, Code } = (json ?? {}) as { errcode?: number; code?: number; Code?: string };
  return (errcode ?? 0) !== 0 || (code ?? 0) !== 0 || (Code ?? 'OK') !== 'OK';
}

function whoOf({ url }: Request, text: string): string {
  const number = url.searchParams.get('PhoneNumbers') ?? url.searchParams.get('CalledNumber');
  if (number !== null) return names.find((name) => numberOf(name) === number) ?? number;
  const topic = url.pathname === '/' ? (/"topic":"([\w-]+)"/.exec(text)?.[1] ?? '') : '';
  return url.searchParams.get('who') ?? (topic || (url.pathname.split('/').at(-1) ?? ''));
}

function numberOf(who: string): string {
  return `1380000000${names.indexOf(who)}`;
}

function outId({ url }: Request): string {
  return url.searchParams.get('OutId') ?? '';
}

function asked({ url }: Request): string {
  return url.searchParams.get('TemplateParam') ?? url.searchParams.get('TtsParam') ?? '';
}

/** The id stands in the link people answer with. */
function idIn(text: string): string {
  return /"id":"(n[\w-]{25})"/.exec(text)?.[1] ?? /\/a\/[ac](n[\w-]{25})/.exec(text)?.[1] ?? 'n';
}

/** A mail as its reader sees it: parts in base64 are opened. */
function readable(text: string): string {
  return text.replace(
    /(?:[A-Za-z0-9+/]{60,76}\r?\n?)*[A-Za-z0-9+/]+={0,2}$/gm,
    (part) => `${part}\n${Buffer.from(part, 'base64').toString()}`,
  );
}
