import type { BodyProblem } from './body.ts';
import type { FrameProblem } from './frames.ts';

/** Why bytes were not let through; each is a counter `refused.{name}`. */
export type RefusalName =
  | FrameProblem
  | BodyProblem
  | 'protocolName'
  | 'protocolVersion'
  | 'bridgeMode'
  | 'reservedBits'
  | 'willFlags'
  | 'willQos'
  | 'willTopic'
  | 'passwordWithoutUser'
  | 'emptyClientId'
  | 'notConnected'
  | 'secondConnect'
  | 'unexpectedPacket'
  | 'packetIdZero'
  | 'noFilters'
  | 'tooManyFilters'
  | 'badFilter'
  | 'badQos'
  | 'badTopic'
  | 'topicTooLong'
  | 'topicTooDeep'
  | 'tooManyUnreleased';

/** Refused, and with which CONNACK code when the protocol has a word for it. */
export type Refusal = { readonly refused: RefusalName; readonly returnCode: ConnackCode | undefined };
/** 1 version, 2 client id, 3 not now, 4 name or password. */
export type ConnackCode = 1 | 2 | 3 | 4;

export function refused(name: RefusalName, returnCode?: ConnackCode): Refusal {
  return { refused: name, returnCode };
}
