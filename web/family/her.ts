import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { answerOf, Refused, service } from '../service/client.ts';
import { listen } from '../service/live.ts';
import { residents } from '../service/names.ts';
import { session } from '../service/session.ts';
import type { Live } from '../service/types.ts';

/*
 * The resident a family looks at, "her", and what is known of her now. The sentence about where she is has ages in it, so
 * it is asked for again every so often, and at once when the stream tells something about her.
 */

const askEveryMs = 20_000;
/** Several events of one message are one question. */
const gatherMs = 300;
const key = 'anju.family.of';

const wanted = shallowRef(localStorage.getItem(key) ?? '');
const known = shallowRef<Live>();
const trouble = shallowRef<Refused>();

export const herIds = computed<readonly string[]>(() => session.user.value?.residentIds ?? []);
export const herId = computed(() => herIds.value.find((id) => id === wanted.value) ?? herIds.value[0]);
export const her = computed(() => residents.value.get(herId.value ?? ''));
/** Undefined until it was read, and after another resident was chosen. */
export const live = computed(() => known.value);
export const liveTrouble = computed(() => trouble.value);

export function lookAt(id: string): void {
  wanted.value = id;
  localStorage.setItem(key, id);
}

/** Reads what is known now. A connection that is gone leaves the last answer, which says how old it is. */
export async function readLive(): Promise<void> {
  const id = herId.value;
  if (id === undefined) return;
  try {
    const answer = await answerOf(service.GET('/api/v1/residents/{id}/live', { params: { path: { id } } }));
    if (id !== herId.value) return;
    [known.value, trouble.value] = [answer, undefined];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (id === herId.value) trouble.value = error;
  }
}

/** Keeps it up to date as long as the room is open. */
export function followHer(): void {
  let soon: ReturnType<typeof setTimeout> | undefined;
  const readSoon = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      void readLive();
    }, gatherMs);
  };
  const clear = listen({ connected: readSoon, event: (_name, data) => (isAboutHer(data) ? readSoon() : undefined) });
  const often = setInterval(() => void (document.hidden || readLive()), askEveryMs);
  const seen = () => void (document.hidden || readSoon());
  document.addEventListener('visibilitychange', seen);
  watch(
    herId,
    () => {
      known.value = undefined;
      void readLive();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clear();
    clearInterval(often);
    clearTimeout(soon);
    document.removeEventListener('visibilitychange', seen);
  });
}

function isAboutHer(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'residentId' in data && data.residentId === herId.value;
}
