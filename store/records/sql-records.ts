import type { Kysely, Transaction } from 'kysely';
import { type Alert, AlertState, type TimelineEntry } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { Notification } from '../../model/notification.ts';
import type { Photo } from '../../model/photo.ts';
import type {
  AlertChange,
  AlertFilter,
  AlertStory,
  AuditAnchor,
  AuditCheck,
  AuditEntry,
  AuditFilter,
  DamageReport,
  DisplayStore,
  EntityWrite,
  ErasedRecords,
  NoticeStore,
  NotificationAbout,
  NotificationFilter,
  Page,
  RecordStore,
  RecordsSnapshot,
  Session,
  ShareStore,
  SyncState,
  VisitStore,
} from '../contracts.ts';
import { appliedAmong, pageOfAlerts, writeAlerts, writeApplied, writeNotifications } from './alerts.ts';
import { pageOfAudit } from './audit.ts';
import { appendAudit, auditHead, checkAudit, expireAudit } from './audit-log.ts';
import { loadCommunity } from './community.ts';
import type { CommunityWrites } from './community-writes.ts';
import { displaysIn } from './displays.ts';
import { docs, readableIn } from './documents.ts';
import type { Engine } from './engine.ts';
import { eraseResident } from './erasure.ts';
import { inTime } from './in-time.ts';
import { noticesIn } from './notices.ts';
import { notificationById, pageOfNotifications } from './notifications.ts';
import { photoOf, putPhoto } from './photos.ts';
import { portraitOf, putPortrait, removePortraits } from './portraits.ts';
import { dateSignals, expireAlerts, expireSignals } from './retention.ts';
import { dropSessions, putSession, sessionOf } from './sessions.ts';
import { sharesIn } from './shares.ts';
import { storiesOf } from './stories.ts';
import type { Tables } from './tables.ts';
import { visitsIn } from './visits.ts';

/** Whoever asks where the audit log stands is told so, or that the disk is too slow. */
const headWithinMs = 2_000;
const unresolved = AlertState.options.filter((state) => state !== 'resolved');

export type SqlRecordsParts = {
  readonly db: Kysely<Tables>;
  readonly damage: DamageReport[];
  readonly engine: Engine;
  readonly community: CommunityWrites;
};

/** The records in a database that is open and as this version has it. */
export class SqlRecords implements RecordStore {
  readonly damage: DamageReport[];
  readonly #db: Kysely<Tables>;
  readonly #engine: Engine;
  readonly #community: CommunityWrites;

  constructor({ db, damage, engine, community }: SqlRecordsParts) {
    this.damage = damage;
    this.#community = community;
    this.#db = db;
    this.#engine = engine;
  }

  async durable(withinMs?: number): Promise<void> {
    const done = this.#engine.durable();
    await (withinMs === undefined ? done : inTime(done, withinMs));
  }

  get syncState(): SyncState {
    return this.#engine.state;
  }

