import { afterEach, beforeEach, expect, test } from 'vitest';
import { explanationOf } from '../../app/explain/page.ts';
import { Story } from '../../app/explain/story.ts';
import { OrderBook } from '../../app/order-book.ts';
import type { Command } from '../../model/device.ts';
import { StreamReader } from './support/reader.ts';
import { noonMs, openTown, type Page, type Town } from './support/town.ts';

let town: Town;
let commands: Command[];
beforeEach(async () => {
  commands = [];
  town = await openTown({
    orders: new OrderBook(
      (command) => commands.push(command),
      () => noonMs,
    ),
  });
});
afterEach(() => town.close());

const minute = 60_000;
const market = { lat: 24.4466, lon: 118.0841, accuracyM: 12, source: 'gnss' } as const;
const say = (who: string, body: object, about = 'r0') => town.as(who, 'POST', `/residents/${about}/alerts`, body);
const open = () => town.parts.desk.open().map(({ id, type, severity }) => ({ id, type, severity }));
const auditOf = async (wanted: string) =>
  (await town.records.auditLog({ about: 'r0', limit: 20 })).filter(({ what }) => what === wanted);
type Line = {
  readonly what: string;
  readonly who: string;
  readonly whoName?: string;
  readonly detail?: Record<string, unknown>;
};
const linesOf = async (id: unknown, who = 'walker') =>
  (await town.as(who, 'GET', `/alerts/${String(id)}`)).json.timeline as readonly Line[];

test('the daughter cannot find her mother: everybody is told, as of any emergency, with what is known', async () => {
  await town.as('east', 'PATCH', '/residents/r0', { cognitiveRisk: true });
  await town.say('band-0', { position: market }, noonMs - 12 * minute);
  const lastSeen = { at: '2026-03-07T11:40:00+08:00', place: '东市场' };
  const { status, json } = await say('daughter', { type: 'missing', note: '穿红外套', lastSeen });
  expect(status).toBe(201);
  expect(json).toMatchObject({
    ...{ type: 'missing', severity: 'P1', state: 'open', residentId: 'r0', suspected: false },
    position: { lat: 24.4466, lon: 118.0841, accuracyM: 12 },
    summary: { zh: '找不到王秀英了，最后看到 03-07 03:40', en: '王秀英 cannot be found, last seen 03-07 03:40' },
    evidence: {
      ...{
        reportedByRole: 'family',
        note: '穿红外套',
        lastSeenPlace: '东市场',
        lastFixAgeMin: 12,
        cognitiveRisk: true,
      },
      lastSeenAtMs: Date.parse(lastSeen.at),
    },
  });
  const [raised, told] = await linesOf(json.id);
  expect(raised).toMatchObject({ what: 'raised', who: 'u-daughter', whoName: 'daughter' });
  expect(told).toMatchObject({ what: 'notified', who: 'c0' });
  const audit = await auditOf('raisedByHand');
  expect(audit).toMatchObject([{ who: 'u-daughter', detail: { alertId: json.id, type: 'missing' } }]);
});

test('her band is asked at once where it is, which is in the audit log as well', async () => {
  await say('east', { type: 'missing' });
  expect(commands).toMatchObject([{ deviceId: 'band-0', name: 'locate' }]);
  await say('walker', { type: 'missing' });
  expect(commands.length).toBe(1);
  const audit = await auditOf('command');
  expect(audit).toMatchObject([{ who: 'u-east', detail: { deviceId: 'band-0', name: 'locate' } }]);
});

test('the records refuse at first: said again when they take it, her band is asked all the same', async () => {
  const applyAlerts = town.records.applyAlerts.bind(town.records);
  Object.assign(town.records, { applyAlerts: () => Promise.reject(new Error('disk full')) });
  const report = { type: 'missing', ref: 'page-1' };
  expect((await say('daughter', report)).status).toBe(503);
  Object.assign(town.records, { applyAlerts });
  town.clock.nowMs += 2000;
  await town.parts.desk.tick(town.nowMs);
  for (let times = 0; times < 2; times++) expect((await say('daughter', report)).status).toBe(200);
  expect(commands).toMatchObject([{ deviceId: 'band-0', name: 'locate' }]);
});

test('who may say what of whom', async () => {
  const asked = [
    ...[
      ['admin', 'r0', 'fall', 201] as const,
      ['east', 'r0', 'sos', 201] as const,
      ['west', 'r0', 'sos', 404] as const,
    ],
    ...[['walker', 'r1', 'missing', 404] as const, ['son', 'r0', 'missing', 404] as const],
    ...[
      ['son', 'r1', 'missing', 201] as const,
      ['son', 'r1', 'sos', 201] as const,
      ['son', 'r1', 'fall', 403] as const,
    ],
    ...[['counter', 'r0', 'missing', 403] as const, ['east', 'nobody', 'missing', 404] as const],
    ['east', 'r0', 'smoke', 400] as const,
  ];
  const answered: (readonly [string, string, string, number])[] = [];
  for (const [who, about, type] of asked) answered.push([who, about, type, (await say(who, { type }, about)).status]);
  expect(answered).toEqual(asked);
});

