import { computed, shallowRef } from 'vue';
import { openAlerts } from '../../service/alerts.ts';
import { nameOfSubject } from '../../service/names.ts';
import { session } from '../../service/session.ts';
import type { Alert, AlertType, Severity } from '../../service/types.ts';
import { inLanguage, t } from '../../words/index.ts';
import { unseenEmergencies } from '../alarm/unseen.ts';
import { inQueueOrder, isAnswered } from './order.ts';

/** Alerts of one kind in one area, as a storm brings them. */
export type Group = { readonly severity: Severity; readonly type: AlertType; readonly areaId: string };
type Filter = {
  readonly whose: 'all' | 'waiting' | 'mine';
  readonly severity: Severity | undefined;
  readonly group: Group | undefined;
  readonly words: string;
};

export const everything: Filter = { whose: 'all', severity: undefined, group: undefined, words: '' };
/** What of the queue is shown. */
export const filter = shallowRef<Filter>(everything);

export function narrow(change: Partial<Filter>): void {
  filter.value = { ...filter.value, ...change };
}

/** Everything open, in the order in which it is to be worked. */
export const queue = computed(() => inQueueOrder(openAlerts.value));

/** The part of it that is shown; an emergency nobody here has seen passes every filter. */
export const shownQueue = computed(() => {
  const wanted = filter.value;
  if (wanted === everything) return queue.value;
  const unseen = new Set(unseenEmergencies.value.map(({ id }) => id));
  return queue.value.filter((alert) => unseen.has(alert.id) || passes(alert, wanted));
});

function passes(alert: Alert, { whose, severity, group, words }: Filter): boolean {
  if (whose === 'waiting' && isAnswered(alert)) return false;
  if (whose === 'mine' && alert.assignee !== session.user.value?.id) return false;
  if (severity !== undefined && alert.severity !== severity) return false;
  if (group !== undefined && !isIn(group, alert)) return false;
  return words.trim() === '' || textOf(alert).includes(words.trim().toLowerCase());
}

export function isIn({ severity, type, areaId }: Group, alert: Alert): boolean {
  return alert.severity === severity && alert.type === type && alert.areaId === areaId;
}

/** What somebody may look for: whom, what, where, and who is on it. */
function textOf({ residentId, areaId, type, summary, assigneeName = '' }: Alert): string {
  const words = [nameOfSubject(residentId), nameOfSubject(`@${areaId}`), t(`alerts.type.${type}`), assigneeName];
  return [...words, inLanguage(summary)].join(' ').toLowerCase();
}
