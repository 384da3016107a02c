import { Refused } from '../service/client.ts';
import { t, type WordKey } from './index.ts';

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
  return key === undefined ? t('common.trouble.refused', { detail: error.message }) : t(key);
}
