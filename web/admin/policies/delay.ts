import { t } from '../../words/index.ts';

/** "at once", "after 1 min 30 s". */
export function delayInWords(afterS: number): string {
  if (!Number.isFinite(afterS) || afterS <= 0) return t('admin.policy.atOnce');
  const [minutes, seconds] = [Math.floor(afterS / 60), afterS % 60];
  if (minutes === 0) return t('admin.policy.afterSeconds', { s: seconds });
  return seconds === 0
    ? t('admin.policy.afterMinutes', { m: minutes })
    : t('admin.policy.afterBoth', { m: minutes, s: seconds });
}
