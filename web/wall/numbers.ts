import { languageTag } from '../words/index.ts';

/** `12,345`. */
export function counted(n: number): string {
  return n.toLocaleString(languageTag.value);
}

/** A share of 0..1 as `97.6%`; never rounded up to a whole it is not. */
export function percent(share: number): string {
  const options = { style: 'percent', maximumFractionDigits: 1, roundingMode: 'floor' } as const;
  return share.toLocaleString(languageTag.value, options);
}
