import { readonly, ref } from 'vue';

/** `unsupported`: no notifications here, as on pages without https. */
type Permission = NotificationPermission | 'unsupported';

const known = ref<Permission>(now());
/** Whether the browser shows notifications of this page. */
export const noticePermission = readonly(known);

/** Has to come from a press: browsers ask people only then. */
export async function askForNotices(): Promise<void> {
  if (known.value !== 'unsupported') known.value = await Notification.requestPermission();
}

type Notice = { readonly id: string; readonly title: string; readonly body: string; readonly onPress: () => void };

/** Shows it over other windows until somebody does something about it; nothing without permission. One for each id. */
export function notice({ id, title, body, onPress }: Notice): void {
  if (known.value !== 'granted') return;
  try {
    const shown = new Notification(title, { body, tag: id, icon: '/icon-alarm.svg', requireInteraction: true });
    shown.onclick = () => {
      window.focus();
      onPress();
      shown.close();
    };
  } catch {
    known.value = 'unsupported'; // Chrome on Android shows them from a service worker only
  }
}

function now(): Permission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}