test('a doubled press, and an answer that was lost: the same report is one alert', async () => {
  const report = { type: 'missing', ref: 'page-1', note: 'red coat' };
  const [one, two] = await Promise.all([say('daughter', report), say('daughter', report)]);
  expect([one.status, two.status].sort()).toEqual([200, 201]);
  expect(two.json.id).toBe(one.json.id);
  expect(commands).toMatchObject([{ deviceId: 'band-0', name: 'locate' }]);
  const again = await say('daughter', report);
  expect([again.status, again.json.id]).toEqual([200, one.json.id]);
  expect(open().length).toBe(1);
  expect((await linesOf(one.json.id)).map(({ what }) => what)).toEqual(['raised', 'notified']);
});

test('two people report the same missing person: one alert, and what the second knows stands in it, once', async () => {
  const { json: first } = await say('daughter', {
    type: 'missing',
    ref: 'd',
    lastSeen: { at: '2026-03-07T10:00:00+08:00', place: 'home' },
  });
  const second = {
    type: 'missing',
    ref: 'call-77',
    note: 'a neighbour rang',
    lastSeen: { at: '2026-03-07T11:30:00+08:00', place: 'bus stop' },
  };
  const { status, json } = await say('east', second);
  await say('east', second);
  expect([status, json.id]).toEqual([200, first.id]);
  expect(json.evidence).toMatchObject({ lastSeenPlace: 'bus stop', reportedByRole: 'family' });
  expect((json.evidence as { because: { en: string }[] }).because.map(({ en }) => en).slice(0, 3)).toEqual([
    'Reported by the family at 03-07 04:00',
    'Last seen 03-07 03:30, bus stop',
    'Last seen 03-07 02:00, home',
  ]);
  const added = (await linesOf(first.id)).filter(({ what }) => what === 'saidAgain');
  expect(added).toMatchObject([{ who: 'u-east', detail: { note: 'a neighbour rang', lastSeenPlace: 'bus stop' } }]);
  expect((await say('walker', { type: 'missing' })).status).toBe(200);
  expect(open().length).toBe(1);
  expect((await town.as<Page>('east', 'GET', `/notifications?resident=r0`)).json.items.length).toBe(1);
});

test('an earlier sight of her is kept in its line, and sends nobody back to where she was before', async () => {
  await say('daughter', { type: 'missing', lastSeen: { at: '2026-03-07T11:30:00+08:00', place: 'bus stop' } });
  const { json } = await say('east', { type: 'missing', lastSeen: { at: '2026-03-07T10:00:00+08:00', place: 'home' } });
  expect(json.evidence).toMatchObject({ lastSeenPlace: 'bus stop' });
  expect((await linesOf(json.id)).at(-1)).toMatchObject({ what: 'saidAgain', detail: { lastSeenPlace: 'home' } });
});

test('she had left the zone, and now nobody can find her: one visit, graver, told again, in the same hands', async () => {
  const exit = await town.raise('r0', 'zoneExit', 'P2');
  await town.as('walker', 'POST', `/alerts/${exit}/actions`, { action: 'claim' });
  town.clock.nowMs += 10 * minute;
  const { status, json } = await say('daughter', { type: 'missing' });
  expect(status).toBe(201);
  expect(json).toMatchObject({
    id: exit,
    type: 'missing',
    severity: 'P1',
    assignee: 'u-walker',
    types: ['zoneExit', 'missing'],
  });
  expect(json.evidence).toMatchObject({ alsoOpen: [{ type: 'zoneExit', severity: 'P2' }] });
  const reasons = (await linesOf(exit)).filter(({ what }) => what === 'notified').map(({ detail }) => detail?.reason);
  expect(reasons).toContain('raised');
  expect(open().length).toBe(1);
});

test('told as an emergency already for being outside: whoever works it hears that she cannot be found', async () => {
  const exit = await town.raise('r0', 'zoneExit', 'P1');
  const { json } = await say('daughter', { type: 'missing' });
  expect(json).toMatchObject({ id: exit, type: 'missing' });
  expect((await linesOf(exit)).at(-1)).toMatchObject({ what: 'notified', detail: { reason: 'repeated' } });
});

