import type { Codec } from '../contracts.ts';
import { native } from './native.ts';
import { owntracks } from './owntracks.ts';
import { zigbee2mqtt } from './zigbee2mqtt.ts';

/** Every dialect we understand; a new one is one file and one line here. */
export const codecs: readonly Codec[] = [native, owntracks, zigbee2mqtt];

/** The dialect a topic belongs to. */
export function codecFor(topic: string): Codec | undefined {
  return codecs.find((codec) => codec.speaks(topic));
}
