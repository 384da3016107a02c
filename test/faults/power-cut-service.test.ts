import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { smallTown } from '../support/community.ts';
import { alertsOf, call, eventually, login, removeFolder, spawnService, temporaryFolder } from '../support/service.ts';
import { puback, RawBand } from './support/band.ts';
import { DiskHistory, randomOf } from './support/disk-image.ts';
import { inForm } from './support/form.ts';
import { type LiveService, startHere } from './support/live-service.ts';
import { readTrace, recordedTo, textsOf } from './support/trace.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const residents = 6;
/** Everything published, by packet id, which no two messages share. */
type Sent = {
  readonly bandId: string;
  readonly facts: { readonly t: number; readonly seq: number };
  readonly isPress: boolean;
};
type Recording = {
  readonly history: DiskHistory;
  readonly sent: ReadonlyMap<number, Sent>;
  /** What was acknowledged, with the line of the record where the acknowledgement went out. */
  readonly acknowledged: readonly { readonly packetId: number; readonly line: number }[];
  /** The notes on a resident, which count up, as somebody wrote them over HTTP: the line where each was answered. */
  readonly noted: readonly { readonly note: number; readonly line: number }[];
};

/** A town publishes for a while; what the service asked of the disk is recorded from its first start on. */
async function record(messages: number): Promise<Recording> {
  const folder = temporaryFolder();
  ends.push(() => removeFolder(folder));
  const [dataDir, file] = [join(folder, 'data'), join(folder, 'record')];
  const service = await spawnService(dataDir, {}, recordedTo(file));
  ends.push(() => service.kill('SIGKILL'));
  const admin = await login(service);
  expect((await call(service, admin, 'POST', '/import', smallTown(residents))).status).toBeLessThan(300);
  const bandIds = Array.from({ length: residents }, (_, i) => `band-${i}`);
  const bands = await Promise.all(bandIds.map((id) => RawBand.connect(id, service.mqttPort)));
  const sent = new Map<number, Sent>();
  const writer = writes(service, admin);
  for (let packetId = 1; packetId <= messages; packetId++) {
    const band = bands[packetId % residents]!; // within bounds
    const isPress = packetId % 10 < 2;
    const facts = { t: Date.now(), seq: packetId, ...(isPress ? { event: 'sos' } : { steps: packetId }) };
    sent.set(packetId, { bandId: band.id, facts, isPress });
    band.publish({ topic: isPress ? 'event' : 'telemetry', facts, packetId });
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await service.kill('SIGKILL');
  await writer;
  const history = new DiskHistory(dataDir, await readTrace(file));
  return { history, sent, acknowledged: acknowledgementsOf(history), noted: notesOf(history) };
}

/** One note after the other, each when the one before was answered, until the service is gone. */
async function writes(service: { http: string }, admin: string): Promise<void> {
  for (let note = 1; ; note += 1) {
    const path = '/residents/r0';
    const answer = await call(service, admin, 'PATCH', path, { notes: `note ${note}.` }).catch(() => undefined);
    if (answer === undefined) return;
    expect(answer.status).toBe(200);
  }
}

function notesOf({ said }: DiskHistory): Recording['noted'] {
  return said.flatMap((call) => {
    const text = Buffer.concat(textsOf(call)).toString('latin1');
    const [, note] = /^HTTP\/1\.1 200 .*"notes":"note (\d+)\."/s.exec(text) ?? [];
    return note === undefined ? [] : [{ note: Number(note), line: call.began }];
  });
}

function acknowledgementsOf({ said }: DiskHistory): Recording['acknowledged'] {
  return said.flatMap((call) => {
    const bytes = Buffer.concat(textsOf(call));
    const ids = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.subarray(i * 4, i * 4 + 4));
    const isAnswer = bytes.length % 4 === 0 && ids.every((four) => four[0] === puback && four[1] === 2);
    return isAnswer ? ids.map((four) => ({ packetId: four.readUInt16BE(2), line: call.began })) : [];
  });
}

async function stepsOf(service: LiveService, admin: string, residentId: string): Promise<Set<number>> {
  const { json } = await call(service, admin, 'GET', `/residents/${residentId}/readings?metric=steps&limit=10000`);
  return new Set((json as { items: { value: number }[] }).items.map(({ value }) => value));
}

