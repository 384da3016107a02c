import { setImmediate } from 'node:timers/promises';
import type { Alert } from '../../model/alert.ts';
import type { VisitCase } from '../../model/visit-cases.ts';
import type { RecordStore } from '../../store/contracts.ts';
import { type Figures, type FiguresOf, figuresOf } from './figures.ts';
import { type Story, storyOf } from './story.ts';

/** Read at a time: SQLite works on this thread, and an SOS has its turn in between. */
const alertsAtATime = 500;

/** Reads what became of alerts. */
export async function storiesOf(
  records: Pick<RecordStore, 'stories'>,
  alerts: readonly Alert[],
): Promise<readonly Story[]> {
  const stories: Story[] = [];
  for (let from = 0; from < alerts.length; from += alertsAtATime) {
    const some = alerts.slice(from, from + alertsAtATime);
    const found = await records.stories(some.map(({ id }) => id));
    for (const alert of some) {
      const { entries, notifications } = found.get(alert.id) ?? { entries: [], notifications: [] };
      stories.push(storyOf(alert, entries, notifications));
    }
    await setImmediate();
  }
  return stories;
}

type Group = {
  readonly key: string;
  readonly alerts: readonly Alert[];
  readonly visits: readonly VisitCase[];
  readonly of: FiguresOf;
};

/** Figures of groups of alerts over the same range: the whole, its areas, its days. */
export async function figuresOfGroups(
  records: Pick<RecordStore, 'stories'>,
  groups: readonly Group[],
): Promise<readonly ({ readonly key: string } & Figures)[]> {
  const all: ({ readonly key: string } & Figures)[] = [];
  for (const { key, alerts, visits, of } of groups)
    all.push({ key, ...figuresOf(await storiesOf(records, alerts), of, visits) });
  return all;
}
