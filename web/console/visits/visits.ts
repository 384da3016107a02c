import { answerOf, service } from '../../service/client.ts';
import { nowMs } from '../../service/clock.ts';
import type { Answer, Sent } from '../../service/types.ts';
import { t } from '../../words/index.ts';
import { ago, hourAndMinute, shortTime } from '../../words/measures.ts';

export type ToVisit = Answer<'getVisits'>['items'][number];
export type Report = Sent<'postResidentsIdVisits'>;
type Recorded = Answer<'postResidentsIdVisits'>;

/** Whom to visit today, and who is overdue. Throws `Refused`. */
export function readToday(limit: number) {
  return answerOf(service.GET('/api/v1/visits', { params: { query: { due: 'today', limit } } }));
}

/** A name of our own: when the line breaks and it is sent again, it is recorded once. */
export function newVisitId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `v-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Throws `Refused`. */
export function recordVisit(residentId: string, body: Report): Promise<Recorded> {
  return answerOf(service.POST('/api/v1/residents/{id}/visits', { params: { path: { id: residentId } }, body }));
}

/** Throws `Refused`. */
export async function takeBack({ residentId: id, id: visitId }: Recorded): Promise<void> {
  await answerOf(service.DELETE('/api/v1/residents/{id}/visits/{visitId}', { params: { path: { id, visitId } } }));
}

/** How it stands, in words. */
export function standing({ state, dueAt, overdueAt }: ToVisit): string {
  if (state === 'overdue') return t('visits.overdue', { ago: ago(nowMs.value - Date.parse(overdueAt)) });
  const isToday = new Date(dueAt).toDateString() === new Date(nowMs.value).toDateString();
  if (isToday) return t('visits.dueToday', { time: hourAndMinute(dueAt) });
  return t('visits.dueUntil', { due: shortTime(dueAt), overdue: shortTime(overdueAt) });
}
