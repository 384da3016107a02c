import { onScopeDispose } from 'vue';
import { isNewer } from './is-newer.ts';

const lookEveryMs = 5 * 60_000;

/** Nobody presses reload on a wall: when the service has a newer version of the pages, it begins anew by itself. */
export function useNewerPages(): void {
  const timer = setInterval(() => void beginAnewIfNewer(), lookEveryMs);
  onScopeDispose(() => clearInterval(timer));
}

async function beginAnewIfNewer(): Promise<void> {
  const page = await fetch(location.pathname, { cache: 'no-store' })
    .then((response) => (response.ok ? response.text() : ''))
    .catch(() => '');
  const own = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.getAttribute('src') ?? '';
  if (isNewer(page, own)) location.reload();
}
