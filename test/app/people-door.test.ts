import { expect, test } from 'vitest';
import { PeopleDoor, seenBy } from '../../app/people-door.ts';
import { type Alert, type AlertView, viewOfSeveral } from '../../model/alert.ts';
import { daughter, neighbourhood, operator, stranger, worker } from '../alerts/support/night.ts';

const directory = neighbourhood([]);

function about(residentId: string): Alert {
  const atMs = Date.UTC(2026, 2, 14);
  return {
    id: `alert-${residentId}`,
    family: 'deviceOffline',
    type: 'deviceOffline',
    types: ['deviceOffline'],
    severity: 'P4',
    state: 'open',
    residentId,
    areaId: 'street',
    deviceIds: [],
    openedAtMs: atMs,
    updatedAtMs: atMs,
    late: false,
    suspected: false,
    count: 1,
    summary: { zh: residentId, en: residentId },
    evidence: {},
    revision: 1,
  };
}

/** One message that names three alerts: of Mrs Wang, of Mr Zhao, and of a device of nobody. */
const gathered = viewOfSeveral(about('wang'), [about('zhao'), about('~spare')]);
const named = (alert: AlertView) => alert.also?.map(({ residentId }) => residentId);

test('of the others in a gathered message everybody sees those they look after, and no more', () => {
  expect(named(seenBy(directory, operator.username, gathered))).toEqual(['zhao']);
  expect(named(seenBy(directory, worker.username, gathered))).toEqual(['zhao']);
  expect(named(seenBy(directory, daughter.username, gathered))).toEqual([]);
  expect(named(seenBy(directory, stranger.username, gathered))).toEqual(['zhao']); // Mr Zhao is theirs
  expect(named(seenBy(directory, 'nobody-of-that-name', gathered))).toEqual([]);
});

test('how many there were is still said, and a message about one alert stays what it is', () => {
  expect(seenBy(directory, daughter.username, gathered).alsoTotal).toBe(2);
  const single = viewOfSeveral(about('wang'), []);
  expect(seenBy(directory, daughter.username, single)).toBe(single);
});

test('pages and apps get what their user may see; an app of somebody who may not see the resident gets nothing', async () => {
  const shown: AlertView[] = [];
  const published: AlertView[] = [];
  const connected = [daughter, stranger].map((user) => ({ kind: 'person' as const, id: user.id, user }));
  const door = new PeopleDoor({
    directory,
    broker: () => ({
      sendToPeople({ payload }, isMeant) {
        const to = connected.filter(isMeant);
        for (const _one of to) published.push(JSON.parse(String(payload)));
        return to.length;
      },
    }),
    api: () => ({ alertChanged: () => undefined, show: async (_username, alert) => shown.push(alert) > 0 }),
  });
  expect(await door.show('daughter', gathered)).toBe(true);
  expect(door.publish('daughter', gathered)).toBe(true);
  expect(door.publish('stranger', gathered)).toBe(false);
  expect([...shown, ...published].map(named)).toEqual([[], []]);
});
