import { viewOfAlert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { Notification } from '../model/notification.ts';
import type { Photo } from '../model/photo.ts';
import { opened } from '../rules/sealed.ts';
import type { RecordStore, TelemetryStore, VisitPlace } from '../store/contracts.ts';

const alertsAtATime = 200;
const visitsAtATime = 1_000;
const auditAtMost = 100_000;
const quarantineAtMost = 10_000;
const always = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

export type ExportParts = {
  readonly directory: Directory;
  readonly records: RecordStore;
  readonly telemetry: TelemetryStore;
};

/** One line of an export: what it is, and it. */
export type ExportLine = { readonly kind: string } & Readonly<Record<string, unknown>>;

/**
 * Everything that is kept about one resident, one thing after the other: however much it is, only one page of it is in
 * memory. The last line counts the others, so that a download cut short is known for one.
 * Throws AppError `notFound`.
 */
export async function* exportPerson(parts: ExportParts, residentId: string, nowMs: number): AsyncGenerator<ExportLine> {
  const resident = parts.directory.residents.get(residentId);
  if (resident === undefined) throw new AppError('notFound', `There is no ${residentId} among the residents.`);
  let lines = 1;
  yield { kind: 'export', version: 1, residentId, at: new Date(nowMs).toISOString() };
  for await (const line of linesOf(parts, residentId)) {
    lines += 1;
    yield line;
  }
  yield { kind: 'end', lines };
}

async function* linesOf(parts: ExportParts, residentId: string): AsyncGenerator<ExportLine> {
  yield* community(parts.directory, residentId);
  yield* portrait(parts.records, residentId);
  yield* alerts(parts.records, residentId);
  for (const share of await parts.records.shares().ofResident(residentId)) yield { kind: 'share', share };
  for (const notice of await parts.records.notices().ofResident(residentId)) yield { kind: 'notice', notice };
  yield* visits(parts.records, residentId);
  for (const entry of await parts.records.auditLog({ about: residentId, limit: auditAtMost })) {
    yield { kind: 'audit', ...entry };
  }
  yield* telemetry(parts, residentId);
}

function* community(directory: Directory, residentId: string): Generator<ExportLine> {
  const { contacts = [], ...resident } = directory.residents.get(residentId) ?? {};
  const reachable = contacts.map((contact) => ({
    ...contact,
    channels: contact.channels.map(({ kind, address }) => ({ kind, address })),
  }));
  yield { kind: 'resident', resident: { ...resident, contacts: reachable } };
  for (const device of directory.devicesOf(residentId)) yield { kind: 'device', device };
  for (const zone of directory.zonesOf(residentId)) if (zone.residentId === residentId) yield { kind: 'zone', zone };
  for (const policy of directory.policies.values())
    if (policy.residentId === residentId) yield { kind: 'policy', policy };
  for (const silence of directory.silences.values())
    if (silence.residentId === residentId) yield { kind: 'silence', silence };
  for (const user of directory.users.values()) {
    if (user.residentIds?.includes(residentId)) yield { kind: 'mayLook', userId: user.id, username: user.username };
  }
}

async function* portrait(records: RecordStore, residentId: string): AsyncGenerator<ExportLine> {
  const photo = await records.portrait(residentId);
  if (photo !== undefined) yield { kind: 'portrait', ...inWords(photo) };
}

async function* visits(records: RecordStore, residentId: string): AsyncGenerator<ExportLine> {
  for (let before: VisitPlace | undefined; ; ) {
    const page = await records.visits().ofResident({ residentId, limit: visitsAtATime, ...(before && { before }) });
    for (const visit of page) yield { kind: 'visit', visit };
    before = page.at(-1);
    if (before === undefined) return;
  }
}

function inWords({ type, bytes }: Photo) {
  return { type, base64: Buffer.from(bytes).toString('base64') };
}

async function* alerts(records: RecordStore, residentId: string): AsyncGenerator<ExportLine> {
  for (let cursor: string | undefined; ; ) {
    const page = await records.alerts({
      residentIds: [residentId],
      limit: alertsAtATime,
      ...(cursor !== undefined && { cursor }),
    });
    for (const alert of page.items) {
      const timeline = await records.timeline(alert.id);
      const notifications = (await records.notificationsOf(alert.id)).map(withoutSecret);
      yield { kind: 'alert', alert: viewOfAlert(alert), timeline, notifications };
      yield* photoOf(records, alert.id);
    }
    cursor = page.nextCursor;
    if (cursor === undefined) return;
  }
}

async function* photoOf(records: RecordStore, alertId: string): AsyncGenerator<ExportLine> {
  const photo = await records.photo(alertId);
  if (photo === undefined) return;
  yield { kind: 'photo', alertId, ...inWords(photo) };
}

function withoutSecret({ secret: _secret, fallbacks, ...notification }: Notification) {
  if (fallbacks === undefined) return notification;
  return { ...notification, fallbacks: fallbacks.map(({ kind, address }) => ({ kind, address })) };
}

async function* telemetry(
  { directory, telemetry: store }: ExportParts,
  residentId: string,
): AsyncGenerator<ExportLine> {
  const state = await store.state(residentId);
  if (state !== undefined) yield { kind: 'ruleState', state: JSON.parse(opened(state)) as unknown };
  for (const { id } of directory.devicesOf(residentId)) {
    for (const message of await store.quarantined({ deviceId: id, limit: quarantineAtMost })) {
      yield { kind: 'refusedMessage', message };
    }
  }
  for await (const reading of store.readings(residentId, always)) yield { kind: 'reading', reading };
}
