import { answerOf, service } from './client.ts';
import type { PageSettings } from './types.ts';

let asked: Promise<PageSettings> | undefined;

/** Asked once; again when it failed. Throws `Refused`. */
export function pageSettings(): Promise<PageSettings> {
  asked ??= answerOf(service.GET('/api/v1/page-settings')).catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}
