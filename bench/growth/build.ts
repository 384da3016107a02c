import { join } from 'node:path';
import { openStores, type Stores } from '../../app/stores.ts';
import type { Reading } from '../../model/reading.ts';
import { areaRules } from '../../rules/areas/index.ts';
import { rules } from '../../rules/index.ts';
import { Watch } from '../../rules/watch.ts';
import { loadCommunity, loadDeviceId } from '../../simulators/load.ts';
import { partsOf } from '../parts.ts';
import { arriving } from '../store/load.ts';

export type Size = { readonly residents: number; readonly readings: number; readonly days: number };

/** As many as a busy service gathers for one commit. */
const readingsPerCommit = 4_096;
/** The last readings of everybody go through the rules, so that each has the state of somebody who is watched. */
const judgedEach = 10;
const statesPerCommit = 2_000;

/**
 * Fills a data folder through the stores, as fast as they take it: residents of the load generator with a wristband each,
 * their readings up to now, and the state the rules have of them. `onProgress` hears how many readings there are so far.
 */
export async function buildFolder(dir: string, size: Size, onProgress: (readings: number) => void): Promise<void> {
  const stores = await openStores(dir);
  try {
    for (const part of partsOf(loadCommunity(size.residents))) await stores.administration.importDocument(part);
    await fill(stores, size, onProgress);
  } finally {
    await stores.close();
  }
}

async function fill({ telemetry, directory }: Stores, size: Size, onProgress: (readings: number) => void) {
  const { residents, readings, days } = size;
  const endsAtMs = Date.now();
  const load = { readings, devices: residents, days, everyMinute: 0, endsAtMs };
  const watch = new Watch({ rules, areaRules, directory, timeZone: 'Asia/Shanghai', listeningSinceMs: endsAtMs });
  const judgedFrom = readings - judgedEach * residents;
  let written = 0;
  let underWay: Promise<void> = Promise.resolve();
  for (const some of arriving(load, readingsPerCommit)) {
    const batch = some.map(asOfLoad);
    if (written + batch.length > judgedFrom) for (const reading of batch) watch.step(reading, reading.receivedAtMs);
    await underWay; // the next one is made while this one is written
    underWay = telemetry.commit({ readings: batch, states: new Map(), signals: [], quarantined: [] });
    written += batch.length;
    onProgress(written);
  }
  await underWay;
  await writeStates(telemetry, watch, residents);
}

async function writeStates(telemetry: Stores['telemetry'], watch: Watch, residents: number): Promise<void> {
  const ids = Array.from({ length: residents }, (_, index) => residentOf(index));
  for (let at = 0; at < ids.length; at += statesPerCommit) {
    const states = new Map(ids.slice(at, at + statesPerCommit).map((id) => [id, watch.stateOf(id)]));
    await telemetry.commit({ readings: [], states, signals: [], quarantined: [] });
  }
}

/** The bands of the store's bench are those of the load generator here. */
function asOfLoad(reading: Reading): Reading {
  const index = Number(reading.subjectId.slice('resident-'.length));
  const deviceId = loadDeviceId(index);
  const id = `${deviceId}${reading.id.slice(reading.deviceId.length)}`;
  return { ...reading, id, deviceId, subjectId: residentOf(index) };
}

function residentOf(index: number): string {
  return `load-resident-${index}`;
}

/** Where the telemetry of a data folder lies. */
export function telemetryOf(dir: string): string {
  return join(dir, 'telemetry');
}