/** Every press of the whole evening once more, as devices that were not answered do. */
async function pressAgain(service: LiveService, sent: Recording['sent'], bandId: string): Promise<number> {
  const presses = [...sent].filter(([, one]) => one.isPress && one.bandId === bandId);
  const band = await RawBand.connect(bandId, service.mqttPort);
  for (const [packetId, { facts }] of presses) band.publish({ topic: 'event', facts, packetId, dup: true });
  for (const [packetId] of presses) expect(await band.answered(puback, packetId)).toBe(true);
  band.hangUp();
  return presses.length;
}

/** What is wrong with the service that starts on what the power cut at `line` left. */
async function wrongAfter(
  { history, sent, acknowledged, noted }: Recording,
  line: number,
  seed: number,
): Promise<string[]> {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  history.lay(line, dataDir, randomOf(seed));
  const service = await startHere(dataDir);
  try {
    const admin = await login(service);
    const answered = new Set(acknowledged.filter((one) => one.line < line).map(({ packetId }) => packetId));
    const wrong: string[] = [];
    const health = (await (await fetch(`${service.http}/health/ready`)).json()) as { checks: Record<string, string> };
    for (const part of ['history', 'records'])
      if (health.checks[part] !== 'ok') wrong.push(`${part}: ${health.checks[part]}`);
    const said = noted.findLast((one) => one.line < line)?.note ?? 0;
    const kept = await noteOf(service, admin);
    if (kept < said) wrong.push(`note ${kept} is kept, ${said} was answered`);
    for (let i = 0; i < residents; i++) wrong.push(...(await wrongWith(service, admin, i, sent, answered)));
    return wrong.map((one) => `seed ${seed}, line ${line}: ${one}`);
  } finally {
    await service.stop();
  }
}

async function noteOf(service: LiveService, admin: string): Promise<number> {
  const { json } = await call(service, admin, 'GET', '/residents/r0');
  return Number(/\d+/.exec((json as { notes?: string }).notes ?? '')?.[0] ?? 0);
}

async function wrongWith(
  service: LiveService,
  admin: string,
  i: number,
  sent: Recording['sent'],
  answered: ReadonlySet<number>,
): Promise<string[]> {
  const mine = [...sent].filter(([packetId, { bandId }]) => bandId === `band-${i}` && answered.has(packetId));
  const stored = await stepsOf(service, admin, `r${i}`);
  const wrong = mine.filter(([id, { isPress }]) => !isPress && !stored.has(id)).map(([id]) => `reading ${id} is lost`);
  const presses = mine.filter(([, { isPress }]) => isPress).length;
  const before = await countsOf(service, admin, i, presses);
  if (before.length > 1 || sumOf(before) < presses) wrong.push(`r${i}: ${before} of ${presses} acknowledged presses`);
  const all = await pressAgain(service, sent, `band-${i}`);
  const after = await countsOf(service, admin, i, all);
  if (`${after}` !== `${all}`) wrong.push(`r${i}: ${after} counted after all ${all} presses were sent again`);
  return wrong;
}

/** How often each alert of the resident counts its SOS, as soon as that is `expected` or will not be. */
async function countsOf(service: LiveService, admin: string, i: number, expected: number): Promise<number[]> {
  const look = async () => (await alertsOf(service, admin, `resident=r${i}&type=sos`)).map(({ count }) => count);
  const enough = async () => {
    const counts = await look();
    return sumOf(counts) >= expected ? counts : undefined;
  };
  return (await eventually(enough)) ?? look();
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

test('the power goes at any moment: the service starts, every acknowledged reading and every change that was answered is there, and every SOS is one alert, also when all are sent again', {
  timeout: 600_000,
}, async () => {
  const recording = await record(inForm(240, 2_000));
  const { acknowledged } = recording;
  const [first, last] = [acknowledged.at(0)?.line ?? 0, acknowledged.at(-1)?.line ?? 0];
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(recording.noted.length).toBeGreaterThan(2);
  const wrong: string[] = [];
  for (let n = 0; n < inForm(4, 40); n++) {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const line = first + Math.floor(randomOf(seed)() * (last - first));
    wrong.push(...(await wrongAfter(recording, line, seed)));
  }
  expect(wrong).toEqual([]);
});