test('her band is seen outside at night as well: what the family said of her stays in sight', async () => {
  const { json } = await say('daughter', { type: 'missing', note: 'red coat', lastSeen: { place: 'market' } });
  const outside = { zh: '夜间在外', en: 'Outside at night' };
  expect(await town.raise('r0', 'zoneExit', 'P1', { because: [outside], unless: [outside], outsideM: 190 })).toBe(
    json.id,
  );
  const { evidence } = (await town.as('walker', 'GET', `/alerts/${String(json.id)}`)).json;
  const { because, unless, outsideM } = evidence as Record<'because' | 'unless', { en: string }[]> & Line['detail'];
  expect(because.map(({ en }) => en)).toContain('In their words: red coat');
  expect(unless[0]?.en).toMatch(/^Nothing: a person said it/);
  expect(outsideM).toBe(190);
  await town.raise('r0', 'zoneExit', 'P1', { outsideM: 400 });
  expect((await town.as('walker', 'GET', `/alerts/${String(json.id)}`)).json).toMatchObject({
    evidence: { outsideM: 400 },
  });
});

test('an emergency of another kind stays its own; the report names it', async () => {
  await town.raise('r0', 'sos');
  const { json } = await say('daughter', { type: 'missing' });
  expect(open().length).toBe(2);
  expect(json.evidence).toMatchObject({ alsoOpen: [{ type: 'sos', severity: 'P1' }] });
});

test('her band is back in the zone: shown, and it stays open until a person closes it', async () => {
  const exit = await town.raise('r0', 'zoneExit', 'P2');
  const raise = {
    id: 'x',
    effect: 'clear',
    type: 'zoneExit',
    severity: 'P2',
    subjectId: 'r0',
    deviceId: 'band-0',
  } as const;
  await say('daughter', { type: 'missing' });
  const back = {
    atMs: town.nowMs,
    receivedAtMs: town.nowMs,
    late: false,
    suspected: false,
    summary: { zh: '', en: '' },
    evidence: {},
  };
  await town.parts.desk.apply([{ ...raise, ...back }]);
  expect((await linesOf(exit)).at(-1)).toMatchObject({ what: 'cleared', detail: { type: 'zoneExit' } });
  expect(open()).toMatchObject([{ type: 'missing', severity: 'P1' }]);
  const done = await town.as('walker', 'POST', `/alerts/${exit}/actions`, { action: 'resolve', outcome: 'found' });
  expect(done.json).toMatchObject({ state: 'resolved', outcome: 'found' });
  town.clock.nowMs += minute;
  expect((await say('daughter', { type: 'missing' })).status).toBe(201);
});

test('a report that was answered is known by its ref also when all is over', async () => {
  const { json } = await say('east', { type: 'fall', ref: 'call-9' });
  await town.as('walker', 'POST', `/alerts/${String(json.id)}/actions`, { action: 'resolve', outcome: 'helped' });
  const again = await say('east', { type: 'fall', ref: 'call-9' });
  expect([again.status, again.json.id, again.json.state]).toEqual([200, json.id, 'resolved']);
  expect(open()).toEqual([]);
});

test('who reports what others have reported already is known by the ref as well, also when all is over', async () => {
  const { json } = await say('daughter', { type: 'missing', ref: 'page-1' });
  expect((await say('east', { type: 'missing', ref: 'call-7' })).status).toBe(200);
  await town.as('walker', 'POST', `/alerts/${String(json.id)}/actions`, { action: 'resolve', outcome: 'found' });
  const again = await say('east', { type: 'missing', ref: 'call-7' });
  expect([again.status, again.json.id]).toEqual([200, json.id]);
  expect(open()).toEqual([]);
  const others = (await linesOf(json.id)).filter(({ what }) => what === 'saidAgain');
  expect(others).toMatchObject([{ who: 'u-east' }]);
});

test('a second call for help ten minutes after somebody answered is told again, without a second alert', async () => {
  const { json } = await say('east', { type: 'sos', ref: 'call-1' });
  await town.as('walker', 'POST', `/alerts/${String(json.id)}/actions`, { action: 'claim' });
  town.clock.nowMs += 10 * minute;
  const { json: again } = await say('east', { type: 'sos', ref: 'call-2', note: 'nobody has come' });
  expect(again.id).toBe(json.id);
  expect((await linesOf(json.id)).at(-1)).toMatchObject({ what: 'notified', detail: { reason: 'repeated' } });
});

test('a position of long ago, or from before people saw her, sends nobody there', async () => {
  await town.say('band-0', { position: market }, noonMs - 13 * 60 * minute);
  const old = await say('east', { type: 'missing' });
  expect(old.json.position).toBeUndefined();
  expect(old.json.evidence).toMatchObject({ lastFixAgeMin: 780 });
  await town.say('band-1', { position: market }, noonMs - 120 * minute);
  const seen = await say('west', { type: 'missing', lastSeen: { at: '2026-03-07T11:50:00+08:00' } }, 'r1');
  expect(seen.json.position).toBeUndefined();
});

