import { topicProblem } from './guard.ts';
import type { Limits } from './limits.ts';
import type { RefusalName } from './refusal.ts';
import { textIn } from './text.ts';

const nothing = Buffer.alloc(0);

/**
 * Decodes PUBLISH for one connection, into itself: a device says the same topic again and again, so the last one is
 * recognised by its bytes and neither decoded nor judged a second time.
 */
export class PublishReader {
  topic = '';
  qos = 0;
  packetId = 0;
  payloadStart = 0;
  /** Grows by one with each new topic, so that what was decided about the last is known to be stale. */
  topicTurn = 0;
  #topicBytes: Buffer = nothing;

  /** Reads `bytes[start, end)` behind the first byte `head`; undefined when it is good. */
  read(head: number, bytes: Buffer, start: number, end: number, limits: Limits): RefusalName | undefined {
    this.qos = (head >> 1) & 3;
    const isDuplicate = (head & 8) !== 0;
    if (this.qos === 3 || (isDuplicate && this.qos === 0)) return 'badQos'; // [MQTT-3.3.1-2], [MQTT-3.3.1-4]
    const topicStart = start + 2;
    if (topicStart > end) return 'tooShort';
    const topicEnd = topicStart + (bytes[start]! << 8) + bytes[start + 1]!; // within the bounds just checked
    this.payloadStart = this.qos === 0 ? topicEnd : topicEnd + 2;
    if (this.payloadStart > end) return 'tooShort';
    this.packetId = this.qos === 0 ? 0 : bytes.readUInt16BE(topicEnd);
    if (this.qos !== 0 && this.packetId === 0) return 'packetIdZero';
    return this.#isLastTopic(bytes, topicStart, topicEnd)
      ? undefined
      : this.#readTopic(bytes, topicStart, topicEnd, limits);
  }

  #isLastTopic(bytes: Buffer, start: number, end: number): boolean {
    const last = this.#topicBytes;
    if (last.length !== end - start || last.length === 0) return false;
    for (let at = 0; at < last.length; at++) if (last[at] !== bytes[start + at]) return false;
    return true;
  }

  #readTopic(bytes: Buffer, start: number, end: number, limits: Limits): RefusalName | undefined {
    const topic = textIn(bytes, start, end);
    if (topic === undefined) return 'badText';
    const problem = topicProblem(topic, limits);
    if (problem !== undefined) return problem;
    this.#topicBytes = Buffer.from(bytes.subarray(start, end));
    this.topic = topic;
    this.topicTurn++;
    return undefined;
  }
}
