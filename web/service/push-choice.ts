import { onMounted, type Ref, ref, type ShallowRef, shallowRef } from 'vue';
import { Refused } from './client.ts';
import { type PushState, pushState, tryPush, turnPushOff, turnPushOn } from './push.ts';

/** Whether this browser gets push messages, to be shown and chosen on a page. */
export type PushChoice = {
  /** Undefined until the browser has said it. */
  readonly state: Readonly<Ref<PushState | undefined>>;
  readonly isBusy: Readonly<Ref<boolean>>;
  /** What came of the last message that was sent to try it. */
  readonly tried: Readonly<Ref<Awaited<ReturnType<typeof tryPush>> | undefined>>;
  /** Why the last wish failed; status 0 is the browser's own push service, which cannot be reached from everywhere. */
  readonly trouble: Readonly<ShallowRef<Refused | undefined>>;
  /** On when it is off, off when it is on. Has to come from a press: browsers ask people only then. */
  turn(): Promise<void>;
  tryIt(): Promise<void>;
};

/** `language`: in which this browser is told. */
export function usePushChoice(language: () => 'zh' | 'en'): PushChoice {
  const state = ref<PushState>();
  const isBusy = ref(false);
  const tried = ref<Awaited<ReturnType<typeof tryPush>>>();
  const trouble = shallowRef<Refused>();
  onMounted(async () => {
    state.value = await pushState();
  });

  async function wish(what: () => Promise<void>): Promise<void> {
    [isBusy.value, trouble.value, tried.value] = [true, undefined, undefined];
    try {
      await what();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trouble.value = error;
    } finally {
      isBusy.value = false;
    }
  }
  const turn = () =>
    wish(async () => {
      state.value = state.value === 'on' ? await turnPushOff() : await turnPushOn(language());
    });
  const tryIt = () =>
    wish(async () => {
      tried.value = await tryPush();
    });
  return { state, isBusy, tried, trouble, turn, tryIt };
}
