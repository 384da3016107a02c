import { answerOf, service } from '../service/client.ts';
import { serverNowMs } from '../service/clock.ts';
import type { PublicNotice } from './public-notice.ts';

/** What the centre knows of one. */
export type NoticeView = Awaited<ReturnType<typeof readNotices>>[number];

export type Opened = {
  readonly notice: PublicNotice;
  /** How far the service's clock of notices is ahead of this page's. */
  readonly aheadMs: number;
};

/** Throws `Refused`; 404 when it is over. */
export async function openNotice(id: string, signal: AbortSignal): Promise<Opened> {
  const { now, ...notice } = await answerOf(service.GET('/api/v1/notices/{id}', { params: { path: { id } }, signal }));
  return { notice, aheadMs: Date.parse(now) - serverNowMs() };
}

/** Those that are up. Throws `Refused`. */
export async function readNotices() {
  return (await answerOf(service.GET('/api/v1/notices'))).items;
}

/** Throws `Refused`. */
export async function takeDown(id: string): Promise<void> {
  await answerOf(service.DELETE('/api/v1/notices/{id}', { params: { path: { id } } }));
}

export const photoOf = (id: string): string => `/api/v1/notices/${id}/photo`;
