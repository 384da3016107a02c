import { readonly, ref } from 'vue';
import { startWorker } from '../../service/push.ts';

/** `unsupported`: no notifications here, as on pages without https. */
type Permission = NotificationPermission | 'unsupported';

const known = ref<Permission>(now());
/** Whether the browser shows notifications of this page. */
export const noticePermission = readonly(known);

/** Has to come from a press: browsers ask people only then. */
export async function askForNotices(): Promise<void> {
  if (known.value !== 'unsupported') known.value = await Notification.requestPermission();
}

type Notice = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Where a press leads when no window of ours can be led there by `onPress`. */
  readonly path: string;
  readonly onPress: () => void;
};

/**
 * Shows it over other windows until somebody does something about it; nothing without permission. One for each id, also
 * of what the push service brings.
 */
export function notice({ id, title, body, path, onPress }: Notice): void {
  if (known.value !== 'granted') return;
  const options = { body, tag: id, icon: '/icon-alarm.svg', requireInteraction: true };
  try {
    const shown = new Notification(title, options);
    shown.onclick = () => {
      window.focus();
      onPress();
      shown.close();
    };
  } catch {
    void showByWorker(title, { ...options, data: { url: path, links: {} } }); // as Chrome on Android wants it
  }
}

async function showByWorker(title: string, options: NotificationOptions): Promise<void> {
  try {
    if ((await startWorker()) === undefined) throw new Error('there is no worker');
    await (await navigator.serviceWorker.ready).showNotification(title, options);
  } catch {
    known.value = 'unsupported';
  }
}

function now(): Permission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}
