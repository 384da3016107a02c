import { expect } from 'vitest';
import { story } from './support/story.ts';

story(
  '02:10 SOS, the daughter’s phone is off, the grid worker claims at 02:12, does not move, 02:17 the centre is told',
  { family: { daughter: ['webhook'] } },
  async (night) => {
    night.mood('webhook', 'daughter', { status: 503 });
    await night.raises('sos');
    night.told('02:10 daughter by webhook: P1 sos (answered 503)');
    await night.moveTo('02:11');
    night.told(
      '02:10:02 daughter by webhook: P1 sos (answered 503)',
      '02:10:07 daughter by webhook: P1 sos (answered 503)',
      '02:10:17 daughter by webhook: P1 sos (answered 503)',
      '02:10:37 daughter by webhook: P1 sos (answered 503)',
      '02:11 worker by mqtt+sse: P1 sos',
    );
    await night.moveTo('02:12');
    await night.does('worker', 'claim');
    await night.moveTo('02:16:59');
    night.told('02:11:07 daughter by webhook: P1 sos (answered 503)', '02:12 worker by mqtt+sse: P1 sos');
    await night.moveTo('02:17');
    night.told('02:17 operator by mqtt+sse: P1 sos');
    expect(night.alert()).toMatchObject({ state: 'open' });
  },
);
