import { computed, shallowRef } from 'vue';
import type { Role, Session, User } from './types.ts';

/** The rooms of the pages, as in their addresses. */
export type Room = 'family' | 'console' | 'wall' | 'admin' | 'notices';

/** Where each role may go; the first is where it starts. */
const roomsOf: Readonly<Record<Role, readonly Room[]>> = {
  family: ['family'],
  responder: ['console'],
  operator: ['console', 'wall', 'admin', 'notices'],
  admin: ['admin', 'console', 'wall', 'notices'],
  viewer: ['wall'],
};

const key = 'anju.session';
/** Of a screen on a wall: `expiresAt` is the service's business. */
type Kept = Session | { readonly token: string; readonly user: User; readonly isDisplay: true };
const kept = shallowRef(read());
/** Why somebody finds themselves at the log-in. */
const reason = shallowRef<'over' | undefined>();

export const session = {
  user: computed<User | undefined>(() => kept.value?.user),
  rooms: computed<readonly Room[]>(() => (kept.value === undefined ? [] : roomsOf[kept.value.user.role])),
  reason,
  /** A screen on a wall, with nobody in front of it. */
  isDisplay: computed(() => kept.value !== undefined && 'isDisplay' in kept.value),
  token: (): string | undefined => kept.value?.token,
  /** `keep`: also when the browser is closed, for a phone of one's own or a screen on a wall. */
  begin(begun: Session, keep: boolean): void {
    keepIn(keep ? localStorage : sessionStorage, begun);
  },
  /** Stays when the screen is turned off and on. */
  beginDisplay(token: string, user: User): void {
    sessionStorage.removeItem(key);
    keepIn(localStorage, { token, user, isDisplay: true });
  },
  end(why?: 'over'): void {
    localStorage.removeItem(key);
    sessionStorage.removeItem(key);
    reason.value = why;
    kept.value = undefined;
  },
};

function keepIn(storage: Storage, begun: Kept): void {
  storage.setItem(key, JSON.stringify(begun));
  reason.value = undefined;
  kept.value = begun;
}

/** What this page itself has written; what is no longer valid there is found out by the first request. */
function read(): Kept | undefined {
  const text = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Kept);
}
