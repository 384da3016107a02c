import { nowMs } from '../../service/clock.ts';
import type { Alert, AlertStory, Answer } from '../../service/types.ts';
import { t } from '../../words/index.ts';
import { hourMinuteSecond, listed } from '../../words/measures.ts';
import { approachOf } from './nearby.ts';

export type Preview = Answer<'getResidentsIdEscalation'>;
const stepsAtMost = 4;

/** What happens by itself if nobody does anything, in the order of time. */
export function nextSteps(alert: Alert, story: AlertStory, preview: Preview | undefined): readonly string[] {
  if (alert.state === 'open') return [...offerOf(story), ...tellingsOf(preview)].slice(0, stepsAtMost);
  return alert.state === 'acknowledged' ? leaseOf(story) : [];
}

function offerOf({ dispatch: { offer } }: AlertStory): readonly string[] {
  if (offer === undefined) return [];
  const to = listed(offer.to.map((one) => `${one.name ?? one.userId} (${approachOf(one)})`));
  return [t('console.next.offer', { to, until: hourMinuteSecond(offer.until) })];
}

function tellingsOf(preview: Preview | undefined): readonly string[] {
  const ahead = (preview?.items ?? []).filter(({ at }) => Date.parse(at) > nowMs.value);
  return ahead.map(({ at, recipientId, recipientName = recipientId, channels }) => {
    const by = listed(channels.map((channel) => t(`console.channel.${channel}`)));
    return t('console.next.tell', { at: hourMinuteSecond(at), name: recipientName, by });
  });
}

function leaseOf({ dispatch: { leaseEndsAt } }: AlertStory): readonly string[] {
  return leaseEndsAt === undefined ? [] : [t('console.next.lease', { at: hourMinuteSecond(leaseEndsAt) })];
}
