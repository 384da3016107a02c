import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AlertDesk } from '../alerts/contracts.ts';
import type { Alert, Bilingual, Severity } from '../model/alert.ts';
import type { CommunityDocument, EntityKind, EntityOf } from '../model/community.ts';
import type { Command } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import type { Dispatch, OnDuty, Sighting } from '../model/dispatch.ts';
import type { Problem } from '../model/errors.ts';
import type { Delivery } from '../model/notification.ts';
import type { Order } from '../model/order.ts';
import type { ContactChannel, Language, Resident } from '../model/people.ts';
import type { Preview, PreviewQuestion } from '../model/preview.ts';
import type { Duty } from '../model/roster.ts';
import type { ShiftHandOver } from '../model/shift.ts';
import type { Visit } from '../model/visit.ts';
import type { VisitCase } from '../model/visit-cases.ts';
import type { RecordStore, TelemetryStore, TimeRange } from '../store/contracts.ts';

/** The use cases of changing a community. Everything is validated there; refusals are `AppError`s. */
export interface Administration {
  /** The document of `anju import`; all or nothing. */
  importDocument(document: unknown): Promise<{ readonly counts: Readonly<Record<string, number>> }>;
  /** What it would do, and every problem; changes nothing. */
  previewImport(document: unknown): Promise<{
    readonly counts: Readonly<
      Record<string, { readonly created: number; readonly changed: number; readonly unchanged: number }>
    >;
    readonly problems: readonly Problem[];
  }>;
  exportDocument(): CommunityDocument;
  /**
   * Adds or replaces; a device may bring its `token`, a user their `password`. `stillMay` throws when the caller may not:
   * asked again when the change has its turn.
   */
  put(kind: EntityKind, entity: unknown, stillMay?: () => void): Promise<unknown>;
  /** Changes the named fields; null takes an optional one away. A function makes them from what is stored then. */
  patch<K extends EntityKind>(
    kind: K,
    id: string,
    fields: object | ((stored: EntityOf[K]) => object),
    stillMay?: () => void,
  ): Promise<unknown>;
  remove(kind: EntityKind, id: string, stillMay?: () => void): Promise<void>;
  /** The new token, shown once; the old one stops working. */
  issueDeviceToken(deviceId: string, stillMay?: () => void): Promise<string>;
  revokeDeviceToken(deviceId: string, stillMay?: () => void): Promise<void>;
  /** Records it and what follows from it in one; one that is recorded already is given back as it was. */
  recordVisit(
    visit: Omit<Visit, 'plan'>,
    stillMay?: () => void,
  ): Promise<{ readonly visit: Visit; readonly isNew: boolean }>;
  /** As if it had never been recorded. */
  takeBackVisit(visit: Visit, stillMay?: () => void): Promise<void>;
}

/** Is the service alive, and can it take work? `checks` says what of it is well, in words without secrets. */
export type Health = {
  readonly live: boolean;
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
};

/** The part of a pino logger that is used here. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What was erased of a person, for whoever asked. */
export type ErasureReceipt = {
  readonly at: string;
  /** How much there was, by name. */
  readonly counts: Readonly<Record<string, number>>;
  /** Copies that could not be reached; they are tried again until they are empty. */
  readonly queued: readonly string[];
  /** False: the records file is large, and freed pages are overwritten once more at the next start. */
  readonly rewritten: boolean;
  readonly salt: string;
  /** SHA-256 of `{salt}:{residentId}`, base64url: the name the audit log has for the person from now on. */
  readonly digest: string;
};

/** What a person may ask of whoever keeps data about them. Both refuse with AppError. */
export interface PersonData {
  /** Everything, as lines of NDJSON. */
  export(residentId: string): AsyncIterable<string>;
  erase(residentId: string, by: string): Promise<ErasureReceipt>;
}

/** How far a backup is; the last one has `done`. */
export type BackupProgress = {
  readonly rows: number;
  readonly done?: { readonly rows: number; readonly bytes: number };
};

/** A link in a message, as somebody who opened it sees it. */
export type LinkView = {
  /** It can be used; it was; or why it cannot be. */
  readonly state: 'ready' | 'answered' | 'tooOld' | 'over' | 'taken';
  readonly headline: Bilingual;
  /** What the button says. */
  readonly button: Bilingual;
  /** Absent: both. */
  readonly language: Language | undefined;
  readonly residentName: string | undefined;
  readonly openedAtMs: number;
};

/** Answers from where a message is read: over a link, or through a provider's report. */
export interface AnswerDoor {
  /** How things stand with a link; changes nothing. Undefined when it is no link of ours. */
  look(token: string): Promise<LinkView | undefined>;
  /** A person has opened it: the message is read. False when it is no link of ours. */
  read(token: string): Promise<boolean>;
  /** Answers with it, once. */
  answer(token: string): Promise<LinkView | undefined>;
  /** Aliyun reports on messages and calls; false when the secret of its address is wrong, or there is no such address. */
  report(kind: 'sms' | 'voice', secret: string, body: unknown): Promise<boolean>;
  /** With which browsers subscribe to push messages (VAPID, base64url). */
  readonly pushKey: string;
}

