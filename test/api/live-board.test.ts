import { expect, test } from 'vitest';
import { LiveBoard } from '../../api/live-board.ts';
import { Directory } from '../../model/directory.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { batch, minute, noon, reading } from '../store/support/facts.ts';
import { inTempFolder } from '../store/support/places.ts';

const day = 24 * 60 * minute;
const facts = { position: { lat: 24.4, lon: 118.1 }, heartRateBpm: 72, worn: true, batteryPct: 80 };

test('what was kept long enough is forgotten here too: her last position, while her last pulse stays', async () => {
  await inTempFolder(async (dir) => {
    const telemetry = await openTelemetry(dir);
    const board = new LiveBoard(new Directory(), telemetry);
    const old = reading({ takenAtMs: noon, facts });
    const fresh = reading({ subjectId: 'r-2', takenAtMs: noon + 2 * day, facts });
    await telemetry.commit(batch({ readings: [old, fresh] }));
    for (const one of [old, fresh]) board.onReading(one);
    const over = noon + day;
    board.letGo({ positions: over, vitals: noon, motion: over, device: over });
    while ((await telemetry.expire('positions', over, 100)) > 0);
    const [hers, his] = [await board.live('r-1', noon + 2 * day), await board.live('r-2', noon + 2 * day)];
    expect(hers).toMatchObject({ heartRateBpm: { value: 72 } });
    expect(hers.position).toBeUndefined();
    expect(his).toMatchObject({ position: { value: facts.position }, worn: { value: true } });
    await telemetry.close();
  });
});
