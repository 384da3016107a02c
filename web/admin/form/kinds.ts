import type { AlertType, Severity } from '../../service/types.ts';
import type { Area, Channel, Device, Policy, User } from '../records/records.ts';

/** Every value of a union, in the order people choose from; the compiler misses none. */
const every = <T extends string>(names: Readonly<Record<T, true>>) => Object.keys(names) as T[]; // its own keys

export const channelKinds = every<Channel['kind']>({
  sms: true,
  voice: true,
  webPush: true,
  email: true,
  wecom: true,
  dingtalk: true,
  feishu: true,
  webhook: true,
  ntfy: true,
  mqtt: true,
  sse: true,
  log: true,
});
export const areaKinds = every<Area['kind']>({ city: true, district: true, street: true, community: true, grid: true });
export const deviceKinds = every<Device['kind']>({
  wristband: true,
  callButton: true,
  smokeDetector: true,
  gasDetector: true,
  motionSensor: true,
  doorSensor: true,
  bedSensor: true,
  vitalsMonitor: true,
  hub: true,
});
export const codecs = every<NonNullable<Device['codec']>>({ native: true, owntracks: true, zigbee2mqtt: true });
export const roles = every<User['role']>({ admin: true, operator: true, responder: true, family: true, viewer: true });
export const severities = every<Severity>({ P1: true, P2: true, P3: true, P4: true, P5: true });
export const policyTargets = every<Policy['steps'][number]['target']>({
  contacts: true,
  sameContacts: true,
  allContacts: true,
  responders: true,
  centre: true,
  users: true,
  roster: true,
});
export const alertTypes = every<AlertType>({
  sos: true,
  smoke: true,
  gas: true,
  fall: true,
  zoneExit: true,
  zoneEnterForbidden: true,
  wandering: true,
  inactivity: true,
  awayTooLong: true,
  vitals: true,
  contactLost: true,
  deviceOffline: true,
  batteryLow: true,
  tamper: true,
  notWorn: true,
  areaOutage: true,
  visitOverdue: true,
  missing: true,
  dutyGap: true,
  shiftHandOver: true,
});
