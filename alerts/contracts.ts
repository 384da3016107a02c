import type { ActionRequest, Alert, Signal, TimelineEntry } from '../model/alert.ts';
import type { Channel } from '../model/notification.ts';
import type { User } from '../model/people.ts';

/** Told after a change of an alert is on disk: event streams, MQTT subscribers, logs. */
export type AlertListener = (alert: Alert, entries: readonly TimelineEntry[]) => void;

/** The desk: the one place where alerts change. Everything in order, everything stored before it is told. */
export interface AlertDesk {
  /** Reads open alerts and due notifications; after this the deadlines run. */
  start(): Promise<void>;
  /** Applies committed signals, each exactly once, in order; resolves when stored. */
  apply(signals: readonly Signal[]): Promise<void>;
  /** A person acts. Throws AppError: notFound (out of scope too), conflict (already claimed by another), badRequest. */
  act(alertId: string, request: ActionRequest, user: User, nowMs: number): Promise<Alert>;
  /** Open alerts, gravest first; in memory. */
  open(): readonly Alert[];
  /** A resident was erased: alerts of areas that stay open no longer list them. What is stored is for the records to do. */
  forgetResident(residentId: string): void;
  onChange(listener: AlertListener): void;
  /** Catches up with every deadline up to `nowMs` (escalation, retries). Called by a timer; by tests with a moved clock. */
  tick(nowMs: number): Promise<void>;
  /** Lets deliveries in flight end, at most `withinMs`. */
  stop(withinMs: number): Promise<void>;
}

export type ChannelList = readonly Channel[];
