import { computed } from 'vue';
import { session } from '../service/session.ts';
import type { Alert, AlertType } from '../service/types.ts';

/** What says that somebody is gone, as the service has it for notices (docs/PAGES-API.md). */
const goneTypes: readonly AlertType[] = ['missing', 'zoneExit', 'wandering', 'contactLost'];

/** The public may be asked to look for whom this alert is about. */
export function saysGone({ type, state }: Pick<Alert, 'type' | 'state'>): boolean {
  return state !== 'resolved' && goneTypes.includes(type);
}

/** Whoever is logged in may ask the public. */
export const mayPublish = computed(() => session.rooms.value.includes('notices'));

/** Where a notice about whom the alert is about is written. */
export function noticeFormOf(alertId: string): string {
  return `/notices?alert=${encodeURIComponent(alertId)}`;
}

/** When and where people saw her last, as the alert has it of whoever could not find her. */
export function seenIn(alert: Alert | undefined): { readonly at?: string; readonly place?: string } {
  const { lastSeenAtMs, lastSeenPlace } = alert?.evidence ?? {};
  return {
    ...(typeof lastSeenAtMs === 'number' && { at: new Date(lastSeenAtMs).toISOString() }),
    ...(typeof lastSeenPlace === 'string' && { place: lastSeenPlace }),
  };
}
