/**
 * What the rules keep of a resident, bytes after weeks of simulated life:
 *
 *     node --expose-gc bench/state.ts [--residents 60] [--days 28]
 *
 * As JSON, as it goes to the disk, and on the heap of V8, for homes as they are, with twenty zones each, and with a second
 * band that says what the first says a few seconds later. Goal: below 4 KB on the disk for everybody. Exit status 1 otherwise.
 */
import { parseArgs } from 'node:util';
import { Intake } from '../ingest/intake.ts';
import { Directory } from '../model/directory.ts';
import type { Reading } from '../model/reading.ts';
import type { Zone } from '../model/zone.ts';
import { areaRules } from '../rules/areas/index.ts';
import { rules } from '../rules/index.ts';
import { opened } from '../rules/sealed.ts';
import { Watch } from '../rules/watch.ts';
import { timeZone, Weeks } from '../simulators/weeks/weeks.ts';

const number = { type: 'string' } as const;
const { values } = parseArgs({ options: { residents: number, days: number } });
const weeksOf = () =>
  new Weeks({ seed: 'state', residents: Number(values.residents ?? 60), days: Number(values.days ?? 28) });
const goalBytes = 4_096;
const secondBandLateMs = 7_000;

type Variant = { readonly name: string; readonly zones: number; readonly hasSecondBand: boolean };
const variants: readonly Variant[] = [
  { name: 'as they are', zones: 0, hasSecondBand: false },
  { name: 'twenty zones', zones: 19, hasSecondBand: false },
  { name: 'twenty zones, two bands', zones: 19, hasSecondBand: true },
];

const twinOf = (id: string) => `${id}-2`;

function directoryOf({ community }: Weeks, { zones, hasSecondBand }: Variant): Directory {
  const directory = new Directory();
  for (const entity of community.areas) directory.apply({ kind: 'areas', id: entity.id, entity });
  for (const entity of community.residents) directory.apply({ kind: 'residents', id: entity.id, entity });
  for (const entity of community.devices) {
    directory.apply({ kind: 'devices', id: entity.id, entity });
    const id = twinOf(entity.id);
    if (hasSecondBand && entity.kind === 'wristband')
      directory.apply({ kind: 'devices', id, entity: { ...entity, id } });
  }
  for (const entity of [...community.zones, ...moreZones(community.residents, zones)])
    directory.apply({ kind: 'zones', id: entity.id, entity });
  return directory;
}

/** On her ways, every other one forbidden. */
function moreZones(residents: Weeks['community']['residents'], count: number): Zone[] {
  return residents.flatMap(({ id: residentId, home }) =>
    Array.from({ length: home === undefined ? 0 : count }, (_, i): Zone => {
      const { lat = 0, lon = 0, datum = 'WGS84' } = home ?? {};
      const center = { lat: lat + 0.003 * Math.sin(i), lon: lon + 0.003 * Math.cos(i) };
      const id = `${residentId}-more-${i}`;
      const kind = i % 2 === 0 ? 'forbidden' : 'safe';
      return { id, residentId, name: id, kind, shape: { type: 'circle', center, radiusM: 60 }, datum };
    }),
  );
}

/** The states after all of it, as they go to the disk. */
function lived(variant: Variant): string[] {
  const weeks = weeksOf();
  const directory = directoryOf(weeks, variant);
  const watch = new Watch({ rules, areaRules, directory, timeZone, listeningSinceMs: 0 });
  let nowMs = 0;
  const step = (reading: Reading) => void watch.step(reading, nowMs);
  const take = ({ readings }: { readonly readings: readonly Reading[] }) => {
    for (const reading of readings) {
      step(reading);
      if (variant.hasSecondBand && reading.kind === 'wristband') step(twin(reading));
    }
  };
  const intake = new Intake({ directory, take });
  for (const { arrivesAtMs, deviceId, lane, payload } of weeks.messages()) {
    nowMs = arrivesAtMs;
    for (const _ of watch.due(nowMs));
    const topic = `v1/devices/${deviceId}/${lane}`;
    const bytes = Buffer.from(JSON.stringify(payload));
    intake.accept({ senderId: deviceId, topic, payload: bytes, receivedAtMs: nowMs }, () => undefined);
  }
  return weeks.community.residents.map(({ id }) => watch.stateOf(id));
}

function twin(reading: Reading): Reading {
  const { id, deviceId, takenAtMs } = reading;
  return { ...reading, id: twinOf(id), deviceId: twinOf(deviceId), takenAtMs: takenAtMs - secondBandLateMs };
}

/** Of each state what V8 needs for it once it is read. */
function heapBytes(states: readonly string[]): number {
  const used = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const copies = 20;
  const before = used();
  const read = Array.from({ length: copies }, () => states.map((state) => JSON.parse(opened(state)) as object));
  return (used() - before) / read.flat().length;
}

function ranked(sizes: readonly number[]): string {
  const sorted = sizes.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return [at(0.5), at(0.95), at(1)].map((bytes) => bytes.toLocaleString('en').padStart(7)).join('');
}

if (globalThis.gc === undefined) throw new Error('start it with --expose-gc');
console.log(`${''.padEnd(24)}  JSON p50    p95    max   disk p50    p95    max   heap mean`);
for (const variant of variants) {
  const states = lived(variant);
  const disk = states.map((state) => Buffer.byteLength(state));
  const json = states.map((state) => Buffer.byteLength(opened(state)));
  const heap = Math.round(heapBytes(states)).toLocaleString('en');
  console.log(`${variant.name.padEnd(24)} ${ranked(json)}   ${ranked(disk)}   ${heap.padStart(9)}`);
  if (Math.max(...disk) >= goalBytes) process.exitCode = 1;
}
