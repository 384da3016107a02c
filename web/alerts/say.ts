import { keepAlert } from '../service/alerts.ts';
import { answerOf, service } from '../service/client.ts';
import { serverNowMs } from '../service/clock.ts';
import type { Alert, Sent } from '../service/types.ts';

type Request = Sent<'postResidentsIdAlerts'>;
export type SaidType = Request['type'];

/** When somebody was seen last, as people say it at once; `exactly` is for whoever knows. */
export const sights = ['unknown', 'now', 'quarter', 'hour', 'threeHours', 'exactly'] as const;
export type Sight = (typeof sights)[number];
const minutesAgo: Readonly<Partial<Record<Sight, number>>> = { now: 0, quarter: 15, hour: 60, threeHours: 180 };

/** What somebody says by hand, while it is written. */
export type Words = {
  type: SaidType | undefined;
  sight: Sight;
  /** As of an input of date and time, in this browser's time zone. */
  at: string;
  place: string;
  note: string;
};

export function newWords(type: SaidType | undefined): Words {
  return { type, sight: 'unknown', at: '', place: '', note: '' };
}

/** A name for one report, so that it is said once however often it is sent. Pages without TLS have no `randomUUID`. */
export function newRef(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Says it; the list of alerts shows it at once. Throws `Refused`. */
export async function sayOf(residentId: string, words: Words, ref: string): Promise<Alert> {
  const { type, note } = words;
  if (type === undefined) throw new Error('nobody has said what it is');
  const lastSeen = type === 'missing' ? sightOf(words) : {};
  const body: Request = {
    ...{ type, ref },
    ...(note.trim() !== '' && { note: note.trim() }),
    ...(Object.keys(lastSeen).length > 0 && { lastSeen }),
  };
  const asked = service.POST('/api/v1/residents/{id}/alerts', { params: { path: { id: residentId } }, body });
  const alert: Alert = await answerOf(asked);
  keepAlert(alert);
  return alert;
}

function sightOf({ sight, at, place }: Words): NonNullable<Request['lastSeen']> {
  const agoMin = minutesAgo[sight];
  const known = agoMin === undefined ? undefined : new Date(serverNowMs() - agoMin * 60_000);
  const seen = sight === 'exactly' && at !== '' ? new Date(at) : known;
  return { ...(seen && { at: seen.toISOString() }), ...(place.trim() !== '' && { place: place.trim() }) };
}
