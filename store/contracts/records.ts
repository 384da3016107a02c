import type { Alert, AlertState, AlertType, Severity, TimelineEntry } from '../../model/alert.ts';
import type { Directory, EntityChange } from '../../model/directory.ts';
import type { Display } from '../../model/display.ts';
import type { Notice } from '../../model/notice.ts';
import type { Notification, NotificationState } from '../../model/notification.ts';
import type { Photo } from '../../model/photo.ts';
import type { Share } from '../../model/share.ts';
import type { Visit } from '../../model/visit.ts';
import type { DamageReport } from './telemetry.ts';

/* Records: people, devices, users, alerts, notifications, audit */

export type Session = {
  readonly tokenHash: string;
  readonly userId: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Of a screen on a wall: it reads the wall and nothing else. */
  readonly displayId?: string;
};

export type AuditEntry = {
  readonly atMs: number;
  readonly who: string;
  /** `livePositionRead`, `trackRead`, `import`, `deviceToken`, `login`, … */
  readonly what: string;
  /** Whom or what it concerned (an id, never a name). */
  readonly about: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** An entry of the audit log by its number, and the hash that stands for it and everything before it. */
export type AuditAnchor = { readonly id: number; readonly hash: string };

/** Is the audit log as it was written? */
export type AuditCheck = {
  readonly entries: number;
  /** The last entry: kept elsewhere it proves later that nothing before it was changed and it was not cut off. */
  readonly head: AuditAnchor;
  readonly damage: readonly DamageReport[];
};

export type AlertFilter = {
  readonly states?: readonly AlertState[];
  readonly severities?: readonly Severity[];
  readonly types?: readonly AlertType[];
  /** Area and everything below: matched against the area path kept with the alert. */
  readonly areaId?: string;
  readonly residentIds?: readonly string[];
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly limit: number;
  /** Opaque; from the page before. */
  readonly cursor?: string;
};
export type NotificationFilter = Pick<AlertFilter, 'areaId' | 'residentIds' | 'limit' | 'cursor'> & {
  readonly states?: readonly NotificationState[];
};
/** A message and whom it is about. */
export type NotificationAbout = { readonly notification: Notification; readonly residentId: string };
export type AuditFilter = Partial<Pick<AuditEntry, 'about' | 'who' | 'what'>> &
  Pick<AlertFilter, 'fromMs' | 'toMs' | 'limit' | 'cursor'>;
export type Page<T> = { readonly items: T[]; readonly nextCursor: string | undefined };

/** What one decision about an alert writes, all or nothing. */
export type AlertChange = {
  readonly alert: Alert;
  /** Area ids from the root, for scope filters. */
  readonly areaPath: readonly string[];
  readonly entries: readonly TimelineEntry[];
  readonly notifications: readonly Notification[];
  /** The signal that caused it, remembered so that it is never applied twice. */
  readonly signalId?: string;
  /** The message this answers, as it is afterwards. */
  readonly answered?: Notification;
};

/** What happened to an alert, in order, and who was told. */
export type AlertStory = {
  readonly entries: readonly TimelineEntry[];
  readonly notifications: readonly Notification[];
};

export type EntityWrite = EntityChange & {
  /** devices: SHA-256 of the token, base64url; null takes it away, absent leaves what is stored. */
  readonly tokenHash?: string | null;
  /** users: argon2id, PHC string; absent leaves what is stored. */
  readonly passwordHash?: string;
  /** residents: a visit that is recorded or taken back, in the same step as what follows from it. */
  readonly visit?: { readonly put: Visit } | { readonly remove: string };
};

/** How much there was of one resident. */
export type ErasedRecords = {
  readonly alerts: number;
  readonly timelineEntries: number;
  readonly notifications: number;
  readonly photos: number;
  /** Marks of applied signals. */
  readonly signals: number;
  readonly shares: number;
  readonly notices: number;
  readonly visits: number;
  readonly portraits: number;
  /** Kept, under a pseudonym. */
  readonly auditEntries: number;
};

/** Screens on walls. */
export interface DisplayStore {
  put(display: Display, tokenHash: string): Promise<void>;
  byId(id: string): Promise<Display | undefined>;
  byTokenHash(hash: string): Promise<Display | undefined>;
  /** The one that lasts longest first. */
  ofUser(userId: string): Promise<Display[]>;
  remove(id: string): Promise<void>;
}

/** Links that show where somebody is; of the token only its hash is kept. */
export interface ShareStore {
  put(share: Share, tokenHash: string): Promise<void>;
  byId(id: string): Promise<Share | undefined>;
  byTokenHash(tokenHash: string): Promise<Share | undefined>;
  /** Those that end last first, also what is over. */
  ofResident(residentId: string): Promise<Share[]>;
  revoke(id: string, atMs: number): Promise<void>;
  /** Somebody opened it. */
  opened(id: string, atMs: number): Promise<void>;
  /** Forgets those that ended before; resolves with how many. */
  expire(beforeMs: number, atMost: number): Promise<number>;
  eraseResident(residentId: string): Promise<number>;
}

/** Notices that ask the public to look for somebody. */
export interface NoticeStore {
  put(notice: Notice): Promise<void>;
  byId(id: string): Promise<Notice | undefined>;
  /** Those that end last first, also what is over. */
  ofResident(residentId: string): Promise<Notice[]>;
  /** Neither ended nor expired, the latest first. */
  running(nowMs: number, atMost: number): Promise<Notice[]>;
  end(id: string, atMs: number): Promise<void>;
  /** Forgets those that ended before; resolves with how many. */
  expire(beforeMs: number, atMost: number): Promise<number>;
  eraseResident(residentId: string): Promise<number>;
}

export type VisitFilter = {
  readonly residentId: string;
  /** Older than this place in the list. */
  readonly before?: VisitPlace;
  readonly limit: number;
};
/** Where a visit stands in order of time. */
export type VisitPlace = { readonly atMs: number; readonly id: string };

/** Who went to see whom, or called. They are put with the resident: `EntityWrite`. */
export interface VisitStore {
  byId(id: string): Promise<Visit | undefined>;
  /** Of the same kind and outcome with the same resident at the same moment. */
  same(visit: Pick<Visit, 'residentId' | 'kind' | 'outcome' | 'atMs'>): Promise<Visit | undefined>;
  /** When somebody spoke to her last, as if one visit were not there. */
  lastContactMs(residentId: string, but: { readonly without: string }): Promise<number | undefined>;
  /** Latest first. */
  ofResident(filter: VisitFilter): Promise<Visit[]>;
  /** Of everybody, in order of time, from this place on. */
  after(place: VisitPlace, limit: number): Promise<Visit[]>;
  /** Forgets those from before; resolves with how many. */
  expire(beforeMs: number, atMost: number): Promise<number>;
  eraseResident(residentId: string): Promise<number>;
}

export type RecordsSnapshot = {
  /** Makes `file`, which must not be there. */
  copyTo(file: string): Promise<void>;
  release(): void;
};

/** How the disk takes what was written. */
export type SyncState = {
  /** It refused, and is tried again. */
  readonly isFailing: boolean;
  /** For so long it has been at what was written then; 0 when it is at nothing. */
  readonly waitingMs: number;
  /** The place of the records is on another machine or in another process, and cannot be used: since when, and why, in words. */
  readonly away?: { readonly sinceMs: number; readonly why: string };
};

/**
 * A change is seen by everybody when its promise resolves, and outlives the process; on disk, where a power cut takes it
 * no more, it is a moment later. Whoever promises something on the strength of it waits for `durable`.
 */
export interface RecordStore {
  /** What was found damaged on opening, in words. */
  readonly damage: readonly DamageReport[];
  /**
   * Everything changed so far is on disk; many who wait share one sync, which holds up nobody else. What the disk refuses
   * is tried again until it takes it. Throws AppError `unavailable` after `withinMs`; without, it waits for as long as it takes.
   */
  durable(withinMs?: number): Promise<void>;
  readonly syncState: SyncState;
  /** Fills a directory with everything stored. */
  load(directory: Directory): Promise<void>;
  /** All or nothing, in order. */
  write(changes: readonly EntityWrite[]): Promise<void>;
  passwordHash(username: string): Promise<{ readonly userId: string; readonly hash: string } | undefined>;

  putSession(session: Session): Promise<void>;
  session(tokenHash: string): Promise<Session | undefined>;
  /** One; or, with the links of their screens, those of a user (when the password changes or the user goes) or what is over. */
  dropSessions(
    which: { readonly tokenHash: string } | { readonly userId: string } | { readonly expiredAtMs: number },
  ): Promise<void>;

  /** One transaction for all of them, in order. */
  applyAlerts(changes: readonly AlertChange[]): Promise<void>;
  /** Of these signals, which were applied already? */
  appliedSignals(signalIds: readonly string[]): Promise<Set<string>>;
  /** Marks signals that changed nothing as applied. */
  markApplied(signalIds: readonly string[]): Promise<void>;
  alert(id: string): Promise<Alert | undefined>;
  alerts(filter: AlertFilter): Promise<Page<Alert>>;
  /** Every alert not resolved; read once at start. */
  openAlerts(): Promise<Alert[]>;
  timeline(alertId: string): Promise<TimelineEntry[]>;

  /** Notifications still to be tried, earliest first. */
  dueNotifications(beforeMs: number, limit: number): Promise<Notification[]>;
  updateNotifications(changes: readonly Notification[]): Promise<void>;
  notificationsOf(alertId: string): Promise<Notification[]>;
  /** By its id, or at least the id's first 15 characters: some providers give back no more. */
  notification(id: string): Promise<Notification | undefined>;
  /** Time line and notifications of several alerts, by alert id; an alert with neither is not in it. */
  stories(alertIds: readonly string[]): Promise<Map<string, AlertStory>>;
  /** Of alerts within a scope, latest first. */
  notifications(filter: NotificationFilter): Promise<Page<NotificationAbout>>;

  displays(): DisplayStore;
  shares(): ShareStore;
  notices(): NoticeStore;
  visits(): VisitStore;

  /** In place of the one before; false when there is no such alert any more. */
  putPhoto(alertId: string, photo: Photo): Promise<boolean>;
  photo(alertId: string): Promise<Photo | undefined>;

  /** How a resident looks, in place of the photo before; false when there is no such resident any more. */
  putPortrait(residentId: string, photo: Photo): Promise<boolean>;
  portrait(residentId: string): Promise<Photo | undefined>;
  /** False when there was none. */
  removePortrait(residentId: string): Promise<boolean>;

  audit(entries: readonly AuditEntry[]): Promise<void>;
  /** Of somebody who only looked: nobody waits for the disk, so a power cut (no crash) may take those of the last second. */
  auditLooks(entries: readonly AuditEntry[]): Promise<void>;
  /** Latest first; a page may be short and still have a next one. */
  auditPage(filter: AuditFilter): Promise<Page<AuditEntry>>;
  auditLog(filter: { readonly about?: string; readonly limit: number }): Promise<AuditEntry[]>;
  /** Of what is on disk. Throws AppError `unavailable` when the disk takes too long. */
  auditHead(): Promise<AuditAnchor>;
  /** Reads the whole audit log; `anchors` are heads from before, kept elsewhere. */
  checkAudit(anchors?: readonly AuditAnchor[]): Promise<AuditCheck>;

  /** Alerts that ended before, oldest first, with time line, notifications and photo; resolves with how many. */
  expireAlerts(resolvedBeforeMs: number, atMost: number): Promise<number>;
  /** From its beginning on, as far as entries are from before; the log itself says how far. */
  expireAudit(beforeMs: number, atMost: number, nowMs: number): Promise<number>;
  /** Dates applied signals that have no date yet; resolves with how many. */
  dateSignals(nowMs: number, atMost: number): Promise<number>;
  /** Forgets applied signals dated before, but those in `keep`: a signal that may still come must find its mark. */
  expireSignals(seenBeforeMs: number, atMost: number, keep: ReadonlySet<string>): Promise<number>;
  /** Everything about one resident but the community itself; audit entries stay under `pseudonym`. Can be repeated. */
  eraseResident(residentId: string, pseudonym: string, nowMs: number): Promise<ErasedRecords>;
  /** Leaves nothing of what was deleted on the disk; false when the file is larger than `atMostBytes` or read by somebody. */
  rewrite(atMostBytes: number): Promise<boolean>;
  /** What is stored at this moment, to be copied while everybody goes on writing; undefined when a database has its own means for that. */
  snapshot(): RecordsSnapshot | undefined;

  /** Small values of the service itself (signing secret, installation id). */
  setting(key: string): Promise<string | undefined>;
  putSetting(key: string, value: string): Promise<void>;
  close(): Promise<void>;
}
