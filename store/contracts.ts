/* What a store promises, by what it keeps; whoever uses one imports from here. */

export * from './contracts/forwarding.ts';
export * from './contracts/history.ts';
export * from './contracts/records.ts';
export * from './contracts/telemetry.ts';
// ---- Telemetry: what devices said, what the rules remember, what they concluded but nobody has applied yet ----

/** A message that could not be understood, kept so that somebody can look at it. */
export type Quarantined = {
  readonly deviceId: string;
  readonly topic: string;
  readonly receivedAtMs: number;
  /** One of a short list of names, e.g. `notJson`, `positionOutOfRange`. */
  readonly reason: string;
  readonly detail: string;
  /** The first bytes of the payload, base64. */
  readonly payloadHead: string;
  readonly payloadBytes: number;
};

/** Everything that arrived since the last commit: all of it on disk, or none. */
export type CommitBatch = {
  readonly readings: readonly Reading[];
  /** Rule state by subject, already as JSON text; the last one of the batch. */
  readonly states: ReadonlyMap<string, string>;
  /** The outbox towards `alerts`. */
  readonly signals: readonly Signal[];
  readonly quarantined: readonly Quarantined[];
};

export type TrackPoint = {
  readonly atMs: number;
  readonly lat: number;
  readonly lon: number;
  readonly accuracyM?: number;
  readonly deviceId: string;
};
export type MetricPoint = { readonly atMs: number; readonly value: number; readonly deviceId: string };

/** Half open: `fromMs` inclusive, `toMs` exclusive. */
export type TimeRange = { readonly fromMs: number; readonly toMs: number };

/** What reading everything of a store came to. */
export type CheckedPart = {
  readonly counts: Readonly<Record<string, number>>;
  readonly damage: readonly DamageReport[];
};

/** A copy of all rows: how many, and a checksum over keys and values in order. */
export type CopiedRows = { readonly rows: number; readonly checksum: number };

export type TelemetrySnapshot = {
  /** Makes a store of its own in `dir`; `onRows` hears how many there are so far. */
  copyTo(dir: string, onRows?: (rows: number) => void): Promise<CopiedRows>;
  release(): Promise<void>;
};

/** How much there was of one subject beside its readings. */
export type ErasedTraces = { readonly states: number; readonly signals: number; readonly quarantined: number };

/** What was found on opening, in words. */
export type DamageReport = { readonly what: string; readonly where: string };

