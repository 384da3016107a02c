import type { AlertDesk } from '../alerts/contracts.ts';
import type { Api } from '../api/server.ts';
import type { Pipeline } from '../ingest/pipeline.ts';
import { AppError } from '../model/errors.ts';
import type { Watch } from '../rules/watch.ts';
import { refuseOpen } from './person-data.ts';
import type { LiveMemory } from './person-erasure.ts';
import type { SignalRelay } from './signal-relay.ts';

export type LiveMemoryParts = {
  readonly engine: Pick<Watch, 'drop'>;
  readonly pipeline: Pipeline;
  readonly relay: SignalRelay;
  readonly desk: Pick<AlertDesk, 'apply' | 'open' | 'forgetResident' | 'digest' | 'report'>;
  /** Last values, events kept for those who come back; once it runs. */
  readonly api: () => Pick<Api, 'forget' | 'letGo'> | undefined;
};

const signalsMayTakeMs = 5_000;

/** What the running service knows of a resident beside what is on disk. */
export function liveMemory({ engine, pipeline, relay, desk, api }: LiveMemoryParts): LiveMemory {
  const requireQuiet = async (residentId: string): Promise<void> => {
    if (pipeline.failing)
      throw new AppError('unavailable', 'The disk takes nothing at the moment; nothing was changed.');
    await pipeline.drained();
    await relay.ended(signalsMayTakeMs);
    refuseOpen(desk.open().filter((alert) => alert.residentId === residentId));
  };
  return {
    requireQuiet,
    async silence(residentId) {
      await requireQuiet(residentId);
      // In the moment of the check: no deadline may pass in between.
      pipeline.rewrite(engine.drop(residentId));
      await pipeline.drained();
    },
    forget(residentId) {
      desk.forgetResident(residentId);
      api()?.forget(residentId);
    },
  };
}
