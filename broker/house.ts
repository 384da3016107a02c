import type { Aedes } from 'aedes';
import type { AckRound } from './acknowledgements.ts';
import type { Complaints } from './complaints.ts';
import type { Connection } from './connection.ts';
import type { BrokerHost } from './contracts.ts';
import type { Counters, Log } from './counters.ts';
import type { Limits } from './limits.ts';
import type { Registry } from './registry.ts';
import type { Routed } from './uplink.ts';

/** What all connections of a broker share. */
export type House = {
  readonly aedes: Aedes;
  readonly host: BrokerHost;
  readonly limits: Limits;
  /** Epoch ms. */
  readonly clock: () => number;
  /** Ms that only run forwards. */
  readonly steadyClock: () => number;
  readonly log: Log;
  /** For what peers do wrong. */
  readonly complaints: Complaints;
  readonly counters: Counters;
  readonly registry: Registry<Connection>;
  readonly round: AckRound;
  /** Test profile only: what a plain broker does with a message after its commit. */
  readonly route: ((message: Routed) => void) | undefined;
  /** From here on nothing is read, and nobody is offline because of it. */
  isStopping: boolean;
  /** It has proved who it is. */
  known(connection: Connection): void;
  left(connection: Connection): void;
};
