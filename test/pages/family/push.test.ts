import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pushGate } from '../../alerts/support/providers/push.ts';
import { standIn } from '../../alerts/support/stand-in.ts';
import {
  call,
  connect,
  eventually,
  login,
  type RunningService,
  removeFolder,
  spawnService,
  temporaryFolder,
} from '../../support/service.ts';
import { NoticeBoard, Phone } from '../support/phone.ts';
import { type Language, type Place, Visit } from '../support/visit.ts';

const password = 'ten characters or more';
const token = 'at-least-sixteen-characters';
const soon = { timeout: 10_000 };
const folder = temporaryFolder();
let service: RunningService;
let admin: string;
let place: Place;

beforeAll(async () => {
  service = await spawnService(folder, {
    ANJU_PUBLIC_URL: 'https://anju.example.org',
    ANJU_PUSH_CONTACT: 'mailto:centre@example.org',
  });
  place = { url: service.http, logIn: sessionOf };
  admin = await login(service);
  const people = ['zh', 'en'].map((language) => ({ language, residentId: `wang-${language}` }));
  const { status } = await call(service, admin, 'POST', '/import', {
    areas: [{ id: 'qianpu', name: '前埔社区', kind: 'community' }],
    residents: people.map(({ residentId }) => ({
      ...{ id: residentId, name: '王秀英', areaId: 'qianpu', contacts: [] },
      home: { lat: 24.4451, lon: 118.0823, datum: 'WGS84' },
    })),
    devices: people.map(({ language, residentId }) => ({
      id: `band-${language}`,
      kind: 'wristband',
      residentId,
      token,
    })),
    users: people.map(({ language, residentId }) => ({
      ...{ id: `mei-${language}`, username: `mei-${language}`, name: '王梅', password, role: 'family' },
      residentIds: [residentId],
    })),
  });
  expect(status).toBe(200);
});
afterAll(async () => {
  await service.kill('SIGTERM');
  removeFolder(folder);
});

async function sessionOf(username: string): Promise<{ json: object }> {
  const { json } = await call(service, undefined, 'POST', '/session', { username, password });
  return { json: json as object }; // of the service
}

const said = {
  zh: { title: '王秀英: [P1 紧急] 紧急呼救', buttons: ['我来处理', '我知道了'] },
  en: {
    title: '王秀英: [P1 emergency] Call for help',
    buttons: ['I am taking it', 'I have seen it'],
    over: /resolved|safe/i,
  },
} as const;

type Message = { readonly id: string; readonly alertId?: string };
const isTry = ({ alertId }: Message) => alertId === undefined;
const isAlert = ({ alertId }: Message) => alertId !== undefined;

/** Her push service, her telephone, and her page with notifications turned on, as she does it. */
async function subscribed(language: Language) {
  const provider: Awaited<ReturnType<typeof standIn>> = await standIn((request) =>
    pushGate(Date.now, () => provider.url)(request),
  );
  const phone = new Phone(`${provider.url}/push/${language}`);
  const visit = await Visit.begin(place, {
    ...{ as: `mei-${language}`, language, at: '/family/settings', before: phone.subscribing },
  });
  const board = await NoticeBoard.of(visit.page);
  await visit.page.locator('[data-part=push] [data-do=push]').click();
  await visit.page.locator('[data-do=push-test]').waitFor();
  /** The first message at her push service that is the wanted one, as her telephone reads it. */
  const arrived = async (isWanted: (message: Message) => boolean) => {
    const read = () => provider.requests.map(({ body }) => phone.read(body));
    const text = await eventually(() => read().find((one) => isWanted(JSON.parse(one) as Message)), 10_000);
    if (text === undefined) throw new Error('no such message came');
    return text;
  };
  return { visit, board, arrived };
}

async function press(language: Language): Promise<void> {
  const band: MqttClient = await connect(service, `band-${language}`, token);
  await band.publishAsync(`v1/devices/band-${language}/event`, JSON.stringify({ event: 'sos' }), { qos: 1 });
  await band.endAsync();
}

