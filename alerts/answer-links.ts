import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Notification } from '../model/notification.ts';
import type { RecordStore } from '../store/contracts.ts';
import type { AnswerAction } from './answering.ts';
import type { Links } from './wording.ts';

const letters = { acknowledge: 'a', claim: 'c' } as const;
const actions: Readonly<Record<string, AnswerAction>> = { a: 'acknowledge', c: 'claim' };
const idLength = 26;
/** 22 characters of base64url: 132 bits. */
const signatureLength = 22;

/** What a token says. Whether it may still be used stands in the records. */
export type Answering = { readonly notificationId: string; readonly action: AnswerAction };

/** The key that signs links, made at the first start and kept in the records. */
export async function answerKeyOf(records: Pick<RecordStore, 'setting' | 'putSetting'>): Promise<string> {
  const kept = await records.setting('answerKey');
  if (kept !== undefined) return kept;
  const key = randomBytes(32).toString('base64url');
  await records.putSetting('answerKey', key);
  return key;
}

/**
 * Makes and reads the links people answer with. A token is the action, the id of the message and an HMAC over both: it is
 * bound to one alert, one person and one action without being stored anywhere. So a message that is sent again, even
 * after a restart, carries the same link; nothing has to be written before an emergency goes out; and a stolen copy of
 * the notifications holds no token. That it is used once, and for a day, is decided by the state of the message.
 */
export class AnswerLinks {
  readonly #key: string;
  readonly #publicUrl: string | undefined;

  /** `publicUrl`: where people reach this service, without a slash at the end; without it there are no links. */
  constructor(key: string, publicUrl: string | undefined) {
    this.#key = key;
    this.#publicUrl = publicUrl;
  }

  of({ id, reason }: Pick<Notification, 'id' | 'reason'>): Links | undefined {
    if (this.#publicUrl === undefined || reason === 'report') return undefined; // nothing to answer
    const link = (action: AnswerAction) => `${this.#publicUrl}/a/${this.tokenOf({ notificationId: id, action })}`;
    return { acknowledge: link('acknowledge'), claim: link('claim') };
  }

  tokenOf(answering: Answering): string {
    return `${letters[answering.action]}${answering.notificationId}${this.#signature(answering)}`;
  }

  /** Undefined for what we did not sign. */
  read(token: string): Answering | undefined {
    const action = actions[token.slice(0, 1)];
    if (action === undefined || token.length !== 1 + idLength + signatureLength) return undefined;
    const answering = { notificationId: token.slice(1, 1 + idLength), action };
    const [given, ours] = [token.slice(1 + idLength), this.#signature(answering)].map((text) => Buffer.from(text));
    return given!.length === ours!.length && timingSafeEqual(given!, ours!) ? answering : undefined; // both were made just now
  }

  #signature({ notificationId, action }: Answering): string {
    const mac = createHmac('sha256', this.#key).update(`answer:${action}:${notificationId}`);
    return mac.digest('base64url').slice(0, signatureLength);
  }
}
