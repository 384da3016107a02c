import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Notification } from '../../model/notification.ts';
import { links, openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

type Found = { items: Record<string, unknown>[]; nextCursor: string | null };

const callbacks = '/callbacks/aliyun/callback-secret-of-this-town';

/** Mrs Wang pressed, and her daughter has a message about it. */
async function pressed(): Promise<Notification> {
  await town.raise('r0', 'sos', 'P1');
  const [alert] = town.parts.desk.open();
  const told = async () => (await town.records.notificationsOf(alert!.id))[0]!; // one is open, and her daughter is told
  await expect.poll(async () => (await told()).state).toBe('delivered');
  return told();
}

/** The provider took the message, and has not said more yet. */
async function sent(): Promise<Notification> {
  const message = { ...(await pressed()), state: 'sent' as const };
  await town.records.updateNotifications([message]);
  return message;
}

const pathOf = (link: string) => new URL(link).pathname;
const linksOf = (message: Notification) => {
  const both = links.of(message)!; // this town has an address
  return { acknowledge: pathOf(both.acknowledge), claim: pathOf(both.claim) };
};
async function visit(method: 'GET' | 'POST', path: string, body?: string) {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(town.url + path, { method, ...(body !== undefined && { body, headers: form }) });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
async function report(kind: 'sms' | 'voice', body: unknown, path = callbacks) {
  const answer = await fetch(`${town.url}${path}/${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.status;
}
const stateOf = async ({ alertId }: Notification) =>
  (await town.records.notificationsOf(alertId)).map(({ state }) => state);
const alertNow = () => town.parts.desk.open()[0]!; // one is open

test('a program that opens every link in a mail answers nothing; a person who confirms does', async () => {
  const message = await pressed();
  const { acknowledge } = linksOf(message);
  for (let nth = 0; nth < 3; nth++) {
    const page = await visit('GET', acknowledge);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<form method="post">');
    expect(page.text).toContain('王秀英');
  }
  expect(alertNow().state).toBe('open');
  const answered = await visit('POST', acknowledge, '');
  expect([answered.status, answered.text.includes('已收到您的答复')]).toEqual([200, true]);
  expect(alertNow().state).toBe('acknowledged');
  expect(await stateOf(message)).toEqual(['acknowledged']);
});

test('her page of the message was opened by a person: it is read, and nothing else has happened', async () => {
  const message = await pressed();
  const { acknowledge } = linksOf(message);
  const page = await visit('GET', acknowledge);
  expect(page.text).toContain('/opened.js'); // its script posts this:
  expect(await stateOf(message)).toEqual(['delivered']);
  expect((await visit('POST', `${acknowledge}/read`)).status).toBe(204);
  expect(await stateOf(message)).toEqual(['read']);
  expect(alertNow().state).toBe('open');
  expect((await visit('POST', '/a/nothing-of-ours/read')).status).toBe(404);
  await visit('POST', acknowledge, '');
  await visit('POST', `${acknowledge}/read`);
  expect(await stateOf(message)).toEqual(['acknowledged']); // never backwards
});

test('it is written down who answered, over which message', async () => {
  const message = await pressed();
  await visit('POST', linksOf(message).claim);
  expect(alertNow()).toMatchObject({ state: 'acknowledged', assignee: 'contact:c0' });
  const [line] = (await town.records.timeline(message.alertId)).slice(-1);
  expect(line).toMatchObject({ what: 'claim', who: 'contact:c0' });
  const [entry] = await town.records.auditLog({ about: 'r0', limit: 1 });
  expect(entry).toMatchObject({
    who: 'contact:c0',
    what: 'answer',
    detail: { alertId: message.alertId, notificationId: message.id, action: 'claim', way: 'link' },
  });
});

test('a contact with an account answers as that account, as long as it looks after her', async () => {
  const [contact] = town.directory.residents.get('r0')!.contacts; // she has one
  const { status } = await town.as('admin', 'PATCH', '/residents/r0', {
    contacts: [{ ...contact, userId: 'u-daughter' }],
  });
  expect(status).toBe(200);
  const message = await pressed();
  await visit('POST', linksOf(message).claim);
  expect(alertNow()).toMatchObject({ state: 'acknowledged', assignee: 'u-daughter' });
  await town.as('daughter', 'POST', `/alerts/${message.alertId}/actions`, { action: 'pass' });
  expect(alertNow().assignee).toBeUndefined(); // hers to pass on, on her page as well

  await town.as('daughter', 'POST', `/alerts/${message.alertId}/actions`, { action: 'resolve', outcome: 'safe' });
  await town.as('admin', 'PATCH', '/users/u-daughter', { residentIds: ['r1'] });
  const next = await pressed();
  await visit('POST', linksOf(next).claim);
  expect(alertNow()).toMatchObject({ assignee: 'contact:c0' });
});

test('a link answers once, together with the other one of the same message', async () => {
  const message = await pressed();
  const { acknowledge, claim } = linksOf(message);
  await visit('POST', acknowledge);
  const { revision } = alertNow();
  for (const path of [acknowledge, claim]) {
    for (const method of ['GET', 'POST'] as const) {
      const page = await visit(method, path);
      expect([page.status, page.text.includes('<form'), page.text.includes('王秀英')]).toEqual([200, false, false]);
    }
  }
  expect(alertNow().revision).toBe(revision);
});

test('pressed twice at the same moment: answered once', async () => {
  const { acknowledge } = linksOf(await pressed());
  const both = await Promise.all([visit('POST', acknowledge), visit('POST', acknowledge)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(alertNow().revision).toBe(2);
});

test('over a day later it is too old; after the alert is over there is nothing to answer', async () => {
  const message = await pressed();
  town.clock.nowMs += 24 * 3_600_000 + 1;
  expect((await visit('POST', linksOf(message).acknowledge)).status).toBe(410);
  expect(alertNow().state).toBe('open');
  town.clock.nowMs -= 3_600_000;
  const admin = town.directory.users.get('u-admin')!; // she lives here
  await town.parts.desk.act(message.alertId, { action: 'resolve' }, admin, town.clock.nowMs);
  expect((await visit('POST', linksOf(message).acknowledge)).status).toBe(409);
});

test('what another has in hand cannot be taken, but can be known', async () => {
  const message = await pressed();
  const operator = town.directory.users.get('u-east')!; // she lives here
  await town.parts.desk.act(message.alertId, { action: 'claim' }, operator, town.clock.nowMs);
  const { claim, acknowledge } = linksOf(message);
  expect((await visit('POST', claim)).status).toBe(409);
  expect((await visit('POST', acknowledge)).status).toBe(200);
  expect(alertNow().assignee).toBe('u-east');
});

test('whoever is no longer on the list of contacts has no link any more', async () => {
  const message = await pressed();
  await town.parts.administration.patch('residents', 'r0', { contacts: [] });
  expect((await visit('POST', linksOf(message).acknowledge)).status).toBe(409);
  expect(alertNow().state).toBe('open');
});

test('links nobody of us made', async () => {
  const message = await pressed();
  const { acknowledge, claim } = linksOf(message);
  const token = acknowledge.slice('/a/'.length);
  const forged = [
    `/a/c${token.slice(1)}`, // the other action with this signature
    `/a/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    `/a/${token}x`,
    `/a/${token.slice(0, 20)}`,
    '/a/x',
    `/a/${'a'.repeat(90)}`,
    `/a/${encodeURIComponent('<script>alert(1)</script>')}`,
  ];
  for (const path of forged) {
    for (const method of ['GET', 'POST'] as const) {
      const page = await visit(method, path);
      expect([path, page.status]).toEqual([path, 404]);
      expect(page.text).not.toContain('<script');
    }
  }
  expect(claim).not.toBe(acknowledge);
  expect(alertNow().state).toBe('open');
});

test('the page runs nothing, is kept by nobody, and tells no other site where it came from', async () => {
  const { headers } = await visit('GET', linksOf(await pressed()).acknowledge);
  expect(headers.get('content-security-policy')).toMatch(
    /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/,
  );
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

// ---- what providers report ----

test('a text message that arrived, and one that did not', async () => {
  const message = await sent();
  expect(await report('sms', [{ phone_number: '1', success: true, err_code: 'DELIVERED', out_id: message.id }])).toBe(
    200,
  );
  expect(await stateOf(message)).toEqual(['delivered']);
  expect(await report('sms', [{ success: false, err_code: 'UNDELIV', out_id: message.id }])).toBe(200);
  expect(await stateOf(message)).toEqual(['delivered']); // it had arrived
  await town.records.updateNotifications([message]);
  await report('sms', [{ success: false, err_code: '亡 13800000000', out_id: message.id }]);
  expect(await town.records.notification(message.id)).toMatchObject({
    state: 'failed',
    failure: 'the network said something else',
  });
});

test('a key pressed in a call: 1 knows, 2 takes it', async () => {
  const message = await sent();
  const call = { call_id: 'c', status_code: '200000', out_id: message.id.slice(0, 15), dtmf: '2' };
  expect(await report('voice', call)).toBe(200);
  expect(alertNow()).toMatchObject({ state: 'acknowledged', assignee: 'contact:c0' });
  expect(await stateOf(message)).toEqual(['acknowledged']);
});

test('a call nobody takes is made again after a minute, three times in all; then it has failed', async () => {
  const message = await sent();
  const missed = { status_code: '200003', out_id: message.id.slice(0, 15) };
  await report('voice', missed);
  expect(await town.records.notification(message.id)).toMatchObject({
    state: 'queued',
    failure: 'the call ended with 200003',
    nextAttemptAtMs: town.clock.nowMs + 61_000,
  });
  await town.parts.desk.tick(town.clock.nowMs + 60_000);
  expect((await town.records.notification(message.id))?.attempts).toBe(1);
  town.clock.nowMs += 61_000;
  await town.parts.desk.tick(town.clock.nowMs);
  await expect.poll(async () => (await town.records.notification(message.id))?.attempts).toBe(2);
  await town.records.updateNotifications([{ ...message, attempts: 3 }]);
  await report('voice', missed);
  expect(await stateOf(message)).toEqual(['failed']);
});

test('a call somebody took without pressing anything is no answer', async () => {
  const message = await sent();
  await report('voice', [{ status_code: '200000', out_id: message.id.slice(0, 15) }]);
  expect([alertNow().state, await stateOf(message)]).toEqual(['open', ['delivered']]);
});

test('reports with a wrong secret, or that are none, change nothing', async () => {
  const message = await sent();
  const call = { status_code: '200000', out_id: message.id.slice(0, 15), dtmf: '1' };
  expect(await report('voice', call, '/callbacks/aliyun/callback-secret-of-that-town')).toBe(404);
  expect(await report('voice', { anything: 1 })).toBe(400);
  expect(await report('sms', 'text')).toBe(400);
  expect(await report('sms', [{ success: true, out_id: 'nobody' }])).toBe(200);
  expect(await report('sms', [{ success: true, out_id: 'n' }])).toBe(200);
  expect(alertNow().state).toBe('open');
});

// ---- what reached nobody ----

test('what could not be delivered is seen by those who look after her, with the reason and without an address', async () => {
  const message = await pressed();
  await town.records.updateNotifications([{ ...message, state: 'failed', failure: 'answered 404' }]);
  const east = await town.as<Found>('east', 'GET', '/notifications?state=failed');
  expect(east.json.items).toMatchObject([
    { id: message.id, alertId: message.alertId, recipientName: 'Daughter', state: 'failed', failure: 'answered 404' },
  ]);
  expect(JSON.stringify(east.json)).not.toContain('secret-address');
  expect((await town.as<Found>('east', 'GET', '/notifications?state=queued,sent')).json.items).toEqual([]);
  expect((await town.as<Found>('west', 'GET', '/notifications?state=failed')).json.items).toEqual([]);
  expect((await town.as<Found>('son', 'GET', '/notifications?state=failed')).json.items).toEqual([]);
  const daughter = await town.as<Found>('daughter', 'GET', '/notifications?state=failed');
  expect(daughter.json.items[0]).toMatchObject({ id: message.id });
  expect(daughter.json.items[0]?.recipientName).toBeUndefined();
});

test('page by page', async () => {
  const message = await pressed();
  const more = ['a', 'b', 'c'].map((letter, nth) => ({
    ...message,
    id: `n${letter.repeat(25)}`,
    nextAttemptAtMs: nth,
  }));
  const alert = alertNow();
  await town.records.applyAlerts([{ alert, areaPath: ['city', 'east'], entries: [], notifications: more }]);
  const ids: string[] = [];
  for (let query = ''; ; ) {
    const { json } = await town.as<Found>('admin', 'GET', `/notifications?limit=1${query}`);
    ids.push(...json.items.map(({ id }) => String(id)));
    if (json.nextCursor === null) break;
    query = `&cursor=${json.nextCursor}`;
  }
  expect(ids).toEqual([message.id, ...more.map(({ id }) => id).reverse()]);
});
