import { computed } from 'vue';
import { languageTag } from '../words/index.ts';

const whole = computed(() => new Intl.NumberFormat(languageTag.value));

/** `12,345`. */
export function counted(n: number): string {
  return whole.value.format(n);
}

/** A share of 0..1 as `97.6%`; never rounded up to a whole it is not. */
export function percent(share: number): string {
  const options = { style: 'percent', maximumFractionDigits: 1, roundingMode: 'floor' } as const;
  return share.toLocaleString(languageTag.value, options);
}
