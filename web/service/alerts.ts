import { computed, readonly, shallowRef, triggerRef } from 'vue';
import { answerOf, everyPage, Refused, service } from './client.ts';
import { oncePerFrame } from './frames.ts';
import { listen } from './live.ts';
import { session } from './session.ts';
import type { Alert } from './types.ts';

const workedOn = 'open,acknowledged,enRoute,arrived';
const retryAfterMs = 3_000;

/** Alerts are never changed, only replaced; Vue watches the table, not what is in it. */
const table = shallowRef(new Map<string, Alert>());
const changed = oncePerFrame(() => triggerRef(table));
const state = shallowRef<'loading' | 'ready' | 'failed' | 'numbersOnly'>('loading');
const trouble = shallowRef<Refused | undefined>();
/** Lists on their way, and what changed meanwhile. */
let readings = 0;
const meanwhile = new Map<string, Alert>();

/** How well the list is known; `failed` tries again by itself. */
export const alertsState = readonly(state);
export const alertsTrouble = readonly(trouble);

/** Every open alert of the scope: gravest first, then the one that waits longest. */
export const openAlerts = computed<readonly Alert[]>(() => [...table.value.values()].sort(inOrder));

export function openAlert(id: string): Alert | undefined {
  return table.value.get(id);
}

/** Takes an alert (of an answer, of the stream) unless a newer copy is known. */
export function keepAlert(alert: Alert): void {
  if (readings > 0) meanwhile.set(alert.id, alert);
  put(alert);
  changed();
}

type Action = {
  readonly action: 'claim' | 'acknowledge' | 'enRoute' | 'arrive' | 'resolve' | 'pass' | 'assign' | 'reopen';
  readonly note?: string;
  readonly outcome?: string;
  readonly assignee?: string;
};

/** What somebody does to an alert; the list shows it at once. Throws `Refused`. */
export async function act(alertId: string, body: Action): Promise<Alert> {
  const asked = service.POST('/api/v1/alerts/{id}/actions', { params: { path: { id: alertId } }, body });
  const alert: Alert = await answerOf(asked);
  keepAlert(alert);
  return alert;
}

/** Somebody opened an alert: what they were sent of it is read. Nothing hangs on it, so a failure is let be. */
export function noteRead(alertId: string): void {
  void service.POST('/api/v1/alerts/{id}/read', { params: { path: { id: alertId } } }).catch(() => undefined);
}

/** Reads the whole list anew. */
export async function readAlerts(): Promise<void> {
  const reader = session.token();
  readings += 1;
  try {
    const all = await everyPage((cursor) => answerOf(askForPage(cursor)));
    if (reader === session.token()) replaceBy(all);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (reader === session.token()) fail(error);
  } finally {
    readings -= 1;
    if (readings === 0) meanwhile.clear();
  }
}

export function forgetAlerts(): void {
  table.value.clear();
  meanwhile.clear();
  [state.value, trouble.value] = ['loading', undefined];
  changed();
}

listen({
  connected(isFresh) {
    if (isFresh || state.value !== 'ready') void readAlerts();
  },
  event(name, data) {
    // After `reset` every open alert is told again; those that ended meanwhile are told by nobody.
    if (name === 'reset') void readAlerts();
    if (name === 'alert') keepAlert(data as Alert); // as the service describes it
  },
});

function askForPage(cursor: string | undefined) {
  const query = { state: workedOn, limit: 1000, ...(cursor !== undefined && { cursor }) };
  return service.GET('/api/v1/alerts', { params: { query } });
}

/** The list was written before what the stream told while it was on its way. */
function replaceBy(all: readonly Alert[]): void {
  table.value.clear();
  for (const alert of all) put(alert);
  for (const alert of meanwhile.values()) put(alert);
  [state.value, trouble.value] = ['ready', undefined];
  changed();
}

function put(alert: Alert): void {
  const known = table.value.get(alert.id);
  if (known && known.revision > alert.revision) return;
  if (alert.state === 'resolved') table.value.delete(alert.id);
  else table.value.set(alert.id, alert);
}

function fail(error: Refused): void {
  trouble.value = error;
  state.value = error.status === 403 ? 'numbersOnly' : 'failed';
  if (error.status !== 403 && error.status !== 401) setTimeout(() => void retry(), retryAfterMs);
}

async function retry(): Promise<void> {
  if (state.value === 'failed') await readAlerts();
}

function inOrder(a: Alert, b: Alert): number {
  return compare(a.severity, b.severity) || compare(a.openedAt, b.openedAt) || compare(a.id, b.id);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
