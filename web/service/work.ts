import { watch } from 'vue';
import { forgetAlerts } from './alerts.ts';
import { answerOf, service } from './client.ts';
import { follow, unfollow } from './live.ts';
import { forgetNames, readNames } from './names.ts';
import { takePushBack } from './push.ts';
import { session } from './session.ts';
import { forgetWhereabouts } from './whereabouts.ts';

/** Follows alerts, positions and names while somebody is logged in who may know them; forgets everything when they leave. */
export function beginWork(): void {
  watch(
    () => session.token() !== undefined && session.user.value,
    (user) => {
      leave();
      if (!user || user.role === 'viewer') return;
      follow();
      void readNames();
    },
    { immediate: true },
  );
}

/** Ends the session, here at once and at the service when it can be reached; this browser gets no push messages any more. */
export async function logOut(): Promise<void> {
  await takePushBack();
  const told = answerOf(service.DELETE('/api/v1/session'));
  session.end();
  void told.catch(() => undefined); // it runs out by itself
}

function leave(): void {
  unfollow();
  forgetAlerts();
  forgetWhereabouts();
  forgetNames();
}
