import type { Alert } from '../service/types.ts';

export type Bilingual = { readonly zh: string; readonly en: string };
const reasonsAtMost = 3;

/** What was seen, in words; what would have kept it quiet is for whoever asks further. */
export function reasonsOf({ evidence }: Alert): readonly Bilingual[] {
  return bilingualsOf(evidence.because).slice(0, reasonsAtMost);
}

/** The sentences of a list in the evidence. */
export function bilingualsOf(list: unknown): readonly Bilingual[] {
  return Array.isArray(list) ? list.filter(isBilingual) : [];
}

function isBilingual(value: unknown): value is Bilingual {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
}
