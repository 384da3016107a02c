/** Bytes of one token of the sequences' notation: numbers with a letter for their width, or hexadecimal. */
function bytesOfToken(token: string): Buffer {
  const number = Number(token.slice(1));
  switch (token[0]) {
    case 'i':
      return Buffer.from([number]);
    case 'H':
    case 'k':
    case 'm':
    case 's':
      return Buffer.from([number >> 8, number & 0xff]);
    case 'L':
      return Buffer.from([number >>> 24, (number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff]);
    case 'v':
    case 'r':
      return variable(number);
    default:
      return Buffer.from(token, 'hex');
  }
}

/** MQTT's variable length integer, also beyond what MQTT allows. */
function variable(number: number): Buffer {
  const bytes: number[] = [];
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

/** `82 r6 m1234 s1 'p' 00`: a packet as the sequences write it. Text stands in quotes and may hold spaces. */
export function bytesOf(text: string): Buffer {
  const parts = text.match(/'[^']*'|\S+/g) ?? [];
  return Buffer.concat(
    parts.map((part) => (part.startsWith("'") ? Buffer.from(part.slice(1, -1)) : bytesOfToken(part))),
  );
}
