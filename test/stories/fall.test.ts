import { fallBurst } from '../rules/support/bursts.ts';
import { says } from '../rules/support/home.ts';
import type { Night } from './support/night.ts';
import { story } from './support/story.ts';
import { watched } from './support/watched.ts';

const scene = { family: { daughter: ['webhook'] }, from: '08:00' } as const;

/** Her wristband, which reports her falls, and the rules that wait a minute for an answer. */
function band(night: Night) {
  const home = watched(night, { id: 'band-1', kind: 'wristband', residentId: 'wang' });
  return {
    ...home,
    reports: (event: 'fall' | 'sos') => home.reads(says('band-1', night.nowMs, { events: [event] })),
    /** Second by second. */
    async waitsUntil(clock: string) {
      while (night.nowMs < night.wall.ms(clock)) {
        await night.moveTo(night.wall.words(night.nowMs + 1000));
        await home.looks();
      }
    },
  };
}

const p2 = '08:00 daughter by webhook: P2 fall';

for (const outcome of ['false alarm', 'resolved on site', undefined]) {
  const word = outcome === undefined ? 'without a word why' : `as "${outcome}"`;
  story(`her daughter closes the suspected fall ${word}: no emergency follows a minute later`, scene, async (night) => {
    const { reports, waitsUntil } = band(night);
    await reports('fall');
    await waitsUntil('08:00:20');
    night.told(p2);
    await night.does('daughter', 'resolve', { ...(outcome !== undefined && { outcome }) });
    await waitsUntil('08:05');
    night.told();
  });
}

story(
  'a responder closes it: the service is killed, and no emergency comes after the restart',
  scene,
  async (night) => {
    const { reports, waitsUntil, killedUntil } = band(night);
    await reports('fall');
    await waitsUntil('08:00:20');
    night.told(p2);
    await night.does('worker', 'resolve', { outcome: 'false alarm' });
    await killedUntil('12:30');
    await waitsUntil('12:31');
    night.told();
  },
);

story('"I am on my way" is no end: the minute without an answer makes it an emergency', scene, async (night) => {
  const { reports, waitsUntil } = band(night);
  await reports('fall');
  await waitsUntil('08:00:20');
  night.told(p2);
  await night.does('daughter', 'claim');
  await night.does('daughter', 'enRoute');
  await waitsUntil('08:01');
  night.told('08:01 daughter by webhook: P1 fall');
});

story('she falls again after it was closed: told again, and critical by itself', scene, async (night) => {
  const { reports, waitsUntil } = band(night);
  await reports('fall');
  await waitsUntil('08:00:20');
  await night.does('daughter', 'resolve', { outcome: 'false alarm' });
  night.told(p2);
  await waitsUntil('08:00:40');
  await reports('fall');
  await waitsUntil('08:01:40');
  night.told('08:00:40 daughter by webhook: P2 fall', '08:01 daughter by webhook: P1 fall');
});

story(
  'a second fall within the minute, closed with the first: nobody saw it by itself, so it is told',
  scene,
  async (night) => {
    const { reports, waitsUntil } = band(night);
    await reports('fall');
    await waitsUntil('08:00:40');
    night.told(p2);
    await reports('fall');
    await night.does('daughter', 'resolve', { outcome: 'false alarm' });
    await waitsUntil('08:01:40');
    night.told('08:01 daughter by webhook: P1 fall');
  },
);

story('she calls for help after it was closed: an emergency at once', scene, async (night) => {
  const { reports, waitsUntil } = band(night);
  await reports('fall');
  await waitsUntil('08:00:20');
  night.told(p2);
  await night.does('daughter', 'resolve', { outcome: 'false alarm' });
  await reports('sos');
  await waitsUntil('08:00:22');
  night.told('08:00:20 daughter by webhook: P1 sos');
});

story('closed by mistake and opened again: the minute goes on', scene, async (night) => {
  const { reports, waitsUntil } = band(night);
  await reports('fall');
  await waitsUntil('08:00:20');
  night.told(p2);
  const { id } = night.alert();
  await night.does('daughter', 'resolve', { outcome: 'false alarm' });
  await night.desk.act(id, { action: 'reopen' }, night.user('daughter'), night.nowMs);
  await waitsUntil('08:01');
  night.told('08:00:20 daughter by webhook: P2 fall', '08:01 daughter by webhook: P1 fall');
});

story(
  'her band felt a fall, it was closed, and then the band reports it: nobody knew of that, so the minute counts',
  scene,
  async (night) => {
    const { reads, reports, waitsUntil } = band(night);
    await reads(says('band-1', night.nowMs - 12_000, { burst: fallBurst() }, night.nowMs));
    await waitsUntil('08:00:05');
    night.told(p2);
    await night.does('daughter', 'resolve', { outcome: 'false alarm' });
    await waitsUntil('08:00:15');
    await reports('fall');
    await waitsUntil('08:01:20');
    night.told('08:00:54 daughter by webhook: P1 fall');
  },
);
