import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** An ordinary home stays below it and pays nothing; a busy one is packed on its way to the disk (about 50 µs). */
const plainAtMost = 3_500;
/** Base64 of what was packed with `words`. Other words need another mark: what is on disk was packed with these. */
const packedMark = 'z';
/** Names that states are full of, so that their first use costs no more than the second. */
const words = `smoke seen deviceId atMs episodes on sinceMs untilMs raisedAtMs confirmedBy okAtMs other short gas fall off
pulse recent zoneExit tracks votes last lat lon accuracyM anchoredAtMs lag lagMs receivedAtMs insideAtMs stillAtMs origin
excursion firstToldAtMs toldAtMs path urgent doubt fixes sure moved going indoorAtMs doorHeardAtMs doorOpenedAtMs
zoneEnterForbidden stays vitals watches heartRateBpm spot window median level newest runs repeatByMs spo2Pct systolicMmHg
temperatureC respirationPerMin usual sinceDay parts diastolicMmHg said told severity of steps contactLost fix heardAtMs
everyMs batteryPct speedMps courseDeg coneDeg wandering ways from visits inactivity heardUntilMs contacts open closes count
routine days day part lastDeviceId fromMs stirs minutes peak inHour petPerH hours habits lastMs awayMs notWorn outsideAtMs
deviceOffline heardMs tellings lastToldMs gaps daily usualMin up backAtMs charging batteryLow chargingAtMs lowSinceMs tamper
reportInterval everyS wrist wokeMs goneMs lostAtMs`;
const dictionary = Buffer.from(words.replaceAll(/\s*(\S+)\s*/g, ',"$1":'));

/** A subject's state as it is kept: JSON, or packed (`z` and base64 of raw deflate) when it would be long. */
export function sealed(json: string): string {
  if (json.length <= plainAtMost) return json;
  return packedMark + deflateRawSync(json, { level: 6, dictionary }).toString('base64');
}

/** The JSON of what `sealed` made. Throws when it is neither. */
export function opened(text: string): string {
  if (!text.startsWith(packedMark)) return text;
  return inflateRawSync(Buffer.from(text.slice(packedMark.length), 'base64'), { dictionary }).toString();
}
