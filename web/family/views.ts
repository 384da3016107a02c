import { type Component, defineAsyncComponent, onScopeDispose } from 'vue';
import LoadingState from '../parts/LoadingState.vue';
import NowView from './now/NowView.vue';
import type { Tab } from './tabs.ts';

/** What opens first comes with the room, the other tabs soon after: they are needed most where the network is worst. */
const loaders = {
  day: () => import('./day/DayView.vue'),
  health: () => import('./health/HealthView.vue'),
  people: () => import('./people/PeopleView.vue'),
  settings: () => import('./settings/SettingsView.vue'),
};
const retryAfterMs = 3_000;
/** The first tab and its map come before. */
const fetchAfterMs = 5_000;

export const views: Readonly<Record<Tab, Component>> = {
  now: NowView,
  day: later(loaders.day),
  health: later(loaders.health),
  people: later(loaders.people),
  settings: later(loaders.settings),
};

/** Without a connection it says so and goes on trying. */
function later(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({
    loader,
    delay: 0,
    loadingComponent: LoadingState,
    onError: (_error, retry) => void setTimeout(retry, retryAfterMs),
  });
}

/** Fetches the tabs nobody has opened yet; one that does not come is asked for when it is opened. */
export function fetchTabs(): void {
  const timer = setTimeout(() => {
    for (const load of Object.values(loaders)) void load().catch(() => undefined);
  }, fetchAfterMs);
  onScopeDispose(() => clearTimeout(timer));
}