export interface TelemetryStore extends Omit<History, 'append'> {
  /** Resolves when everything is on disk (`sync`). Rejects with `CommitFailed`: then nothing may be acknowledged. */
  commit(batch: CommitBatch): Promise<void>;
  /** Rule state of every subject, as committed. */
  states(): AsyncIterable<readonly [subjectId: string, json: string]>;
  state(subjectId: string): Promise<string | undefined>;
  /** Signals committed but not yet forgotten, in order of commit. */
  pendingSignals(): AsyncIterable<Signal>;
  forgetSignals(signalIds: readonly string[]): Promise<void>;
  /** Readings of a subject in order of `takenAtMs`. A reading committed twice is there once. */
  readings(subjectId: string, range: TimeRange): AsyncIterable<Reading>;
  /** Adds up at most so many days that are over and that nobody has asked about yet; resolves with how many were. */
  rollUp(atMost: number): Promise<number>;
  /** The newest reading at or before `atMs` that satisfies `wanted`, looking back at most `withinMs`. */
  latest(
    subjectId: string,
    wanted: (reading: Reading) => boolean,
    atMs: number,
    withinMs: number,
  ): Promise<Reading | undefined>;
  quarantined(filter: { readonly deviceId?: string; readonly limit: number }): Promise<Quarantined[]>;
  /** Refused messages received before, oldest first; resolves with how many went. */
  expireQuarantine(beforeMs: number, atMost: number): Promise<number>;
  /** Rule state, waiting signals and refused messages of a subject and its devices; readings are the history's. */
  eraseTraces(subjectId: string, deviceIds: readonly string[]): Promise<ErasedTraces>;
  /** Rewrites the files that hold a subject's rows, so that nothing erased stays on the disk. */
  rewrite(subjectId: string): Promise<void>;
  /** What is committed at this moment, between two commits, to be copied while commits go on. */
  snapshot(): Promise<TelemetrySnapshot>;
  /** Present when the store was opened to keep one. */
  readonly forwardLog?: ForwardLog | undefined;
  /** Empty when everything read so far was whole. */
  readonly damage: readonly DamageReport[];
  /** After `CommitFailed`: opens the files again and checks them; commits are taken again when it resolves. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** The disk did not take it. Memory is ahead of the disk from here on: reload before going on. */
export class CommitFailed extends Error {
  constructor(cause: unknown) {
    super(`the commit did not reach the disk: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'CommitFailed';
  }
}

// ---- History: the questions about what devices said, answered by the embedded store and by an InfluxDB alike ----

/** Buckets of `everyMs` (1 s to 31 d) aligned to local midnight of `timeZone`; whole days follow the calendar there, 23 and 25 hours long when the clocks change. */
export type Bucketing = { readonly everyMs: number; readonly timeZone: string };

export type AggregatePoint = {
  /** Start of the bucket. */
  readonly atMs: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
  /** The newest value in the bucket. */
  readonly last: number;
};

/** What data is kept for, each with its own retention. A reading may serve several; it goes when the last of them ends. */
export type Purpose = 'positions' | 'vitals' | 'motion' | 'device';

export type HistoryStatistics = {
  readonly readings: number;
  readonly subjects: number;
  readonly oldestMs: number | undefined;
  readonly newestMs: number | undefined;
  readonly bytesOnDisk: number | undefined;
};

export interface History {
  /** Durable when it resolves. A reading appended twice is there once; late readings land in their place. */
  append(readings: readonly Reading[]): Promise<void>;
  metric(subjectId: string, metric: Metric, range: TimeRange): AsyncIterable<MetricPoint>;
  track(subjectId: string, range: TimeRange): AsyncIterable<TrackPoint>;
  /** Empty buckets are left out. */
  aggregate(subjectId: string, metric: Metric, range: TimeRange, bucketing: Bucketing): AsyncIterable<AggregatePoint>;
  /** The newest point of each of many subjects, for maps and walls; absent when there is none in the last `withinMs`. */
  latestPositions(subjectIds: readonly string[], atMs: number, withinMs: number): Promise<Map<string, TrackPoint>>;
  latestValues(
    subjectIds: readonly string[],
    metric: Metric,
    atMs: number,
    withinMs: number,
  ): Promise<Map<string, MetricPoint>>;
  /** Removes what serves no purpose any more; at most `atMost` readings a call, so that the service never stops for it. */
  expire(purpose: Purpose, beforeMs: number, atMost: number): Promise<number>;
  /** Everything about one subject. Resolves with how many readings there were. */
  erase(subjectId: string): Promise<number>;
  statistics(): Promise<HistoryStatistics>;
}

// ---- Forwarding: what a second store (an InfluxDB) still has to be told, in order of commit ----

/** One commit's readings, without those that were erased or let go since. */
export type ForwardStep = { readonly commit: number; readonly readings: readonly Reading[] };

/** A reading, or fields of it, that the second store will not take. */
export type ForwardRefusal = {
  readonly subjectId: string;
  readonly deviceId: string;
  readonly takenAtMs: number;
  readonly readingId: string;
  readonly fields: readonly string[];
  readonly reason: string;
};

export type ForwardLag = {
  /** Committed and not yet told. */
  readonly readings: number;
  /** When the oldest of them came in; undefined when there are none. */
  readonly sinceMs: number | undefined;
};

/** Written in the same batch as the commits, so that nothing acknowledged is missing from it. */
export interface ForwardLog {
  /** What is still to be told after a commit (0: from the oldest on). */
  steps(afterCommit: number): AsyncIterable<ForwardStep>;
  /** The durable checkpoint: everything up to and with `commit` has been told, but for `refused`. */
  told(commit: number, refused: readonly ForwardRefusal[]): Promise<void>;
  /** Drops a subject's refusals. */
  forget(subjectId: string): Promise<void>;
  readonly lag: ForwardLag;
  /** The newest refusals, oldest first, and how many there have ever been. */
  readonly refusals: { readonly total: number; readonly newest: readonly ForwardRefusal[] };
}

// ---- Records: people, devices, users, alerts, notifications, audit ----

export type Session = {
  readonly tokenHash: string;
  readonly userId: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
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
};

/** How much there was of one resident. */
export type ErasedRecords = {
  readonly alerts: number;
  readonly timelineEntries: number;
  readonly notifications: number;
  /** Marks of applied signals. */
  readonly signals: number;
  /** Kept, under a pseudonym. */
  readonly auditEntries: number;
};

export type RecordsSnapshot = {
  /** Makes `file`, which must not be there. */
  copyTo(file: string): Promise<void>;
  release(): void;
};

export interface RecordStore {
  /** Fills a directory with everything stored. */
  load(directory: Directory): Promise<void>;
  /** All or nothing, in order. */
  write(changes: readonly EntityWrite[]): Promise<void>;
  passwordHash(username: string): Promise<{ readonly userId: string; readonly hash: string } | undefined>;

  putSession(session: Session): Promise<void>;
  session(tokenHash: string): Promise<Session | undefined>;
  /** Also every session of a user (when the password changes or the user goes). */
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
  /** Time line and notifications of several alerts, by alert id; an alert with neither is not in it. */
  stories(alertIds: readonly string[]): Promise<Map<string, AlertStory>>;

  audit(entries: readonly AuditEntry[]): Promise<void>;
  auditLog(filter: { readonly about?: string; readonly limit: number }): Promise<AuditEntry[]>;

  /** Alerts that ended before, oldest first, with time line and notifications; resolves with how many. */
  expireAlerts(resolvedBeforeMs: number, atMost: number): Promise<number>;
  expireAudit(beforeMs: number, atMost: number): Promise<number>;
  /** Dates applied signals that have no date yet; resolves with how many. */
  dateSignals(nowMs: number, atMost: number): Promise<number>;
  /** Forgets applied signals dated before, but those in `keep`: a signal that may still come must find its mark. */
  expireSignals(seenBeforeMs: number, atMost: number, keep: ReadonlySet<string>): Promise<number>;
  /** Everything about one resident but the community itself; audit entries stay under `pseudonym`. Can be repeated. */
  eraseResident(residentId: string, pseudonym: string): Promise<ErasedRecords>;
  /** Leaves nothing of what was deleted on the disk; false when the file is larger than `atMostBytes` and was left as it is. */
  rewrite(atMostBytes: number): Promise<boolean>;
  /** What is stored at this moment, to be copied while everybody goes on writing. */
  snapshot(): RecordsSnapshot;

  /** Small values of the service itself (signing secret, installation id). */
  setting(key: string): Promise<string | undefined>;
  putSetting(key: string, value: string): Promise<void>;
  close(): Promise<void>;
}

export type { ActionName, CommunityDocument, EntityKind, EntityOf };
