import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createChannels } from '../alerts/channels/index.ts';
import { createDesk } from '../alerts/desk.ts';
import type { Signal } from '../model/alert.ts';
import { Directory } from '../model/directory.ts';
import { Resident } from '../model/people.ts';
import type { EntityWrite, RecordStore } from '../store/contracts.ts';
import { openPostgresRecords } from '../store/records/postgres/open.ts';
import { openRecords } from '../store/records/records.ts';
import { channelParts } from '../test/alerts/support/parts.ts';
import { postgres } from '../test/support/postgres.ts';

/**
 * Records in SQLite beside records in a PostgreSQL on the same machine, in turns: a change until it is stored, until it is
 * on disk, a press until the first of the family is told, and a large import. Every folder lies in `--dir`.
 *
 *     npx node bench/records-places.ts [--rounds 5] [--each 200] [--import 20000] [--dir /tmp]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    each: { type: 'string', default: '200' },
    import: { type: 'string', default: '20000' },
    dir: { type: 'string', default: tmpdir() },
  },
});
const each = Number(values.each);
type Figures = { stored: number[]; durable: number[]; told: number[]; imported: number[] };

const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' };
const channels = [{ kind: 'mqtt', address: 'daughter' }];
const contacts = [{ id: 'daughter', name: 'Daughter', order: 0, channels }];
const resident = (id: string) => Resident.parse({ id, name: id, areaId: 'street', home, contacts });

function town(prefix: string): Directory {
  const directory = new Directory();
  directory.apply({ kind: 'areas', id: 'street', entity: { id: 'street', name: 'Street', kind: 'street' } });
  for (let nth = 0; nth < each; nth += 1) {
    const entity = resident(`${prefix}-${nth}`);
    directory.apply({ kind: 'residents', id: entity.id, entity });
  }
  return directory;
}

function call(subjectId: string): Signal {
  const atMs = Date.now();
  const [id, deviceId] = [`sos:${subjectId}:${atMs}`, `band-${subjectId}`];
  const facts = { effect: 'raise', type: 'sos', severity: 'P1', late: false, suspected: false, evidence: {} } as const;
  return {
    ...facts,
    id,
    subjectId,
    deviceId,
    atMs,
    receivedAtMs: atMs,
    summary: { zh: '求助', en: 'called for help' },
  };
}

/** One press after the other, each told before the next. */
async function presses(records: RecordStore, prefix: string, told: number[]): Promise<void> {
  let heard: () => void = () => undefined;
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const publish = () => {
    heard();
    return true;
  };
  const desk = createDesk({
    ...{ records, log, clock: Date.now, timeZone: 'UTC', tickEveryMs: 0, directory: town(prefix) },
    channels: createChannels({ ...channelParts, clock: Date.now, log, publish }),
  });
  await desk.start();
  for (let nth = 0; nth < each; nth += 1) {
    const startMs = performance.now();
    const isTold = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const applied = desk.apply([call(`${prefix}-${nth}`)]);
    await isTold;
    told.push(performance.now() - startMs);
    await applied;
  }
  await desk.stop(1_000);
}

async function changes(records: RecordStore, { stored, durable }: Figures): Promise<void> {
  for (let nth = 0; nth < each; nth += 1) {
    const startMs = performance.now();
    await records.putSetting('bench', String(nth));
    stored.push(performance.now() - startMs);
    await records.durable();
    durable.push(performance.now() - startMs);
  }
}

async function importing(records: RecordStore, imported: number[]): Promise<void> {
  const people = Array.from({ length: Number(values.import) }, (_, nth): EntityWrite => {
    const entity = resident(`imported-${nth}`);
    return { kind: 'residents', id: entity.id, entity };
  });
  const startMs = performance.now();
  await records.write(people);
  imported.push(performance.now() - startMs);
}

async function round(records: RecordStore, figures: Figures, nth: number): Promise<void> {
  await changes(records, figures);
  await presses(records, `round-${nth}`, figures.told);
  await importing(records, figures.imported);
}

const quantile = (all: readonly number[], share: number) =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;

function report(sqlite: Figures, other: Figures): void {
  const rows = (['stored', 'durable', 'told', 'imported'] as const).map((name) => {
    const [a, b] = [quantile(sqlite[name], 0.5), quantile(other[name], 0.5)];
    const p99 = [quantile(sqlite[name], 0.99), quantile(other[name], 0.99)].map((one) => one.toFixed(1)).join(' / ');
    return { name, sqliteMs: a.toFixed(2), postgresMs: b.toFixed(2), ratio: (b / a).toFixed(1), 'p99 ms': p99 };
  });
  console.table(rows);
}

const empty = (): Figures => ({ stored: [], durable: [], told: [], imported: [] });
const [inSqlite, inPostgres] = [empty(), empty()];
const folder = mkdtempSync(join(values.dir, 'anju-bench-'));
const server = await postgres(values.dir);
const records = await openRecords(join(folder, 'records.sqlite'), { isServing: true });
const elsewhere = await openPostgresRecords(await server.createDatabase('bench'));
for (let nth = 0; nth < Number(values.rounds); nth += 1) {
  await round(records, inSqlite, nth);
  await round(elsewhere, inPostgres, nth);
}
report(inSqlite, inPostgres);
await elsewhere.close();
await records.close();
await server.remove();
rmSync(folder, { recursive: true });
