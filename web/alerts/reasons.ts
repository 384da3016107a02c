import type { Alert } from '../service/types.ts';

type Bilingual = { readonly zh: string; readonly en: string };
const reasonsAtMost = 3;

/** What was seen, in words; what would have kept it quiet is for whoever asks further. */
export function reasonsOf({ evidence }: Alert): readonly Bilingual[] {
  const { because } = evidence;
  return Array.isArray(because) ? because.filter(isBilingual).slice(0, reasonsAtMost) : [];
}

function isBilingual(value: unknown): value is Bilingual {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
}
