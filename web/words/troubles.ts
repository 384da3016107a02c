import { Refused } from '../service/client.ts';
import { language, t, type WordKey } from './index.ts';
import { refusalInWords } from './refusals.ts';

const sentences: Readonly<Record<number, WordKey>> = {
  0: 'common.trouble.unreachable',
  403: 'common.trouble.forbidden',
  404: 'common.trouble.notFound',
  429: 'common.trouble.tooMany',
  503: 'common.trouble.unavailable',
};

/** What to tell somebody whose wish was refused. A bug is no refusal: it rises. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof Refused)) throw error;
  const key = sentences[error.status];
  return key === undefined ? t('common.trouble.refused', { detail: saidInWords(error.message) }) : t(key);
}

/** What the service said, in the language that is chosen; what has no words in it yet is not shown in another. */
export function saidInWords(said: string): string {
  return language.value === 'en' ? said : (refusalInWords(said) ?? t('common.trouble.noWords'));
}
