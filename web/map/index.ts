import { defineAsyncComponent } from 'vue';
import LoadingState from '../parts/LoadingState.vue';

const retryAfterMs = 3_000;

/** The map, loaded when it is first shown: MapLibre is larger than all the rest. Without a connection it goes on trying. */
export const MapView = defineAsyncComponent({
  loader: () => import('./MapView.vue'),
  loadingComponent: LoadingState,
  onError(_error, retry) {
    setTimeout(retry, retryAfterMs);
  },
});
