import { afterEach, expect, test } from 'vitest';
import { figuresOf } from '../../alerts/kpi/figures.ts';
import { storyOf } from '../../alerts/kpi/story.ts';
import { mailText, markdown, smsVariables, subject } from '../../alerts/wording.ts';
import { viewOfAlert, viewOfSeveral } from '../../model/alert.ts';
import { Silence } from '../../model/silence.ts';
import { type House, house } from './support/house.ts';
import { at, clear, contact, operator, raise, request } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function night(...silences: Record<string, unknown>[]) {
  const home = await house({ contacts: [contact('daughter', 0, { kind: 'mqtt', address: 'daughter' })] });
  ends.push(() => home.close());
  for (const one of silences) announce(home, one);
  const told = async (): Promise<string[]> => {
    await new Promise((resolve) => setTimeout(resolve, 20)); // channels answer in the next turns
    return home.apps.splice(0);
  };
  return { home, told };
}

function announce(home: House, silence: Record<string, unknown>): void {
  const entity = Silence.parse({
    id: 'works',
    reason: 'new router',
    from: instant('02:00'),
    to: instant('03:00'),
    ...silence,
  });
  home.directory.apply({ kind: 'silences', id: entity.id, entity });
}

const instant = (clock: string) => new Date(at(clock)).toISOString();
const urgent = (clock: string) => raise(clock, { type: 'contactLost', severity: 'P2' });

test('works in the street: what falls silent is recorded and marked, and nobody is told until they are over', async () => {
  const { home, told } = await night({ areaId: 'street' });
  await home.desk.apply([urgent('02:10')]);
  await home.moveTo('02:59:59');
  expect(await told()).toEqual([]);
  expect(viewOfAlert(home.only())).toMatchObject({ silenced: 'works', state: 'open' });
  await home.moveTo('03:00');
  expect(await told()).toEqual(['daughter']);
  expect(viewOfAlert(home.only()).silenced).toBeUndefined();
  expect(home.lines.map(({ what }) => what).filter((what) => what.startsWith('silence'))).toEqual([
    'silenced',
    'silenceOver',
  ]);
});

test('works that are over when the alert is: nobody ever hears of it', async () => {
  const { home, told } = await night({ residentId: 'wang' });
  await home.desk.apply([urgent('02:10')]);
  await home.desk.apply([clear('02:30', { type: 'contactLost', severity: 'P2' })]);
  await home.moveTo('03:30');
  expect(await told()).toEqual([]);
  expect(home.desk.open()).toEqual([]);
});

for (const type of ['sos', 'smoke', 'gas', 'fall'] as const) {
  test(`no works silence ${type} as an emergency`, async () => {
    const { home, told } = await night({ areaId: 'street' }, { id: 'hers', residentId: 'wang' });
    await home.desk.apply([raise('02:10', { type })]);
    expect(await told()).toEqual(['daughter']);
    expect(home.only().silenced).toBeUndefined();
  });
}

test('a suspected fall during works that becomes an emergency is told at once', async () => {
  const { home, told } = await night({ areaId: 'street' });
  await home.desk.apply([raise('02:10', { type: 'fall', severity: 'P2', suspected: true })]);
  expect(await told()).toEqual([]);
  await home.moveTo('02:11');
  await home.desk.apply([raise('02:11', { type: 'fall', id: 'no answer' })]);
  expect(await told()).toEqual(['daughter']);
  expect(home.only().silenced).toBeUndefined();
});

test('a silence of one type, device, resident or area says nothing of others', async () => {
  const { home, told } = await night(
    { id: 'type', residentId: 'wang', types: ['batteryLow'] },
    { id: 'device', deviceId: 'hub' },
    { id: 'other', residentId: 'zhao' },
    { id: 'past', areaId: 'city', from: instant('01:00'), to: instant('02:00') },
  );
  await home.desk.apply([urgent('02:10')]);
  expect(await told()).toEqual(['daughter']);
});

test('works announced while an alert runs: its next steps are not taken', async () => {
  const { home, told } = await night();
  await home.desk.apply([urgent('02:10')]);
  expect(await told()).toEqual(['daughter']);
  announce(home, { areaId: 'city' });
  await home.moveTo('02:50');
  expect(await told()).toEqual([]);
  expect(home.only().silenced).toBe('works');
});

const drill = { areaId: 'street', exercise: true, to: instant('02:30') };

test('a drill that tells nobody holds back even a call for help, and says that it is one', async () => {
  const { home, told } = await night(drill);
  await home.desk.apply([raise('02:10')]);
  await home.moveTo('02:29');
  expect(await told()).toEqual([]);
  expect(viewOfAlert(home.only())).toMatchObject({ exercise: true, silenced: 'works' });
});