for (const language of ['zh', 'en'] as const) {
  test(`she presses, her daughter's telephone says so, a press leads there, and the buttons answer: ${language}`, async () => {
    const { visit, board, arrived } = await subscribed(language);
    const { page } = visit;

    await page.locator('[data-do=push-test]').click();
    const trial = await arrived(isTry);
    await board.show(trial, (JSON.parse(trial) as Message).id);
    expect(await board.shown()).toHaveLength(1);

    await press(language);
    const text = await arrived(isAlert);
    const { alertId } = JSON.parse(text) as { alertId: string };
    expect(await board.show(text, alertId)).toMatchObject({
      title: said[language].title,
      requireInteraction: true,
      actions: [{ title: said[language].buttons[0] }, { title: said[language].buttons[1] }],
    });

    // The page that is open goes there.
    expect(await board.press(alertId)).toEqual([]);
    await page.waitForURL(`**/family?alert=${alertId}`);
    await page.locator(`[data-alert="${alertId}"]`).waitFor();
    await visit.screenshot('family-push');

    // She saw it: the button says so to the service, and leads nowhere.
    const messages = async () => {
      const { json } = await call(service, admin, 'GET', `/alerts/${alertId}`);
      const { notifications } = json as { notifications: { channel: string; state: string }[] };
      return notifications.filter(({ channel }) => channel === 'webPush').map(({ state }) => state);
    };
    await board.show(text, alertId);
    expect(await board.press(alertId, 'acknowledge')).toEqual([]);
    await expect.poll(messages, soon).toContain('acknowledged');
    const stateOf = async () => {
      const { json } = await call(service, admin, 'GET', `/alerts/${alertId}`);
      return json as { state: string; assignee?: string };
    };
    expect(await stateOf()).toMatchObject({ state: 'acknowledged' });

    await visit.leave();
  });
}

test('“I am taking it” in the notification is a claim and leads to the alert, also when no page is open; too late, it says who has it', async () => {
  const { visit, board, arrived } = await subscribed('zh');
  const { page } = visit;
  const onAdmin = async (id: string, action: object) => {
    const { status } = await call(service, admin, 'POST', `/alerts/${id}/actions`, action);
    expect(status).toBe(200);
  };
  const over = { action: 'resolve', outcome: 'safe' };
  const before = await call(service, admin, 'GET', '/alerts?resident=wang-zh&state=open,acknowledged');
  for (const { id } of (before.json as { items: { id: string }[] }).items) await onAdmin(id, over);

  await press('zh');
  const text = await arrived(isAlert);
  const { alertId } = JSON.parse(text) as { alertId: string };
  await page.goto('about:blank'); // her page is closed
  visit.forgive(/sessionStorage|localStorage/);
  await board.show(text, alertId);
  const opened = await board.press(alertId, 'claim');
  expect(opened).toEqual([`/?alert=${alertId}`]);
  expect((await call(service, admin, 'GET', `/alerts/${alertId}`)).json).toMatchObject({ assignee: 'mei-zh' });
  await page.goto(service.http + opened[0]);
  await page.locator('[data-part=handler]', { hasText: '您已接单' }).waitFor();
  await visit.screenshot('family-push-claimed');

  await onAdmin(alertId, over);
  await press('zh');
  const late = await arrived((message) => isAlert(message) && message.alertId !== alertId);
  const { alertId: lateId } = JSON.parse(late) as { alertId: string };
  await onAdmin(lateId, { action: 'claim' });
  await board.show(late, lateId);
  const [why = ''] = await board.press(lateId, 'claim');
  expect(why).toMatch(/^\/a\/c[\w-]+$/);
  await page.goto(service.http + why);
  expect(await page.textContent('body')).toContain('已有其他人在处理');
  visit.forgive(/409/);
  await visit.screenshot('family-push-too-late');
  await visit.leave();
});
