import { says } from '../rules/support/home.ts';
import { resident } from './support/community.ts';
import type { Night } from './support/night.ts';
import { story } from './support/story.ts';
import { watched } from './support/watched.ts';

const scene = { family: { daughter: ['webhook'] }, from: '08:00' } as const;

/** The sensor in her living room says every ten minutes that it works. */
function livingRoom(night: Night) {
  const { reads, looks } = watched(night, { id: 'pir-1', kind: 'motionSensor', residentId: 'wang' });
  return {
    moves: () => reads(says('pir-1', night.nowMs, { motion: true })),
    async nobodyMovesUntil(clock: string) {
      for (const untilMs = night.wall.ms(clock); night.nowMs < untilMs; ) {
        await night.jumpTo(night.wall.words(night.nowMs + 600_000));
        await reads(says('pir-1', night.nowMs, { motion: false }));
        await looks();
      }
    },
  };
}

story('nobody has moved for twelve hours of a day: the daughter hears of it', scene, async (night) => {
  const home = livingRoom(night);
  await home.moves();
  await home.nobodyMovesUntil('19:50');
  night.told();
  await home.nobodyMovesUntil('20:00');
  await night.jumpTo('20:00:30');
  night.told('20:00:30 daughter by webhook: P3 inactivity');
});

story(
  'the family said that she is away until eleven: nobody is alarmed at eight, and at eleven they are',
  scene,
  async (night) => {
    const home = livingRoom(night);
    await home.moves();
    resident(night, { awayUntil: night.wall.instant('23:00') });
    await home.nobodyMovesUntil('22:50');
    night.told();
    await home.nobodyMovesUntil('23:00');
    await night.jumpTo('23:00:30');
    night.told('23:00:30 daughter by webhook: P3 inactivity');
  },
);
