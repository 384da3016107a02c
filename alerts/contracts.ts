import type { ActionRequest, Alert, Signal, TimelineEntry } from '../model/alert.ts';
import type { Said } from '../model/by-hand.ts';
import type { Channel, Notification } from '../model/notification.ts';
import type { User } from '../model/people.ts';
import type { AnswerAction, Answered, AnswerWay } from './answering.ts';
import type { SaidAlert } from './by-hand/hand-desk.ts';
import type { AlertNote } from './notes.ts';
import type { Report } from './report.ts';

/** Told after a change of an alert is stored, or P1 from memory: event streams, MQTT subscribers, logs. */
export type AlertListener = (alert: Alert, entries: readonly TimelineEntry[]) => void;

/** The desk: the one place where alerts change. Everything in order, everything stored before it is told. */
export interface AlertDesk {
  /** Reads open alerts and due notifications; after this the deadlines run. */
  start(): Promise<void>;
  /** Applies committed signals, each exactly once, in order; resolves when stored. */
  apply(signals: readonly Signal[]): Promise<void>;
  /**
   * A person says what no device said: she cannot be found, she needs help. An alert like any other; who says it is known
   * to look after her. Throws AppError: notFound, conflict (a `ref` of long ago), unavailable (told, but not stored yet).
   */
  say(said: Said, user: User, nowMs: number): Promise<SaidAlert>;
  /** A person acts. Throws AppError: notFound (out of scope too), conflict (already claimed by another), badRequest. */
  act(alertId: string, request: ActionRequest, user: User, nowMs: number): Promise<Alert>;
  /** A message, as it is now; by its id or at least the id's first 15 characters. */
  notification(id: string): Promise<Notification | undefined>;
  /**
   * Somebody answers the message they got, once. Throws AppError: notFound, conflict (answered already, too old, the
   * alert is over or another's).
   */
  answer(notificationId: string, action: AnswerAction, way: AnswerWay, nowMs: number): Promise<Answered>;
  /** A provider says what became of a message. */
  received(notificationId: string, state: 'delivered' | 'read' | 'failed', reason?: string): Promise<void>;
  /** Somebody opened the alert: what their pages and apps were sent of it is read. Changes nothing else. */
  read(alertId: string, user: User): Promise<void>;
  /** Nobody took the call: it is made again after `againAfterMs`, a few times, while nobody has answered. */
  notTaken(notificationId: string, reason: string, againAfterMs: number): Promise<void>;
  /**
   * Somebody writes down what they did beside it. `first` is done when it is known that nothing is in the way, before it
   * is written. Throws AppError as `act` does.
   */
  note(alertId: string, note: AlertNote, user: User, nowMs: number, first?: () => Promise<void>): Promise<Alert>;
  /** Tells users something nobody has to act on, once for each id; resolves when it is stored, or will be. */
  report(report: Report, nowMs: number): Promise<void>;
  /** Open alerts, gravest first; in memory. */
  open(): readonly Alert[];
  /** A resident was erased: alerts of areas that stay open no longer list them. What is stored is for the records to do. */
  forgetResident(residentId: string): void;
  onChange(listener: AlertListener): void;
  /** Catches up with every deadline up to `nowMs` (escalation, retries). Called by a timer; by tests with a moved clock. */
  tick(nowMs: number): Promise<void>;
  /** The morning's summary of what is open and can wait; once a morning however often it is called. */
  digest(nowMs: number): Promise<void>;
  /** Lets deliveries in flight end, at most `withinMs`. */
  stop(withinMs: number): Promise<void>;
}

export type { AlertNote, SaidAlert };
export type ChannelList = readonly Channel[];
