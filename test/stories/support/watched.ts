import { engineFollows } from '../../../app/records-watch.ts';
import type { Device } from '../../../model/device.ts';
import type { Reading } from '../../../model/reading.ts';
import { areaRules } from '../../../rules/areas/index.ts';
import { allOf, type Effects } from '../../../rules/effects.ts';
import { rules } from '../../../rules/index.ts';
import { Watch } from '../../../rules/watch.ts';
import type { Night } from './night.ts';

/** The real rules over some devices of Mrs Wang; what they say goes to the desk of the night. */
export function watched(night: Night, ...devices: readonly Device[]) {
  const { directory } = night;
  for (const device of devices) night.writes({ kind: 'devices', id: device.id, entity: device });
  const begun = () => {
    const watch = new Watch({ rules, areaRules, directory, timeZone: 'UTC', listeningSinceMs: night.nowMs });
    engineFollows(watch, directory);
    return watch;
  };
  let watch = begun();
  const applies = async (all: readonly Effects[]) => {
    const signals = all.flatMap((effects) => [...allOf(effects)]).flatMap((effects) => effects.signals);
    if (signals.length > 0) await night.applies(...signals);
  };
  return {
    reads: (reading: Reading) => applies([watch.step(reading, night.nowMs)]),
    /** The rules meet their deadlines. */
    looks: () => applies([...watch.due(night.nowMs)]),
    /** Killed now, with what is on disk of them; back at `clock`. */
    async killedUntil(clock: string) {
      const kept = watch.stateOf('wang');
      await night.killedUntil(clock);
      watch = begun();
      watch.restore('wang', kept);
    },
  };
}