test('planned works silence no such call', async () => {
  const [from, to] = [noonMs - minute, noonMs + minute].map((atMs) => new Date(atMs).toISOString());
  await town.as('east', 'POST', '/silences', { id: 'works', areaId: 'east', from, to, reason: 'cables' });
  const { json } = await say('daughter', { type: 'missing' });
  expect((await linesOf(json.id)).map(({ what }) => what)).toEqual(['raised', 'notified']);
});

test('nobody answers: the ladder goes on to responders and the centre as for any emergency; pages hear at once', async () => {
  await town.as('admin', 'DELETE', '/policies/policy-0');
  const page = await StreamReader.open(town.url, await town.tokenOf('walker'));
  const { json } = await say('daughter', { type: 'missing' });
  const heard = await page.until(1);
  expect(heard.find(({ event }) => event === 'alert')?.data).toMatchObject({ id: json.id, severity: 'P1' });
  for (const seconds of [30, 60, 180]) {
    town.clock.nowMs = noonMs + seconds * 1000;
    await town.parts.desk.tick(town.nowMs);
  }
  const told = (await linesOf(json.id)).filter(({ what }) => what === 'notified').map(({ who }) => who);
  expect(told).toEqual(expect.arrayContaining(['c0', 'u-walker', 'u-east']));
  page.close();
});

test('the figures count it, with when it was answered', async () => {
  const { json } = await say('daughter', { type: 'missing' });
  town.clock.nowMs += 40_000;
  await town.as('walker', 'POST', `/alerts/${String(json.id)}/actions`, { action: 'claim' });
  const kpi = await town.as('east', 'GET', `/kpi?from=${noonMs - minute}&to=${noonMs + minute}`);
  expect(kpi.json).toMatchObject({ byType: { missing: 1 }, p1: { count: 1, acknowledgedWithin60s: 1 } });
});

test('a family page gone wrong is slowed down; the centre never is', async () => {
  const press = async (who: string) => (await say(who, { type: 'missing' })).status;
  const family: number[] = [];
  for (let n = 0; n < 21; n += 1) family.push(await press('daughter'));
  expect(family).toEqual([201, ...Array(19).fill(200), 429]);
  for (let n = 0; n < 25; n += 1) expect(await press('east')).toBe(200);
});

test('explained in both languages: who, when, what is known, and that nothing would have kept it quiet', async () => {
  await town.raise('r0', 'deviceOffline', 'P4');
  await town.say('band-0', { position: market, worn: false }, noonMs - 12 * minute);
  const { json } = await say('daughter', { type: 'missing', note: '穿红外套', lastSeen: { place: '东市场' } });
  const story = Story.parse((await town.as('east', 'GET', `/alerts/${String(json.id)}`)).json);
  const zh = explanationOf(story, { language: 'zh', timeZone: 'Asia/Shanghai' });
  expect(zh).toMatch(/^\[P1 紧急\] 走失\n找不到王秀英了\n/);
  for (const said of [
    '家人于',
    '最后看到：东市场',
    '报告人说：穿红外套',
    '12 分钟前；手环没有戴在身上',
    '设备离线',
    '无：由人报告',
  ])
    expect(zh).toContain(said);
  expect(zh.replaceAll(/u-daughter|Daughter|WGS/g, '')).not.toMatch(/[a-z]{4,}/i);
  const en = explanationOf(story, { language: 'en', timeZone: 'Asia/Shanghai' });
  expect(en).toContain('Reported by the family at');
  expect(en).toContain('reported by: the family');
  expect(en).toMatch(/What would have kept it quiet\n {2}- Nothing: a person said it/);
});

test('from the alert to the public notice, and down when she is found', async () => {
  const { json } = await say('daughter', { type: 'missing' });
  const notice = {
    consentBy: 'daughter',
    caseNumber: 'XM-1',
    hotline: '12349',
    lastSeen: { at: '2026-03-07T11:40:00+08:00', position: { lat: 24.4466, lon: 118.0841 } },
  };
  const made = await town.as('east', 'POST', '/residents/r0/notices', notice);
  expect(made.json).toMatchObject({ alertId: json.id, isUp: true });
  await town.as('walker', 'POST', `/alerts/${String(json.id)}/actions`, { action: 'resolve', outcome: 'found' });
  expect((await town.as('east', 'GET', '/residents/r0/notices')).json.items).toMatchObject([{ isUp: false }]);
});
