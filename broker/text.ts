import { isUtf8 } from 'node:buffer';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const forbidden = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/**
 * The text in `bytes[start, end)`; undefined when it is not well-formed UTF-8 or holds a control character: two different
 * names must never become one, nor a name break a log line.
 *
 * @see MQTT 3.1.1, 1.5.3
 */
export function textIn(bytes: Buffer, start: number, end: number): string | undefined {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!; // start and end lie within bytes
    if (byte < 0x20 || byte === 0x7f) return undefined;
    if (byte >= 0x80) return otherText(bytes, start, end);
  }
  return bytes.toString('latin1', start, end);
}

function otherText(bytes: Buffer, start: number, end: number): string | undefined {
  if (!isUtf8(bytes.subarray(start, end))) return undefined;
  const text = bytes.toString('utf8', start, end);
  return forbidden.test(text) ? undefined : text;
}
