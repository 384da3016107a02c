import type { Chance } from './chance.ts';

type Mutation = (packet: Buffer, chance: Chance) => Buffer;

const odd = [0x00, 0x01, 0x7f, 0x80, 0xc0, 0xed, 0xf0, 0xfe, 0xff];

/** Ways in which bytes on their way become others, by accident or on purpose. */
export const mutations: readonly Mutation[] = [
  flipBit,
  (packet, chance) => withByte(packet, chance.below(packet.length), chance.below(256)),
  (packet, chance) => withByte(packet, chance.below(packet.length), chance.of(odd)),
  (packet, chance) => withByte(packet, 0, chance.below(256)),
  otherLength,
  (packet, chance) => packet.subarray(0, chance.below(packet.length)),
  inserted,
  removed,
  repeated,
  (packet, chance) => Buffer.from(Array.from(packet, () => chance.below(256))),
  innerLength,
];

export function mutated(packet: Buffer, chance: Chance): Buffer {
  let bytes = packet;
  for (let times = 1 + chance.below(3); times > 0 && bytes.length > 0; times--)
    bytes = chance.of(mutations)(bytes, chance);
  return bytes;
}

function flipBit(packet: Buffer, chance: Chance): Buffer {
  const at = chance.below(packet.length);
  return withByte(packet, at, packet[at]! ^ (1 << chance.below(8))); // below the length
}

/** The length in the fixed header says something else: too much, too little, without end. */
function otherLength(packet: Buffer, chance: Chance): Buffer {
  const lengths = [
    [0],
    [0x7f],
    [0xff, 0x7f],
    [0xff, 0xff, 0x7f],
    [0xff, 0xff, 0xff, 0x7f],
    [0xff, 0xff, 0xff, 0xff],
    [0x80, 0],
  ];
  return Buffer.concat([packet.subarray(0, 1), Buffer.from(chance.of(lengths)), packet.subarray(2)]);
}

/** The length of a text inside says something else. */
function innerLength(packet: Buffer, chance: Chance): Buffer {
  if (packet.length < 5) return packet;
  const copy = Buffer.from(packet);
  copy.writeUInt16BE(chance.of([0, 1, 0xff, 0x100, 0x7fff, 0xffff]), 2 + chance.below(packet.length - 4));
  return copy;
}

function inserted(packet: Buffer, chance: Chance): Buffer {
  const at = chance.below(packet.length + 1);
  const more = Buffer.from(Array.from({ length: 1 + chance.below(16) }, () => chance.of(odd)));
  return Buffer.concat([packet.subarray(0, at), more, packet.subarray(at)]);
}

function removed(packet: Buffer, chance: Chance): Buffer {
  const at = chance.below(packet.length);
  return Buffer.concat([packet.subarray(0, at), packet.subarray(at + 1 + chance.below(4))]);
}

function repeated(packet: Buffer, chance: Chance): Buffer {
  return Buffer.concat(Array.from({ length: 2 + chance.below(3) }, () => packet));
}

function withByte(packet: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(packet);
  copy[at] = byte;
  return copy;
}
