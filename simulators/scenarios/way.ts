import type { LatLon } from '../../model/geo.ts';
import type { LifeEvent } from '../life/event.ts';
import { fixAt } from '../life/gps.ts';
import type { Random } from '../random.ts';

export type Way = {
  readonly deviceId: string;
  readonly fromMs: number;
  readonly forMs: number;
  readonly everyMs: number;
  /** Where somebody is so many seconds after the start. */
  readonly placeAt: (seconds: number) => LatLon;
};

/** What a band reports of somebody on a way, at real speed. */
export function reportsOn({ deviceId, fromMs, forMs, everyMs, placeAt }: Way, random: Random): LifeEvent[] {
  const count = Math.floor(forMs / everyMs) + 1;
  return Array.from({ length: count }, (_, report) => {
    const sinceMs = report * everyMs;
    const position = fixAt(placeAt(sinceMs / 1000), 'gnss', random);
    const payload = { position, worn: true, heartRateBpm: 92, steps: report * 20, batteryPct: 66 };
    return { atMs: fromMs + sinceMs, deviceId, lane: 'telemetry', payload };
  });
}
