import { computed, readonly, shallowRef } from 'vue';
import { learnServerTime, serverNowMs } from './clock.ts';
import { blocksOf, fieldsOf } from './event-stream.ts';
import { session } from './session.ts';

/** The service beats every 4 s: after two beats that did not come the connection is gone, whatever the browser thinks. */
const silentAtMostMs = 9_000;
const firstPauseMs = 500;
const pauseAtMostMs = 8_000;

type Listener = {
  /** Something happened. */
  event(name: string, data: unknown): void;
  /** The stream runs (again): what was missed comes by itself, unless `isFresh`. */
  connected(isFresh: boolean): void;
};

/** Epoch ms of the service's clock since when nothing is heard; undefined while the stream runs. */
const lost = shallowRef<number | undefined>();
const hasConnected = shallowRef(false);
export const lostSinceMs = readonly(lost);
/** What is shown is how things are now. False before the first connection, and while it is lost. */
export const isLive = computed(() => hasConnected.value && lost.value === undefined);

const listeners = new Set<Listener>();
let lastEventId: string | undefined;
let abort: AbortController | undefined;

/** Adds a listener; the answer takes it away again. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows the event stream until `unfollow`, however often the connection breaks. A second call changes nothing. */
export function follow(): void {
  if (abort !== undefined) return;
  abort = new AbortController();
  void keepFollowing(abort.signal);
}

/** Ends it, and forgets where it was: the next who logs in starts anew. */
export function unfollow(): void {
  abort?.abort();
  abort = undefined;
  lastEventId = undefined;
  lost.value = undefined;
  hasConnected.value = false;
}

async function keepFollowing(signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const end = await readStream(signal, () => {
      failures = 0;
    }).catch(() => 'broken' as const);
    if (signal.aborted || end === 'refused') return;
    lost.value ??= serverNowMs();
    await pause(backOffMs(failures), signal);
    failures += 1;
  }
}

/** Twice as long each time, half of it by chance: when the service comes back, not all pages come at once. */
function backOffMs(failures: number): number {
  const fullMs = Math.min(pauseAtMostMs, firstPauseMs * 2 ** failures);
  return fullMs / 2 + (Math.random() * fullMs) / 2;
}

async function readStream(signal: AbortSignal, onConnected: () => void): Promise<'broken' | 'refused'> {
  const silence = new AbortController();
  let watchdog = setTimeout(() => silence.abort(), silentAtMostMs);
  const heard = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => silence.abort(), silentAtMostMs);
  };
  try {
    const response = await openStream(AbortSignal.any([signal, silence.signal]));
    if (response.status === 401) session.end('over');
    if (response.status === 401 || response.status === 403) return 'refused';
    if (!response.ok || response.body === null) return 'broken';
    onConnected();
    connected(response.headers.get('date'));
    for await (const block of blocksOf(response.body, heard)) tell(block);
    return 'broken';
  } finally {
    clearTimeout(watchdog);
  }
}

/** `EventSource` cannot send the session's header, so this reads by hand. */
function openStream(signal: AbortSignal): Promise<Response> {
  const headers = new Headers({ authorization: `Bearer ${session.token()}` });
  if (lastEventId !== undefined) headers.set('last-event-id', lastEventId);
  return fetch('/api/v1/stream', { headers, signal, cache: 'no-store' });
}

function connected(date: string | null): void {
  learnServerTime(date);
  lost.value = undefined;
  hasConnected.value = true;
  for (const listener of listeners) listener.connected(lastEventId === undefined);
}

function tell(block: string): void {
  const { id, event, data } = fieldsOf(block);
  if (id !== undefined) lastEventId = id;
  if (event === undefined || data === undefined) return;
  const parsed: unknown = JSON.parse(data);
  for (const listener of listeners) listener.event(event, parsed);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    const goOn = () => {
      clearTimeout(timer);
      done();
    };
    signal.addEventListener('abort', goOn, { once: true });
    // The browser knows that there is a network again: no need to wait.
    addEventListener('online', goOn, { once: true, signal });
  });
}
