import { expect, onTestFinished, test, vi } from 'vitest';
import { silence } from './support/community.ts';
import { expectTheSame, type Step, type Tale, Teller } from './support/killed.ts';
import type { Death } from './support/life.ts';

const to =
  (clock: string): Step =>
  (night) =>
    night.jumpTo(clock);
const outOfOrder = { status: 503 };

/** A press, an endpoint out of order, a call nobody takes, an offer, a claim without progress, an answer by a link. */
const emergency: Tale = {
  family: { daughter: ['webhook', 'sms', 'voice'], son: ['ntfy'] },
  before: (night) => night.mood('webhook', 'daughter', outOfOrder),
  steps: [
    (night) => night.raises('sos'),
    to('02:10:02'),
    to('02:10:07'),
    to('02:10:30'),
    (night) => night.reports('voice', 'daughter', { status_code: '200010' }),
    async (night) => night.mood('webhook', 'daughter', undefined),
    to('02:11'),
    (night) => night.raises('sos'),
    to('02:11:31'),
    (night) => night.does('worker', 'claim'),
    to('02:16:31'),
    (night) => night.presses(night.linkOf('ntfy', 'son', 'claim')),
  ],
};

/** Two alarms in one home: nobody claims, somebody is sent, one visit for both, closed, opened again. */
const visit: Tale = {
  family: { daughter: ['webPush'] },
  before: (night) => night.mood('webPush', 'daughter', { status: 413 }),
  steps: [
    (night) => night.applies(night.signal('smoke'), night.signal('fall', { severity: 'P2' })),
    to('02:11'),
    (night) => night.does('worker', 'pass', { on: 'smoke' }),
    to('02:13'),
    (night) => night.does('worker', 'enRoute', { on: 'smoke' }),
    (night) => night.does('worker', 'arrive', { on: 'fall' }),
    (night) => night.does('worker', 'resolve', { on: 'smoke', outcome: 'cooking' }),
    (night) => night.clears('fall', { severity: 'P2' }),
    (night) => night.does('worker', 'resolve', { on: 'fall', outcome: 'allWell' }),
  ],
};

/** What can wait: gathered, over the next channel, held for works, answered with one link, in the summary of the morning. */
const patience: Tale = {
  family: { daughter: ['webhook', 'ntfy'] },
  before(night) {
    silence(night, '02:00', '02:12', { areaId: 'street', types: ['contactLost'] });
    night.mood('webhook', 'daughter', { status: 404 });
  },
  steps: [
    (night) =>
      night.applies(
        ...(['vitals', 'zoneExit', 'inactivity'] as const).map((one) => night.signal(one, { severity: 'P3' })),
      ),
    (night) => night.raises('contactLost', { severity: 'P2', subjectId: 'zhao' }),
    (night) => night.clears('zoneExit', { severity: 'P3' }),
    (night) => night.raises('batteryLow', { severity: 'P4' }),
    to('02:10:30'),
    to('02:10:35'),
    to('02:12'),
    (night) => night.presses(night.linkOf('ntfy', 'daughter', 'claim')),
    to('09:00'),
  ],
};

/** Nobody can find her: two say so, her band had told of it before, somebody goes, and the hotline is called again. */
const search: Tale = {
  family: { daughter: ['webhook', 'sms'], son: ['ntfy'] },
  steps: [
    (night) => night.raises('zoneExit', { severity: 'P2' }),
    to('02:10:20'),
    (night) => night.says('daughter', { type: 'missing', ref: 'page' }),
    (night) => night.says('operator', { type: 'missing', ref: 'call', note: 'a neighbour saw her' }),
    to('02:11:20'),
    (night) => night.says('operator', { type: 'sos', ref: 'call' }),
    (night) => night.does('worker', 'claim', { on: 'sos' }),
    (night) => night.clears('zoneExit', { severity: 'P2' }),
    to('02:14'),
    (night) => night.says('operator', { type: 'sos', ref: 'second call' }),
    (night) => night.does('worker', 'resolve', { on: 'missing', outcome: 'found' }),
  ],
};

const tales: Readonly<Record<string, Tale>> = { emergency, visit, patience, search };
const moments: readonly Death['when'][] = ['before', 'after'];

for (const [name, tale] of Object.entries(tales)) {
  test(`killed right before and right after every write and every message, and started again, now and then killed again: ${name}`, async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const teller = await new Teller(tale).open();
    const undisturbed = await teller.tell();
    expect(undisturbed.points).toBeGreaterThan(15);
    let killed = 0;
    for (let at = 1; at <= undisturbed.points; at += 1) {
      for (const when of moments) {
        const outcome = await teller.tell({ at, when });
        expectTheSame(outcome, undisturbed, `${when} point ${at}`);
        killed += Number(outcome.wasKilled);
      }
      if (at % 4 !== 0) continue;
      const again = await teller.tell({ at, when: 'after' }, { at: 1, when: 'after' });
      expectTheSame(again, undisturbed, `after point ${at}, and after the first of the run behind it`);
    }
    // What ends together is written together: a run may have a point or two less.
    expect(killed).toBeGreaterThan(undisturbed.points * 1.8);
  });
}
