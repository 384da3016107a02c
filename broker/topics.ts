import type { CodecName, Device } from '../model/device.ts';
import { isId } from '../model/ids.ts';
import type { Lane } from '../model/reading.ts';

const uplinkLanes: ReadonlySet<string> = new Set<Lane>(['telemetry', 'event', 'burst', 'status', 'reply']);
const slash = 0x2f;

/** Levels of a topic or filter: one more than its slashes. */
export function levelsOf(topic: string): number {
  let levels = 1;
  for (let at = 0; at < topic.length; at++) if (topic.charCodeAt(at) === slash) levels++;
  return levels;
}

/** May it be published to: something, and no wildcard? */
export function isTopic(topic: string): boolean {
  return topic !== '' && !topic.includes('+') && !topic.includes('#');
}

/** Is it a filter: `+` alone in its level, `#` alone in the last? */
export function isFilter(filter: string): boolean {
  if (filter === '') return false;
  const levels = filter.split('/');
  return levels.every(
    (level, at) =>
      (!level.includes('+') || level === '+') && (!level.includes('#') || (level === '#' && at === levels.length - 1)),
  );
}

/** Does the topic match the filter? A wildcard in the first level does not see topics that begin with `$`. */
export function matches(filter: string, topic: string): boolean {
  if (filter === topic) return true;
  if (topic.startsWith('$') && (filter.startsWith('+') || filter.startsWith('#'))) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (let at = 0; at < wanted.length; at++) {
    if (wanted[at] === '#') return true;
    if (at >= levels.length || (wanted[at] !== '+' && wanted[at] !== levels[at])) return false;
  }
  return wanted.length === levels.length;
}

export type DeviceTopic = { readonly deviceId: string; readonly lane: Lane | 'command' };

/** `v1/devices/{id}/{lane}`, or undefined when it is anything else. */
export function parseDeviceTopic(topic: string): DeviceTopic | undefined {
  const levels = topic.split('/');
  const [version, devices, deviceId, lane] = levels;
  if (levels.length !== 4 || version !== 'v1' || devices !== 'devices' || deviceId === undefined) return undefined;
  if (!isId(deviceId) || !isLane(lane)) return undefined;
  return { deviceId, lane };
}

function isLane(name: string | undefined): name is Lane | 'command' {
  return name !== undefined && (name === 'command' || uplinkLanes.has(name));
}

/** The alert id in `v1/actions/{alertId}`; alert ids come from facts and may hold more than ids of records do. */
export function parseActionTopic(topic: string): string | undefined {
  const prefix = 'v1/actions/';
  const alertId = topic.startsWith(prefix) ? topic.slice(prefix.length) : '';
  return alertId === '' || alertId.includes('/') || !isTopic(alertId) ? undefined : alertId;
}

export type AlertTopic = { readonly areaPath: readonly string[]; readonly severity: string; readonly type: string };

/** `v1/alerts/{areaPath…}/{severity}/{type}`. */
export function parseAlertTopic(topic: string): AlertTopic | undefined {
  const [version, alerts, ...rest] = topic.split('/');
  const type = rest.pop();
  const severity = rest.pop();
  if (version !== 'v1' || alerts !== 'alerts' || type === undefined || severity === undefined) return undefined;
  return { areaPath: rest, severity, type };
}

export function alertTopic(areaPath: readonly string[], severity: string, type: string): string {
  return ['v1/alerts', ...areaPath, severity, type].join('/');
}

/** Where a user's apps hear what was sent to that user as somebody's contact. */
export function userTopic(username: string): string {
  return `v1/users/${username}/alerts`;
}

export function statusTopic(deviceId: string): string {
  return `v1/devices/${deviceId}/status`;
}

export function commandTopic(deviceId: string): string {
  return `v1/devices/${deviceId}/command`;
}

/** The dialect a topic outside `v1/` is written in. */
export function dialectOf(topic: string): Exclude<CodecName, 'native'> | undefined {
  if (topic.startsWith('owntracks/')) return 'owntracks';
  // What Zigbee2MQTT announces to Home Assistant is nothing to us, but no reason to lose the hub.
  if (topic.startsWith('zigbee2mqtt/') || topic.startsWith('homeassistant/')) return 'zigbee2mqtt';
  return undefined;
}

/** A device speaks under its own id; in a dialect when it, or a device it is the hub of, has that codec. */
export function devicePublishAllowed(device: Device, childCodecs: Iterable<CodecName>, topic: string): boolean {
  const own = parseDeviceTopic(topic);
  if (own !== undefined) return own.deviceId === device.id && own.lane !== 'command';
  return speaks(device, childCodecs, dialectOf(topic));
}

function speaks(device: Device, childCodecs: Iterable<CodecName>, dialect: CodecName | undefined): boolean {
  if (dialect === undefined) return false;
  if (device.codec === dialect) return true;
  for (const codec of childCodecs) if (codec === dialect) return true;
  return false;
}

/**
 * A device hears its own commands and nothing else. Wider filters under its own id, and those of a dialect it speaks, are
 * granted because they match no more: Zigbee2MQTT ends itself when `zigbee2mqtt/#` is denied.
 */
export function deviceSubscribeAllowed(device: Device, childCodecs: Iterable<CodecName>, filter: string): boolean {
  const own = `v1/devices/${device.id}/`;
  if (filter === `${own}command` || filter === `${own}#` || filter === `${own}+`) return true;
  return speaks(device, childCodecs, dialectOf(filter));
}

/** People act on alerts and publish nothing else. */
export function personPublishAllowed(topic: string): boolean {
  return parseActionTopic(topic) !== undefined;
}

/**
 * People hear alerts of their scope: what stands before the first wildcard must lie at or below one of their areas.
 *
 * @param areaPathsInScope area ids from the root, one path for each area they may see; `all` for the administrator
 */
export function personSubscribeAllowed(
  areaPathsInScope: readonly (readonly string[])[] | 'all',
  filter: string,
): boolean {
  const [version, alerts, ...rest] = filter.split('/');
  if (version !== 'v1' || alerts !== 'alerts' || rest.length === 0) return false;
  if (areaPathsInScope === 'all') return true;
  const wildcard = rest.findIndex((level) => level === '+' || level === '#');
  const literal = wildcard < 0 ? rest : rest.slice(0, wildcard);
  return areaPathsInScope.some(
    (path) => path.length > 0 && path.length <= literal.length && path.every((id, at) => id === literal[at]),
  );
}
