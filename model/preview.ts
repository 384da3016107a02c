import type { AlertType, Severity } from './alert.ts';
import type { ChannelKind } from './people.ts';
import type { Policy } from './policy.ts';

/** "If she presses SOS on Sunday at 02:10". */
export type PreviewQuestion = {
  readonly residentId: string;
  readonly type: AlertType;
  readonly severity: Severity;
  /** When it would happen. */
  readonly atMs: number;
  /** A policy as it would be, in place of the one with its id. */
  readonly draft?: Policy | undefined;
};

/** Who would be told at a moment, over what. */
export type PreviewLine = {
  readonly atMs: number;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly channels: readonly ChannelKind[];
};

export type Preview = {
  /** The policy that would hold; undefined: the built-in one. */
  readonly policy: Pick<Policy, 'id' | 'name'> | undefined;
  readonly lines: readonly PreviewLine[];
};
