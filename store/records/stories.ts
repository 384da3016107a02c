import type { Kysely } from 'kysely';
import type { TimelineEntry } from '../../model/alert.ts';
import type { Notification } from '../../model/notification.ts';
import type { AlertStory } from '../contracts.ts';
import { chunks } from './alerts.ts';
import type { Tables } from './tables.ts';

/** Time lines and notifications of several alerts, in as many statements as their number needs. */
export async function storiesOf(db: Kysely<Tables>, alertIds: readonly string[]): Promise<Map<string, AlertStory>> {
  const stories = new Map<string, { entries: TimelineEntry[]; notifications: Notification[] }>();
  const storyOf = (id: string) => {
    const story = stories.get(id) ?? { entries: [], notifications: [] };
    stories.set(id, story);
    return story;
  };
  for (const some of chunks(alertIds)) {
    const lines = db.selectFrom('timeline').select(['alert_id', 'doc']).where('alert_id', 'in', some);
    for (const row of await lines.orderBy('alert_id').orderBy('position').execute())
      storyOf(row.alert_id).entries.push(JSON.parse(row.doc));
    const told = db.selectFrom('notifications').select(['alert_id', 'doc']).where('alert_id', 'in', some);
    for (const row of await told.execute()) storyOf(row.alert_id).notifications.push(JSON.parse(row.doc));
  }
  return stories;
}