  load(directory: Directory): Promise<void> {
    return loadCommunity(this.#db, directory, this.damage);
  }

  write(changes: readonly EntityWrite[]): Promise<void> {
    return this.#community.write(changes);
  }

  async passwordHash(username: string): Promise<{ readonly userId: string; readonly hash: string } | undefined> {
    const query = this.#db.selectFrom('users').select(['id', 'password_hash']).where('username', '=', username);
    const row = await query.executeTakeFirst();
    return row?.password_hash ? { userId: row.id, hash: row.password_hash } : undefined;
  }

  putSession(session: Session): Promise<void> {
    return putSession(this.#db, session);
  }

  session(tokenHash: string): Promise<Session | undefined> {
    return sessionOf(this.#db, tokenHash);
  }

  dropSessions(which: Parameters<RecordStore['dropSessions']>[0]): Promise<void> {
    return dropSessions(this.#db, which);
  }

  async applyAlerts(changes: readonly AlertChange[]): Promise<void> {
    if (changes.length === 0) return;
    const write = (some: readonly AlertChange[]) => this.#together((trx) => writeAlerts(trx, some));
    await this.#engine.promptly(changes.length, () => this.#engine.once(changes, write));
  }

  appliedSignals(signalIds: readonly string[]): Promise<Set<string>> {
    return this.#engine.promptly(signalIds.length, () => appliedAmong(this.#db, signalIds));
  }

  async markApplied(signalIds: readonly string[]): Promise<void> {
    if (signalIds.length === 0) return;
    await this.#engine.promptly(signalIds.length, () => this.#together((trx) => writeApplied(trx, signalIds)));
  }

  async alert(id: string): Promise<Alert | undefined> {
    const one = this.#db.selectFrom('alerts').select('doc').where('id', '=', id);
    const row = await this.#engine.first(() => one.executeTakeFirst());
    return row && JSON.parse(row.doc);
  }

  alerts(filter: AlertFilter): Promise<Page<Alert>> {
    return pageOfAlerts(this.#db, filter, this.damage);
  }

  async openAlerts(): Promise<Alert[]> {
    const open = this.#db.selectFrom('alerts').select(['id', 'doc']).where('state', 'in', unresolved);
    return readableIn('alerts', await open.orderBy('opened_at_ms').orderBy('id').execute(), this.damage);
  }

  async timeline(alertId: string): Promise<TimelineEntry[]> {
    const lines = this.#db.selectFrom('timeline').select('doc').where('alert_id', '=', alertId);
    return docs(await this.#engine.first(() => lines.orderBy('position').execute()));
  }

  async dueNotifications(beforeMs: number, limit: number): Promise<Notification[]> {
    const queued = this.#db.selectFrom('notifications').select(['id', 'doc']).where('state', '=', 'queued');
    const due = queued.where('next_attempt_at_ms', '<=', beforeMs).orderBy('next_attempt_at_ms').orderBy('id');
    return readableIn('notifications', await due.limit(limit).execute(), this.damage);
  }

  async updateNotifications(changes: readonly Notification[]): Promise<void> {
    if (changes.length > 0) await this.#together((trx) => writeNotifications(trx, changes));
  }

  async notificationsOf(alertId: string): Promise<Notification[]> {
    const those = this.#db.selectFrom('notifications').select('doc').where('alert_id', '=', alertId);
    return docs(await this.#engine.first(() => those.orderBy('id').execute()));
  }

  notification(id: string): Promise<Notification | undefined> {
    return this.#engine.first(() => notificationById(this.#db, id));
  }

  stories(alertIds: readonly string[]): Promise<Map<string, AlertStory>> {
    return storiesOf(this.#db, alertIds);
  }

  notifications(filter: NotificationFilter): Promise<Page<NotificationAbout>> {
    return pageOfNotifications(this.#db, filter);
  }

  displays(): DisplayStore {
    return displaysIn(this.#db);
  }

  shares(): ShareStore {
    return sharesIn(this.#db);
  }

  notices(): NoticeStore {
    return noticesIn(this.#db);
  }

  visits(): VisitStore {
    return visitsIn(this.#db);
  }

  putPhoto(alertId: string, photo: Photo): Promise<boolean> {
    return this.#together((trx) => putPhoto(trx, alertId, photo));
  }

  photo(alertId: string): Promise<Photo | undefined> {
    return photoOf(this.#db, alertId);
  }

  putPortrait(residentId: string, photo: Photo): Promise<boolean> {
    return this.#together((trx) => putPortrait(trx, residentId, photo));
  }

  portrait(residentId: string): Promise<Photo | undefined> {
    return portraitOf(this.#db, residentId);
  }

  async removePortrait(residentId: string): Promise<boolean> {
    return (await this.#together((trx) => removePortraits(trx, [residentId]))) > 0;
  }

  async audit(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.#together((trx) => appendAudit(trx, entries));
  }

  auditLooks(entries: readonly AuditEntry[]): Promise<void> {
    return this.audit(entries);
  }

  auditPage(filter: AuditFilter): Promise<Page<AuditEntry>> {
    return pageOfAudit(this.#db, filter);
  }

  async auditLog(filter: { readonly about?: string; readonly limit: number }): Promise<AuditEntry[]> {
    const all = this.#db.selectFrom('audit').select('doc');
    const some = filter.about === undefined ? all : all.where('about', '=', filter.about);
    return docs(await some.orderBy('id', 'desc').limit(filter.limit).execute());
  }

  /** An anchor must not lead what a power cut leaves. */
  async auditHead(): Promise<AuditAnchor> {
    const head = await auditHead(this.#db);
    await this.durable(headWithinMs);
    return head;
  }

  checkAudit(anchors: readonly AuditAnchor[] = []): Promise<AuditCheck> {
    return checkAudit(this.#db, anchors);
  }

  expireAlerts(resolvedBeforeMs: number, atMost: number): Promise<number> {
    return this.#together((trx) => expireAlerts(trx, resolvedBeforeMs, atMost));
  }

  expireAudit(beforeMs: number, atMost: number, nowMs: number): Promise<number> {
    return this.#together((trx) => expireAudit(trx, beforeMs, atMost, nowMs));
  }

  dateSignals(nowMs: number, atMost: number): Promise<number> {
    return this.#together((trx) => dateSignals(trx, nowMs, atMost));
  }

  expireSignals(seenBeforeMs: number, atMost: number, keep: ReadonlySet<string>): Promise<number> {
    return this.#together((trx) => expireSignals(trx, seenBeforeMs, atMost, keep));
  }

  eraseResident(residentId: string, pseudonym: string, nowMs: number): Promise<ErasedRecords> {
    return eraseResident(this.#db, residentId, pseudonym, nowMs);
  }

  rewrite(atMostBytes: number): Promise<boolean> {
    return this.#engine.rewrite(atMostBytes);
  }

  snapshot(): RecordsSnapshot | undefined {
    return this.#engine.snapshot();
  }

  async setting(key: string): Promise<string | undefined> {
    return (await this.#db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst())?.value;
  }

  async putSetting(key: string, value: string): Promise<void> {
    const insert = this.#db.insertInto('settings').values({ key, value });
    await insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute();
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  #together<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(work);
  }
}
