import { computed } from 'vue';
import { openAlerts } from '../service/alerts.ts';

/** Emergencies nobody has claimed. */
export const unclaimedEmergencies = computed(() =>
  openAlerts.value.filter(({ severity, state }) => severity === 'P1' && state === 'open'),
);
