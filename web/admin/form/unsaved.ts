import { onScopeDispose, shallowRef } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationRaw, useRouter } from 'vue-router';
import { session } from '../../service/session.ts';

/** Keeps somebody from losing what they wrote: `asking` is true while they are to be asked; `goOn` goes where they wanted to. */
export function useUnsaved(isDirty: () => boolean) {
  const router = useRouter();
  const wanted = shallowRef<RouteLocationRaw>();
  let mayGo = false;
  const guard = (to: { readonly fullPath: string }) => {
    if (mayGo || !isDirty() || session.user.value === undefined) return true;
    wanted.value = to.fullPath;
    return false;
  };
  /** The browser asks by itself when the whole page is left. */
  const unload = (event: BeforeUnloadEvent) => {
    if (!mayGo && isDirty() && session.user.value !== undefined) event.preventDefault();
  };
  addEventListener('beforeunload', unload);
  onScopeDispose(() => removeEventListener('beforeunload', unload));
  onBeforeRouteUpdate(guard);
  onBeforeRouteLeave(guard);
  return {
    asking: wanted,
    stay: () => {
      wanted.value = undefined;
    },
    goOn: async () => {
      mayGo = true;
      if (wanted.value !== undefined) await router.push(wanted.value);
    },
    /** It is settled otherwise: nobody needs to be asked. */
    settle: () => {
      mayGo = true;
    },
  };
}
