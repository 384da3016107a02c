import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { session } from '../service/session.ts';

/** Where in the room somebody is: `/admin/{name}/{id}`. */
export function useSection() {
  const route = useRoute();
  const rest = computed<readonly string[]>(() => [route.params.rest ?? []].flat());
  return { name: computed(() => rest.value[0]), id: computed(() => rest.value[1]) };
}

export const isAdmin = computed(() => session.user.value?.role === 'admin');
