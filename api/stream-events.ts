import type { Device } from '../model/device.ts';
import type { Reading } from '../model/reading.ts';

/** One thing that happened, as the stream tells it. Written out as text once, however many people watch, and not at all when nobody does. */
export type StreamEvent = {
  readonly sequence: number;
  readonly subjectId: string;
  text(): string;
};

/** A device as the stream tells it. */
export type DeviceChange = { readonly deviceId: string; readonly online: boolean; readonly atMs: number };

/** A position as the stream tells it. */
export function positionData({ subjectId, deviceId, takenAtMs, facts }: Reading): object {
  return {
    residentId: subjectId,
    deviceId,
    t: new Date(takenAtMs).toISOString(),
    lat: facts.position?.lat,
    lon: facts.position?.lon,
    accuracyM: facts.position?.accuracyM,
    source: facts.position?.source,
  };
}

export function deviceData(device: Device, { online, atMs }: DeviceChange): object {
  const { id, kind, residentId, room } = device;
  return { id, kind, residentId, room, online, t: new Date(atMs).toISOString() };
}

/** An event whose text is made when first asked for, and kept. */
export function streamEvent(
  name: 'alert' | 'position' | 'device',
  run: string,
  sequence: number,
  subjectId: string,
  data: () => object,
): StreamEvent {
  let text: string | undefined;
  return {
    sequence,
    subjectId,
    text() {
      text ??= `event: ${name}\nid: ${run}-${sequence}\ndata: ${JSON.stringify(data())}\n\n`;
      return text;
    },
  };
}

/** The last events, oldest first, at most `capacity` of them. */
export class EventRing {
  readonly #capacity: number;
  readonly #slots: StreamEvent[] = [];
  #next = 0;
  /** The sequence of the newest event that is no longer here; 0 while nothing was pushed out. */
  lostUpTo = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(event: StreamEvent): void {
    this.lostUpTo = this.#slots[this.#next]?.sequence ?? this.lostUpTo;
    this.#slots[this.#next] = event;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  /** What was said of a subject is gone; its place in the sequence stays. */
  forget(subjectId: string): void {
    for (const [at, event] of this.#slots.entries()) {
      if (event.subjectId === subjectId) this.#slots[at] = { sequence: event.sequence, subjectId: '', text: () => '' };
    }
  }

  after(sequence: number): StreamEvent[] {
    return this.#slots.filter((event) => event.sequence > sequence).sort((a, b) => a.sequence - b.sequence);
  }
}
