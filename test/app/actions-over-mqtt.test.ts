import { afterEach, expect, test } from 'vitest';
import { createBrokerHost } from '../../app/broker-host.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordStore } from '../../store/contracts.ts';
import { eventually, settled } from '../alerts/support/eventually.ts';
import { house } from '../alerts/support/house.ts';
import { memberOf } from '../alerts/support/member.ts';
import { at, raise, worker } from '../alerts/support/night.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const nobodyElse = {
  tokenMatches: () => false,
  sessionOf: async () => undefined,
  isOpen: () => true,
  auditLook: async () => undefined,
  accept: () => undefined,
  diskHangs: () => false,
  presence: () => undefined,
};

/** A responder in the house at night, records that may refuse, and a disk that confirms when the test says so. */
async function nightWatch() {
  const fault = { isBusy: false };
  const disk = Promise.withResolvers<void>();
  const records = (whole: RecordStore): RecordStore =>
    new Proxy(whole, {
      get(target, name: keyof RecordStore) {
        const refusing: RecordStore['applyAlerts'] = async (changes) => {
          if (fault.isBusy) throw new AppError('unavailable', 'the records cannot be written at the moment');
          return target.applyAlerts(changes);
        };
        return name === 'applyAlerts' ? refusing : memberOf(target, name);
      },
    });
  const home = await house({ contacts: [], disk: records });
  ends.push(() => home.close());
  await home.desk.apply([raise('02:10')]);
  const logged: string[] = [];
  const say = (_facts: object, text: string) => void logged.push(text);
  const log = { info: say, warn: say, error: say } as never; // what a host says
  const { directory, desk } = home;
  const durable = () => disk.promise;
  const host = createBrokerHost({ ...nobodyElse, directory, desk, log, clock: () => at('02:11'), durable });
  const answers: string[] = [];
  const act = (action: string): void => {
    const payload = new TextEncoder().encode(JSON.stringify({ action }));
    const principal = { kind: 'person', id: worker.id, user: worker, session: 's' } as const;
    const done = (error?: Error) => void answers.push(error === undefined ? 'acknowledged' : 'not acknowledged');
    host.act(principal, `v1/actions/${home.only().id}`, payload, done);
  };
  return { home, fault, disk, act, answers, logged };
}

test('a claim over MQTT is seen by everybody at once, and acknowledged when it is on disk', async () => {
  const { home, disk, act, answers } = await nightWatch();
  act('claim');
  await eventually(() => home.only().assignee === worker.id);
  await settled();
  expect(answers).toEqual([]);
  disk.resolve();
  await eventually(() => answers.length === 1);
  expect(answers).toEqual(['acknowledged']);
});

test('the records cannot take a claim just now: it is not acknowledged, so that it is sent again; one that is refused is', async () => {
  const { home, fault, disk, act, answers, logged } = await nightWatch();
  disk.resolve();
  fault.isBusy = true;
  act('claim');
  await eventually(() => answers.length === 1);
  fault.isBusy = false;
  act('claim');
  await eventually(() => answers.length === 2);
  act('dance');
  await eventually(() => answers.length === 3);
  expect(answers).toEqual(['not acknowledged', 'acknowledged', 'acknowledged']);
  expect(home.only().assignee).toBe(worker.id);
  expect(logged).toEqual(['an action over MQTT was refused']);
});
