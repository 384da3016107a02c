import { computed } from 'vue';
import type { Group } from './filters.ts';
import { queue } from './filters.ts';
import { isAnswered } from './order.ts';

/** From so many open alerts on, what happened is easier seen in groups. */
export const stormFrom = 40;
export const isStorm = computed(() => queue.value.length >= stormFrom);

export type GroupCount = Group & {
  readonly key: string;
  readonly total: number;
  readonly waiting: number;
  /** RFC 3339: since when the first of them waits; undefined when none does. */
  readonly waitingSince: string | undefined;
};

/** The queue by severity, kind and area, gravest first, then the largest. */
export const groups = computed<readonly GroupCount[]>(() => {
  const found = new Map<string, GroupCount>();
  for (const alert of queue.value) {
    const { severity, type, areaId, openedAt } = alert;
    const key = `${severity} ${type} ${areaId}`;
    const known = found.get(key);
    const waits = !isAnswered(alert);
    const { total = 0, waiting = 0, waitingSince } = known ?? {};
    const since = waits && (waitingSince === undefined || openedAt < waitingSince) ? openedAt : waitingSince;
    found.set(key, {
      key,
      severity,
      type,
      areaId,
      total: total + 1,
      waiting: waiting + Number(waits),
      waitingSince: since,
    });
  }
  return [...found.values()].sort(
    (a, b) => compare(a.severity, b.severity) || b.waiting - a.waiting || b.total - a.total,
  );
});

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