/** Rosters as people ask about them; times are epoch ms. */
export interface Rosters {
  now(areaId: string, atMs: number): readonly string[];
  of(rosterId: string, fromMs: number, toMs: number): readonly Duty[];
  gaps(areaId: string, fromMs: number, toMs: number): readonly Duty[];
}

/** Who could go, and who goes. What people say of where they are is forgotten after 15 minutes, and stored nowhere. */
export interface Responders {
  isAt(userId: string, sighting: Sighting): void;
  left(userId: string): void;
  /** On duty around an alert, nearest first. */
  around(alert: Alert, nowMs: number): readonly OnDuty[];
  dispatchOf(alert: Alert, nowMs: number): Dispatch;
}

/** Alerts whose figures belong together: the whole, an area, a day. */
export type KpiGroup = {
  readonly key: string;
  readonly alerts: readonly Alert[];
  readonly visits: readonly VisitCase[];
  readonly of: TimeRange & { readonly residents: number };
};
type Share = { readonly of: number; readonly share: number | undefined };
/** How alerts were handled. Shares in 0..1, undefined where there was nothing to measure; durations in ms. */
export type KpiFigures = {
  readonly key: string;
  readonly total: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly p1: {
    readonly count: number;
    readonly acknowledgedWithin60s: number | undefined;
    readonly acknowledgedWithin180s: number | undefined;
    readonly targets: { readonly within60s: number; readonly within180s: number };
    readonly unansweredOver180s: number;
    readonly unansweredIds: readonly string[];
  };
  readonly arrival: Share & Readonly<Record<`within${15 | 30 | 45 | 60}min`, number | undefined>>;
  readonly medianMs: Readonly<Record<'acknowledge' | 'arrive' | 'resolve', number | undefined>>;
  readonly precision: Readonly<Record<string, Share>>;
  readonly perResidentMonth: number | undefined;
  readonly load: { readonly meanPerHour: number; readonly mostPerHour: number; readonly floodShare: number };
  readonly delivery: Readonly<Record<string, Share>>;
  readonly callBack: Share & { readonly meanRating: number | undefined };
  /** Contacts planned by the colours. */
  readonly visits: {
    readonly due: number;
    readonly onTime: number;
    readonly share: number | undefined;
    readonly target: number;
  };
};

/** What people have devices do. */
export interface Orders {
  /** The order as it stands once it has been sent, or could not be. */
  order(command: Command, by: string): Order;
  /** Those of one device that are still remembered, oldest first. */
  of(deviceId: string): readonly Order[];
}

/** Sends a browser a message that only says that messages arrive; the answer is the push service's. */
export type TryPush = (browser: Pick<ContactChannel, 'address' | 'secret'>, language: Language) => Promise<Delivery>;

/** Everything the HTTP interface is given; `app/` builds and joins it. */
export interface ApiParts {
  readonly directory: Directory;
  readonly records: RecordStore;
  readonly telemetry: TelemetryStore;
  readonly desk: AlertDesk;
  readonly administration: Administration;
  /** Against an argon2id hash in PHC form. */
  verifyPassword(password: string, hash: string): Promise<boolean>;
  /** A hash nobody knows the password of, made with the present parameters: an unknown user name then takes as long as a wrong password. */
  readonly decoyPasswordHash: string;
  /** SHA-256, base64url: for secrets of high entropy. */
  hashToken(token: string): string;
  newToken(): string;
  /** Epoch ms. */
  clock(): number;
  readonly log: Log;
  /** IANA name: where a day starts in aggregates. */
  readonly timeZone: string;
  health(): Health;
  /** Name to value, for `/metrics`. A name ending in `_total` is a counter, any other a gauge; labels in Prometheus' own form. */
  metrics(): ReadonlyMap<string, number>;
  readonly personData: PersonData;
  readonly answers: AnswerDoor;
  /** Copies everything to a new folder on this machine, from which `anju restore` starts. Throws AppError. */
  backup(dir: string): AsyncIterable<BackupProgress>;
  /** When somebody came home although the family said that she is away until later; undefined when she did not. */
  backSince(residentId: string): number | undefined;
  readonly duty: Rosters;
  readonly orders: Orders;
  readonly responders: Responders;
  /** What the shift of an area that ends at a moment tells the next, and the same to read. */
  shiftHandOver(areaId: string, atMs: number): Promise<{ readonly handOver: ShiftHandOver; readonly text: Bilingual }>;
  readonly tryPush: TryPush;
  /** What a person reads out to 110, 119 or 120. */
  handOverCard(alert: Alert, resident: Resident, nowMs: number): unknown;
  /** Who would be told when, if something happened and nobody answered; in order of time. */
  preview(question: PreviewQuestion): Preview;
  /** Figures of each group, in order; every alert in them is in the caller's scope. */
  kpi(groups: readonly KpiGroup[]): Promise<readonly KpiFigures[]>;
  /** The description of the MQTT interface (AsyncAPI), served beside that of HTTP. */
  readonly asyncapi: unknown;
  /** How long each kind of record is kept. */
  readonly retentionDays: Readonly<Record<'positions' | 'vitals' | 'motion' | 'device' | 'alerts' | 'audit', number>>;
  /** Takes over a connection that asked for a WebSocket at `/mqtt`. */
  mqttUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}