test('a drill that tells: everybody is told, the first word is 演习, and no figure counts it', async () => {
  const { home, told } = await night({ ...drill, tells: true });
  await home.desk.apply([raise('02:10')]);
  expect(await told()).toEqual(['daughter']);
  const alert = home.only();
  const telling = { alert: viewOfAlert(alert), notification: { residentName: '王秀英' }, timeZone: 'Asia/Shanghai' };
  expect(subject(telling)).toMatch(/^演习 \/ EXERCISE 王秀英/);
  expect(mailText({ ...telling, notification: { language: 'en' } }).text).toMatch(/^EXERCISE \[P1/);
  expect(markdown({ ...telling, notification: { language: 'zh' } }).title).toMatch(/^演习/);
  expect(smsVariables(telling).severity).toBe('演习 紧急');
  const figures = figuresOf([storyOf(alert, home.lines, [])], { fromMs: at('00:00'), toMs: at('24:00'), residents: 1 });
  expect(figures).toMatchObject({ total: 0, p1: { count: 0 } });
});

test('she really presses after the test is over, and the test is still open: it is an emergency of its own', async () => {
  const { home, told } = await night({ deviceId: 'band', exercise: true, tells: true, to: instant('02:20') });
  await home.desk.apply([raise('02:10')]);
  await home.desk.act(home.only().id, request('acknowledge'), operator, at('02:11'));
  await told();
  await home.moveTo('02:15:59');
  await home.desk.act(home.only().id, request('enRoute'), operator, at('02:15:59'));
  await home.moveTo('02:20');
  await home.desk.apply([raise('02:20', { id: 'in earnest' })]);
  expect(await told()).toEqual(['daughter']);
  expect(home.desk.open().map(({ exercise, state }) => [exercise === true, state])).toEqual([
    [true, 'enRoute'],
    [false, 'open'],
  ]);
});

test('during the test of the band the smoke detector is in earnest', async () => {
  const { home, told } = await night({ deviceId: 'band', exercise: true, to: instant('02:20') });
  await home.desk.apply([raise('02:10'), raise('02:10', { type: 'smoke', deviceId: 'kitchen' })]);
  expect(await told()).toEqual(['daughter']);
  expect(
    home.desk
      .open()
      .map(({ type, exercise }) => [type, exercise === true])
      .sort(),
  ).toEqual([
    ['smoke', false],
    ['sos', true],
  ]);
});

test('what a device kept back from before the test is no test', async () => {
  const { home, told } = await night({
    deviceId: 'band',
    exercise: true,
    from: instant('02:05'),
    to: instant('02:20'),
  });
  await home.desk.apply([raise('02:10', { atMs: at('01:50'), late: true })]);
  expect(await told()).toEqual(['daughter']);
});

test('a message for several names each of them with whom it is about, and how many are left', () => {
  const one = raise('02:10', { type: 'vitals', severity: 'P3' });
  const alert = {
    ...one,
    types: [one.type],
    family: 'vitals',
    state: 'open' as const,
    residentId: 'wang',
    areaId: 'street',
  };
  const facts = { deviceIds: [], openedAtMs: one.atMs, updatedAtMs: one.atMs, count: 1, revision: 1 };
  const others = Array.from({ length: 12 }, (_, nth) => ({ ...alert, ...facts, id: `a${nth}` }));
  const view = viewOfSeveral({ ...alert, ...facts, id: 'first' }, others);
  const also = others.map(({ id }) => ({ alertId: id, residentName: `家${id}` }));
  const telling = { alert: view, notification: { residentName: '王秀英', also }, timeZone: 'Asia/Shanghai' };
  expect(subject({ ...telling, notification: { ...telling.notification, language: 'zh' } })).toMatch(/等 13 条$/);
  const { text } = mailText({ ...telling, notification: { ...telling.notification, language: 'en' } });
  expect(text).toContain('· 家a3: [P3 attention] Vital signs');
  expect(text).toContain('· and 2 more');
  expect(text).not.toContain('家a11');
});

for (const wrong of [
  {},
  { areaId: 'street', residentId: 'wang' },
  { areaId: 'street', to: instant('01:00') },
  { areaId: 'street', exercise: true, to: instant('07:00') },
  { areaId: 'street', tells: true },
]) {
  test(`is no silence: ${JSON.stringify(Object.keys(wrong))}`, () => {
    const whole = { id: 'works', reason: 'x', from: instant('02:00'), to: instant('03:00'), ...wrong };
    expect(Silence.safeParse(whole).success).toBe(false);
  });
}
