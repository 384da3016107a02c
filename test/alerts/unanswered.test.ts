import { afterEach, expect, test } from 'vitest';
import type { Signal } from '../../model/alert.ts';
import type { RecordStore } from '../../store/contracts.ts';
import { type House, house } from './support/house.ts';
import { at, daughter, raise, request } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function home(disk?: (records: RecordStore) => RecordStore): Promise<House> {
  const started = await house({ contacts: [], ...(disk && { disk }) });
  ends.push(() => started.close());
  return started;
}

const fell: Signal = raise('02:10', { type: 'fall', severity: 'P2', id: 'fall:r1', suspected: true });
const nobodyAnswered: Signal = {
  ...fell,
  id: 'fall:r1:unanswered',
  severity: 'P1',
  receivedAtMs: at('02:11'),
  unanswered: { signalId: 'fall:r1', saidAtMs: at('02:10') },
};

async function closed({ desk, only, moveTo }: House, clock = '02:10:20'): Promise<void> {
  await moveTo(clock);
  await desk.act(only().id, request('resolve'), daughter, at(clock));
}

test('what says only that nobody answered, after somebody did, opens nothing, now or after a restart of the outbox', async () => {
  const wangs = await home();
  await wangs.desk.apply([fell]);
  await closed(wangs);
  await wangs.desk.apply([nobodyAnswered]);
  await wangs.desk.apply([nobodyAnswered]);
  expect(wangs.desk.open()).toEqual([]);
  expect(await wangs.records.appliedSignals([nobodyAnswered.id])).toEqual(new Set([nobodyAnswered.id]));
});

test('a fall that only joined a call for help nobody saw by itself: closing the call does not answer it', async () => {
  const wangs = await home();
  await wangs.desk.apply([raise('02:09')]);
  await wangs.desk.apply([fell]);
  await closed(wangs);
  await wangs.desk.apply([nobodyAnswered]);
  expect(wangs.only()).toMatchObject({ type: 'fall', severity: 'P1' });
});

test('whether it was closed cannot be read: people are told', async () => {
  const wangs = await home(
    (records) =>
      new Proxy(records, {
        get: (target, name: keyof RecordStore) => {
          const member = target[name];
          if (name === 'alert') return async () => Promise.reject(new Error('damaged'));
          return typeof member === 'function' ? member.bind(target) : member;
        },
      }),
  );
  await wangs.desk.apply([fell]);
  await closed(wangs);
  await wangs.desk.apply([nobodyAnswered]);
  expect(wangs.only()).toMatchObject({ type: 'fall', severity: 'P1' });
  expect(wangs.logged).toContain('error: whether an alert was closed could not be read');
});

test('the clock was set back between: in doubt people are told', async () => {
  const wangs = await home();
  await wangs.desk.apply([fell]);
  await closed(wangs, '01:10:20');
  await wangs.desk.apply([nobodyAnswered]);
  expect(wangs.only()).toMatchObject({ severity: 'P1' });
});
