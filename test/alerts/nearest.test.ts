import { afterEach, expect, test } from 'vitest';
import { approachTo } from '../../alerts/duty/nearby.ts';
import { keptForMs, Whereabouts } from '../../alerts/duty/whereabouts.ts';
import { type House, house } from './support/house.ts';
import { at, raise, request, user } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const home = { lat: 24.4451, lon: 118.0823 };
/** So many metres north of Mrs Wang's home. */
const north = (metres: number) => ({ lat: home.lat + metres / 111_195, lon: home.lon });
const walkers = ['chen', 'lin', 'zheng'].map((id) => user(id, 'responder', { areaId: 'street' }));

/** A street with four grid workers on duty; `where` says how far some of them are, and when they said so. */
async function street(where: Readonly<Record<string, readonly [metres: number, clock: string]>>): Promise<House> {
  const whereabouts = new Whereabouts();
  for (const [id, [metres, clock]] of Object.entries(where)) whereabouts.put(id, { ...north(metres), atMs: at(clock) });
  const made = await house({ contacts: [], whereabouts });
  ends.push(() => made.close());
  for (const one of walkers) made.directory.apply({ kind: 'users', id: one.id, entity: one });
  return made;
}

const asked = ({ only }: House) => only().handling?.offer?.userIds;

test('the nearest is asked first, and behind them those of whom nobody knows where they are', async () => {
  const made = await street({ lin: [120, '02:09'], zheng: [900, '02:09'] });
  await made.desk.apply([raise('02:10')]);
  expect(asked(made)).toEqual(['lin', 'zheng', 'worker', 'chen']);
});

test('nobody claims it: after a minute it is the nearest who is sent', async () => {
  const made = await street({ zheng: [80, '02:08'] });
  await made.desk.apply([raise('02:10')]);
  await made.moveTo('02:11');
  expect(made.only().assignee).toBe('zheng');
});

test('where somebody was a quarter of an hour ago says nothing', async () => {
  const made = await street({ lin: [10, '01:55'], zheng: [2_000, '02:01'] });
  await made.desk.apply([raise('02:10')]);
  expect(asked(made)).toEqual(['zheng', 'worker', 'chen', 'lin']);
});

test('she is out: the nearest to where she was last seen, not to her home', async () => {
  const made = await street({ lin: [20, '02:09'], chen: [1_400, '02:09'] });
  const position = { ...north(1_500), accuracyM: 10 };
  await made.desk.apply([raise('02:10', { type: 'wandering', severity: 'P2', position })]);
  expect(asked(made)).toEqual(['chen', 'lin', 'worker', 'zheng']);
});

test('nobody says where they are: the order is that of the records, as ever', async () => {
  const made = await street({});
  await made.desk.apply([raise('02:10')]);
  expect(asked(made)).toEqual(['worker', 'chen', 'lin', 'zheng']);
});

test('where people are is nowhere in what is stored', async () => {
  const made = await street({ lin: [123, '02:09'] });
  await made.desk.apply([raise('02:10')]);
  await made.desk.act(made.only().id, request('claim'), walkers[1]!, at('02:10:05')); // there are three
  const { id } = made.only();
  const kept = JSON.stringify([await made.records.alert(id), await made.records.timeline(id)]);
  expect(kept).not.toContain(String(north(123).lat));
  expect(kept).not.toContain('distanceM');
});

test('how long somebody takes is guessed from the distance; a vague position counts as further', () => {
  const from = (metres: number, accuracyM?: number) =>
    approachTo(home, { ...north(metres), ...(accuracyM !== undefined && { accuracyM }), atMs: 0 });
  expect(from(50)).toEqual({ distanceM: 50, arrivalMin: 1, sightedAtMs: 0 });
  expect(from(200).arrivalMin).toBe(4); // on foot
  expect(from(2_000).arrivalMin).toBe(15); // by e-bike
  expect(from(50, 1_500).distanceM).toBe(1_550);
});

test('what is too old is gone, not only hidden', () => {
  const whereabouts = new Whereabouts();
  whereabouts.put('lin', { ...home, atMs: 0 });
  whereabouts.sweep(keptForMs);
  expect(whereabouts.of('lin', 0)).toBeUndefined();
});
