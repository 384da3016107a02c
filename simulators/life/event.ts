import type { Lane } from '../../model/reading.ts';

/** One message a device sends: everything of the native payload but the time, which whoever plays it decides. */
export type LifeEvent = {
  readonly atMs: number;
  readonly deviceId: string;
  readonly lane: Extract<Lane, 'telemetry' | 'event'>;
  readonly payload: Readonly<Record<string, unknown>>;
};

/** Merges streams that are each in time order into one that is. */
export function* inTimeOrder(streams: readonly Iterator<LifeEvent>[]): Generator<LifeEvent> {
  const heads = streams.map((stream) => ({ stream, head: stream.next() })).filter(({ head }) => !head.done);
  while (heads.length > 0) {
    let first = heads[0]!; // length was checked
    for (const candidate of heads) if (candidate.head.value.atMs < first.head.value.atMs) first = candidate;
    yield first.head.value;
    first.head = first.stream.next();
    if (first.head.done) heads.splice(heads.indexOf(first), 1);
  }
}
