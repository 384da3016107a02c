/**
 * Runs every recorded payload of a folder through the codecs and shows what became of it.
 * Run: `npx node bench/decode-report.ts <folder>`; files are `*.jsonl` with lines `{"system", "topic", "payload"}`.
 *
 * Each line is decoded to facts, ignored for a reason or refused for a reason. Exit status 1 when one throws or comes to
 * nothing at all, 2 on wrong usage. A device that fits is made up for each line, as its record would be.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { codecFor } from '../ingest/codecs/index.ts';
import type { DecodeResult } from '../ingest/contracts.ts';
import { Duplicates } from '../ingest/duplicates.ts';
import { households } from '../ingest/household.ts';
import { normalise } from '../ingest/normalise.ts';
import { CodecName, type Device, type DeviceKind } from '../model/device.ts';
import { Directory } from '../model/directory.ts';
import type { Reading } from '../model/reading.ts';

const Line = z.object({
  system: z.string().optional(),
  topic: z.string().nullish(),
  payload: z.unknown(),
  cls: z.string().optional(),
  device: z.string().optional(),
});
type Line = z.infer<typeof Line>;

type Verdict = { readonly outcome: 'decoded' | 'ignored' | 'refused' | 'NOTHING'; readonly words: string };
type Row = { readonly where: string; readonly system: string; readonly topic: string; readonly verdict: Verdict };

const hub: Device = { id: 'hub', kind: 'hub' };

/** What the person who installed it would have chosen. */
const kindOfClass: Readonly<Record<string, DeviceKind>> = {
  sos: 'callButton',
  button: 'callButton',
  smoke: 'smokeDetector',
  gas: 'gasDetector',
  motion: 'motionSensor',
  presence: 'motionSensor',
  contact: 'doorSensor',
};

function deviceFor(line: Line, codec: string, topic: string): Device {
  const kind = codec === 'owntracks' ? 'wristband' : (kindOfClass[line.cls ?? ''] ?? 'motionSensor');
  const names = topic.split('/').slice(1);
  const address =
    codec === 'owntracks' ? names.slice(0, 2).join('/') : names.join('/').replace(/\/(availability|action)$/, '');
  return { id: 'child', kind, residentId: 'resident', hubId: hub.id, codec: CodecName.parse(codec), address };
}

const defaultTopics: Readonly<Record<string, string>> = { owntracks: 'owntracks/user/phone' };

function topicOf({ topic, system }: Line): string {
  return topic ?? defaultTopics[system ?? ''] ?? `unknown/${system ?? ''}`;
}

function decodeLine(line: Line, topic: string, receivedAtMs: number, seen: (reading: Reading) => boolean): Verdict {
  const codec = codecFor(topic);
  if (codec === undefined) return { outcome: 'refused', words: 'unknownTopic' };
  const directory = new Directory();
  const device = deviceFor(line, codec.name, topic);
  directory.apply({ kind: 'devices', id: hub.id, entity: hub });
  directory.apply({ kind: 'devices', id: device.id, entity: device });
  const payload = new TextEncoder().encode(
    typeof line.payload === 'string' ? line.payload : JSON.stringify(line.payload),
  );
  const result = codec.decode(topic, payload, households(directory)(hub));
  return verdictOf(result, (decoded) => normalise(decoded, topic, receivedAtMs), seen);
}

type DecodedOf = Extract<DecodeResult, { readonly decoded: unknown }>['decoded'][number];

function verdictOf(
  result: DecodeResult,
  read: (decoded: DecodedOf) => Reading,
  seen: (reading: Reading) => boolean,
): Verdict {
  if ('ignored' in result) return { outcome: 'ignored', words: result.ignored };
  const facts = result.decoded.map((decoded) => inWords(read(decoded), seen));
  const refusals = result.refused.map(({ reason, detail }) => `${reason} (${detail})`);
  if (facts.length + refusals.length === 0) return { outcome: 'NOTHING', words: '' };
  const words = [...facts, ...refusals.map((refusal) => `refused ${refusal}`)].join(' | ');
  return { outcome: facts.length > 0 ? 'decoded' : 'refused', words };
}

function inWords(reading: Reading, seen: (reading: Reading) => boolean): string {
  const notes = [
    new Date(reading.takenAtMs).toISOString(),
    ...(reading.late ? ['late'] : []),
    ...(reading.deviceClockMs === undefined ? [] : [`clock ${reading.deviceClockMs} not believed`]),
    ...(seen(reading) ? ['seen before'] : []),
  ];
  return `${reading.kind} ${reading.lane} ${JSON.stringify(reading.facts)} [${notes.join(', ')}]`;
}

/** The lines arrive now, one a minute. */
function rowsOf(folder: string): Row[] {
  const startedAtMs = Date.now();
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  const duplicates = new Map<string, Duplicates>();
  return files.flatMap((file) => {
    const lines = readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((text) => text !== '');
    return lines.map((text, index) => {
      const line = Line.parse(JSON.parse(text));
      const topic = topicOf(line);
      const memory = duplicates.get(topic) ?? new Duplicates();
      duplicates.set(topic, memory);
      const verdict = decodeLine(line, topic, startedAtMs + index * 60_000, (reading) => memory.seen(reading));
      return { where: `${file}:${index + 1}`, system: line.system ?? basename(file, '.jsonl'), topic, verdict };
    });
  });
}

function print(rows: readonly Row[]): void {
  const systems = Map.groupBy(rows, ({ system }) => system);
  const count = (of: readonly Row[], outcome: Verdict['outcome']) =>
    of.filter(({ verdict }) => verdict.outcome === outcome).length;
  for (const [system, of] of systems) {
    if (CodecName.safeParse(system).success === false) continue;
    console.log(`\n${system}`);
    for (const { where, topic, verdict } of of)
      console.log(`  ${where}  ${topic}\n    ${verdict.outcome}: ${verdict.words}`);
  }
  const table = [...systems].map(([system, of]) => ({
    system,
    lines: of.length,
    decoded: count(of, 'decoded'),
    ignored: count(of, 'ignored'),
    refused: count(of, 'refused'),
    nothing: count(of, 'NOTHING'),
  }));
  console.table(table);
}

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: npx node bench/decode-report.ts <folder with *.jsonl files>');
  process.exit(2);
}
const rows = rowsOf(folder);
print(rows);
if (rows.some(({ verdict }) => verdict.outcome === 'NOTHING')) {
  console.error('some lines came to nothing: a codec is silent about them');
  process.exitCode = 1;
}
