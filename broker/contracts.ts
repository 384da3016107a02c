import type { Device } from '../model/device.ts';
import type { User } from '../model/people.ts';

/** Who is at the other end of a connection, once it has proved it. */
export type Principal =
  | { readonly kind: 'device'; readonly id: string; readonly device: Device }
  | {
      readonly kind: 'person';
      readonly id: string;
      readonly user: User;
      /** What it logged in with, in words of the host's own: given back with each question about this person. */
      readonly session?: string;
    };

/** What a device published, handed over before anything is acknowledged. */
export type Uplink = {
  /** The device that logged in; for dialects the hub or phone. */
  readonly senderId: string;
  readonly topic: string;
  /** A view of what the socket brought, good for this turn: whoever keeps it keeps a copy. */
  readonly payload: Uint8Array;
  readonly receivedAtMs: number;
};

/** A message for a person, with who may get it. */
export type Downlink = { readonly topic: string; readonly payload: string };

/** What the broker asks of the rest of the service. It imports nobody; `app/` joins them. */
export interface BrokerHost {
  /** Undefined when the name or the secret is wrong. Constant time for devices; must settle within the login deadline. */
  authenticate(username: string, secret: Uint8Array): Promise<Principal | undefined>;
  /** May this principal publish there? Cheap: asked for each message. */
  mayPublish(principal: Principal, topic: string): boolean;
  maySubscribe(principal: Principal, filter: string): boolean;
  /**
   * Takes a device's message. `done()` exactly once, when everything it caused is on disk: then it is acknowledged.
   * `done(error)`: it is not, and the connection is closed.
   */
  accept(uplink: Uplink, done: (error?: Error) => void): void;
  /** Does the disk keep everybody waiting? What may be an alarm is then heard all the same, so more is read from each. */
  diskHangs?(): boolean;
  /** A person's message (`v1/actions/{alertId}`). Same promise as `accept`. */
  act(
    principal: Principal & { kind: 'person' },
    topic: string,
    payload: Uint8Array,
    done: (error?: Error) => void,
  ): void;
  /** What a new subscriber is sent first (the open alerts of the scope), gone through at the pace of its reader; the broker sends what matches. */
  greet(principal: Principal): Iterable<Downlink>;
  /** Is somebody who logged in still welcome (not logged out, session not over)? Asked every second, and before each message to or from a person. */
  isWelcome?(principal: Principal): boolean;
  /** A device's connections went from none to one, or from one to none. Take-over is neither. */
  presence(deviceId: string, online: boolean): void;
}

export interface Broker {
  /** Starts listening; resolves with the real ports. */
  start(): Promise<{ readonly mqttPort: number; readonly mqttsPort: number | undefined }>;
  /** Stops accepting, waits for pending acknowledgements (bounded), closes connections. */
  stop(): Promise<void>;
  /** A WebSocket that the HTTP server upgraded at `/mqtt` speaks MQTT from here on. */
  handleStream(stream: import('node:stream').Duplex): void;
  /** QoS 1 to the device's own command topic. False when it is not connected or not subscribed. */
  sendToDevice(deviceId: string, topic: string, payload: string): boolean;
  /** To every person whose subscription matches and for whom `may` holds. Never waits for a slow one. How many got it. */
  sendToPeople(message: Downlink, may: (principal: Principal & { kind: 'person' }) => boolean): number;
  /** Closes every connection of a device or user (token revoked, user removed). */
  disconnect(principalId: string): void;
  isConnected(deviceId: string): boolean;
  /** Another certificate and key for connections over TLS from now on; throws when they do not fit, and the old ones stay. */
  renewTls(files: import('./doors.ts').TlsFiles): void;
  readonly counters: ReadonlyMap<string, number>;
}
