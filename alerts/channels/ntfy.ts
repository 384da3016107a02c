import type { AlertView } from '../../model/alert.ts';
import type { Channel, Notification } from '../../model/notification.ts';
import { byStatus } from '../outgoing/answers.ts';
import { isWebAddress, type Post, withoutAnswer } from '../outgoing/post.ts';
import { answerWords, bodyText, shortSubject, type Telling } from '../wording.ts';
import { tellingOf, type WordParts } from './words.ts';

export type NtfyParts = WordParts & { readonly clock: () => number; readonly post: Post };

/** ntfy's 5 rings through silence, 1 makes no sound. */
const priorities = { P1: 5, P2: 4, P3: 3, P4: 2, P5: 1 } as const;
const tags = { P1: 'rotating_light', P2: 'warning', P3: 'eyes', P4: 'wrench', P5: 'information_source' } as const;

/**
 * A topic of an ntfy server: the address is its URL (`https://ntfy.example.org/topic`), the secret its access token. The
 * button of the message acknowledges at once; taking it in hand opens the page that asks first.
 */
export function ntfyChannel(parts: NtfyParts): Channel {
  return {
    kind: 'ntfy',
    async send(notification, alert, signal) {
      const place = isWebAddress(notification.address) ? placeOf(notification.address) : undefined;
      if (place === undefined) return { outcome: 'rejected', reason: 'the address is no URL of a topic' };
      const message = { ...messageOf(parts, notification, alert, place.topic), signal };
      const answer = await parts.post(place.server, message);
      if (typeof answer === 'string') return withoutAnswer(answer);
      return byStatus(answer, { outcome: 'sent' }, parts.clock());
    },
  };
}

/** Messages as JSON go to the server's root and name their topic. */
function placeOf(address: string): { readonly server: string; readonly topic: string } | undefined {
  const url = new URL(address);
  const [, folder = '', topic = ''] = /^(.*\/)([\w-]{1,64})$/.exec(url.pathname) ?? [];
  return topic === '' ? undefined : { server: `${url.origin}${folder}`, topic };
}

function messageOf(parts: NtfyParts, notification: Notification, alert: AlertView, topic: string) {
  const telling = tellingOf(parts, notification, alert);
  const body = {
    topic,
    title: shortSubject(telling),
    message: bodyText(telling),
    priority: priorities[alert.severity],
    tags: [tags[alert.severity]],
    ...(telling.links && { actions: actionsOf(telling, telling.links) }),
  };
  const { secret } = notification;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
  };
  return { headers, body: JSON.stringify(body) };
}

function actionsOf({ notification }: Telling, links: NonNullable<Telling['links']>): readonly object[] {
  const language = notification.language ?? 'zh';
  return [
    {
      action: 'http',
      label: answerWords.acknowledge[language],
      url: links.acknowledge,
      method: 'POST',
      clear: true,
    },
    { action: 'view', label: answerWords.claim[language], url: links.claim },
  ];
}
