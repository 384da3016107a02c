import { onScopeDispose, watch, watchEffect } from 'vue';
import { unclaimedEmergencies } from '../../alerts/emergencies.ts';
import { nameOfSubject } from '../../service/names.ts';
import type { Alert } from '../../service/types.ts';
import { inLanguage, t } from '../../words/index.ts';
import { addressOf } from '../addresses.ts';
import { notice } from './notices.ts';
import { allowSound, hush, prepareSound, sound } from './siren.ts';
import { forgetAnswered, unseenEmergencies } from './unseen.ts';

/** An emergency sounds until it is seen, and is shown over other windows, for as long as the console is open. */
export function useAlarm(show: (alert: Alert) => void): void {
  prepareSound();
  watch(unclaimedEmergencies, forgetAnswered);
  watchEffect(() => (unseenEmergencies.value.length > 0 ? sound() : hush()));
  const told = new Set<string>();
  watch(unseenEmergencies, (unseen) => tellNew(unseen, told, show), { immediate: true });
  addEventListener('pointerdown', allowSound);
  addEventListener('keydown', allowSound);
  onScopeDispose(() => {
    hush();
    removeEventListener('pointerdown', allowSound);
    removeEventListener('keydown', allowSound);
  });
}

function tellNew(unseen: readonly Alert[], told: Set<string>, show: (alert: Alert) => void): void {
  for (const id of told) if (!unseen.some((alert) => alert.id === id)) told.delete(id);
  for (const alert of unseen.filter(({ id }) => !told.has(id))) {
    told.add(alert.id);
    const title = `${t('alerts.severity.P1')}: ${t(`alerts.type.${alert.type}`)} · ${nameOfSubject(alert.residentId)}`;
    const path = addressOf({ view: 'alert', id: alert.id });
    notice({ id: alert.id, title, body: inLanguage(alert.summary), path, onPress: () => show(alert) });
  }
}
