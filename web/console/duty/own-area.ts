import { computed } from 'vue';
import { areas } from '../../service/names.ts';
import { session } from '../../service/session.ts';

/** The area somebody looks after; for an administrator, who has none, the one above all others. */
export const ownAreaId = computed(
  () => session.user.value?.areaId ?? [...areas.value.values()].find(({ parentId }) => parentId === undefined)?.id,
);
