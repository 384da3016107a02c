import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AlertDesk } from '../alerts/contracts.ts';
import type { Alert } from '../model/alert.ts';
import type { CommunityDocument, EntityKind } from '../model/community.ts';
import type { Directory } from '../model/directory.ts';
import type { RecordStore, TelemetryStore, TimeRange } from '../store/contracts.ts';

/** The use cases of changing a community. Everything is validated there; refusals are `AppError`s. */
export interface Administration {
  /** The document of `anju import`; all or nothing. */
  importDocument(document: unknown): Promise<{ readonly counts: Readonly<Record<string, number>> }>;
  exportDocument(): CommunityDocument;
  /** Adds or replaces; a device may bring its `token`, a user their `password`. */
  put(kind: EntityKind, entity: unknown): Promise<unknown>;
  /** Changes the named fields; null takes an optional one away. */
  patch(kind: EntityKind, id: string, fields: unknown): Promise<unknown>;
  remove(kind: EntityKind, id: string): Promise<void>;
  /** The new token, shown once; the old one stops working. */
  issueDeviceToken(deviceId: string): Promise<string>;
  revokeDeviceToken(deviceId: string): Promise<void>;
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
  /** Figures over the alerts opened in a range, every one of them in the caller's scope. */
  kpi(alerts: readonly Alert[], range: TimeRange): unknown;
  /** Takes over a connection that asked for a WebSocket at `/mqtt`. */
  mqttUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}
