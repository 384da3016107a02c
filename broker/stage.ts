import type { Limits } from './limits.ts';

/**
 * - `stranger`: nothing is known; only a CONNECT is looked at
 * - `proving`: CONNECT was read, the host is asked who it is; nothing further is read
 * - `entering`: it is who it says; aedes opens the session and answers CONNACK
 * - `open`: everything is read, as long as not too much is on its way to the disk
 * - `leaving`: refused with a CONNACK, which the peer may still read
 * - `closed`
 */
export type Stage = 'stranger' | 'proving' | 'entering' | 'open' | 'leaving' | 'closed';

/** Which deadline of its stage a connection has missed; undefined: none. An open one may stay. */
export function missedIn(
  stage: Stage,
  inStageMs: number,
  limits: Limits,
): 'connect' | 'login' | 'farewell' | undefined {
  switch (stage) {
    case 'stranger':
      return inStageMs > limits.connectTimeoutMs ? 'connect' : undefined;
    case 'proving':
    case 'entering':
      return inStageMs > limits.loginDeadlineMs ? 'login' : undefined;
    case 'leaving':
      return inStageMs > limits.farewellMs ? 'farewell' : undefined;
    case 'open':
    case 'closed':
      return undefined;
  }
}
