import { createDesk } from '../../../alerts/desk.ts';
import type { Channel } from '../../../model/notification.ts';
import { openRecords } from '../../../store/records/records.ts';
import { at, contact, neighbourhood, raise } from './night.ts';

// Run as a process of its own: node killed-desk.ts <records file> <clock> <contact>. Takes an SOS at 02:10, goes on to
// <clock>, and is killed in the middle of telling that contact, or at the end when there is none of that name.
const [file = '', clock = '02:10', victim = ''] = process.argv.slice(2);

const dying: Channel = {
  kind: 'webhook',
  async send({ recipientId }) {
    if (recipientId === victim) process.kill(process.pid, 'SIGKILL');
    return { outcome: 'delivered' };
  },
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const address = process.env.HOOK_URL ?? '';
const contacts = ['daughter', 'son', 'neighbour'].map((id, order) =>
  contact(id, order, { kind: 'webhook', address: `${address}/${id}` }),
);
let nowMs = at('02:10');
const desk = createDesk({
  records: await openRecords(file),
  directory: neighbourhood(contacts),
  channels: [dying],
  clock: () => nowMs,
  timeZone: 'UTC',
  tickEveryMs: 0,
  log: silent,
});
await desk.start();
await desk.apply([raise('02:10')]);
await desk.tick(nowMs);
nowMs = at(clock);
await desk.tick(nowMs);
process.kill(process.pid, 'SIGKILL');
