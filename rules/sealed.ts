import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** An ordinary home stays below it and pays nothing; a busy one is packed on its way to the disk (about 45 µs). */
const plainAtMost = 3_500;
const packedMark = 'z';

/** A subject's state as it is kept: JSON, or packed (`z` and base64 of raw deflate) when it would be long. */
export function sealed(json: string): string {
  if (json.length <= plainAtMost) return json;
  return packedMark + deflateRawSync(json, { level: 3 }).toString('base64');
}

/** The JSON of what `sealed` made. Throws when it is neither. */
export function opened(text: string): string {
  if (!text.startsWith(packedMark)) return text;
  return inflateRawSync(Buffer.from(text.slice(packedMark.length), 'base64')).toString();
}
