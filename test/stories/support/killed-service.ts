import { setImmediate } from 'node:timers/promises';
import { createChannels } from '../../../alerts/channels/index.ts';
import { createDesk } from '../../../alerts/desk.ts';
import { openRecords } from '../../../store/records/records.ts';
import { at, contact, neighbourhood, raise } from '../../alerts/support/night.ts';
import { channelParts } from '../../alerts/support/parts.ts';
import { Life } from './life.ts';

// A process of its own: node killed-service.ts <records file> <url of the family> <point> <before|after>. Lives through
// an SOS at 02:10 that nobody answers, until 02:12, and kills itself right before or right after that write or message.
const [file = '', url = '', point = '', when = ''] = process.argv.slice(2);

const die = () => void process.kill(process.pid, 'SIGKILL');
const life = new Life({ at: Number(point), when: when === 'before' ? 'before' : 'after', die });
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const family = ['daughter', 'son', 'neighbour'].map((who, order) =>
  contact(who, order, { kind: 'webhook', address: `${url}/${who}` }),
);
const directory = neighbourhood(family);
for (const id of ['worker', 'operator']) directory.apply({ kind: 'users', id, entity: undefined });

let nowMs = at('02:10');
const clock = () => nowMs;
const desk = createDesk({
  records: life.records(await openRecords(file)),
  directory,
  channels: createChannels({ ...channelParts, clock, log }).map((one) => life.channel(one)),
  clock,
  timeZone: 'UTC',
  random: () => 1,
  tickEveryMs: 0,
  log,
});
await desk.start();
await desk.apply([raise('02:10')]);
for (const next of ['02:10:30', '02:11', '02:12']) {
  await answered();
  nowMs = at(next);
  await desk.tick(nowMs);
}
await answered();
process.exit(0);

/** Until what is under way was answered and written down. */
async function answered(): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    const before = life.points;
    await desk.tick(nowMs);
    await setImmediate();
    quiet = life.underWay === 0 && life.points === before ? quiet + 1 : 0;
  }
}
