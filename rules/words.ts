import type { Bilingual } from '../model/alert.ts';
import type { DeviceKind } from '../model/device.ts';
import type { Household } from './rule.ts';

const kinds: Readonly<Record<DeviceKind, Bilingual>> = {
  wristband: { zh: '手环', en: 'wristband' },
  callButton: { zh: '呼叫器', en: 'call button' },
  smokeDetector: { zh: '烟感', en: 'smoke detector' },
  gasDetector: { zh: '燃气报警器', en: 'gas detector' },
  motionSensor: { zh: '红外', en: 'motion sensor' },
  doorSensor: { zh: '门磁', en: 'door sensor' },
  bedSensor: { zh: '床垫', en: 'bed sensor' },
  vitalsMonitor: { zh: '体征监测仪', en: 'vitals monitor' },
  hub: { zh: '网关', en: 'hub' },
};

/** Whom it is about: the resident's name, else the device's id. */
export function whoOf(home: Household, deviceId: string): string {
  return home.resident?.name ?? deviceId;
}

/** The room the device hangs in; empty when unknown. */
export function roomOf(home: Household, deviceId: string): string {
  return home.devices.get(deviceId)?.room ?? '';
}

/** A device by itself: its kind and room, or its id when the home has no such device. */
export function nameOf(home: Household, deviceId: string): Bilingual {
  const device = home.devices.get(deviceId);
  if (device === undefined) return { zh: deviceId, en: deviceId };
  const { zh, en } = kinds[device.kind];
  return { zh: `${device.room ?? ''}${zh}`, en: `${en}${at(device.room ?? '')}` };
}

/** A sentence about a device of a home: `say` gets its name in each language. */
export function aboutDevice(home: Household, deviceId: string, say: (what: string) => Bilingual): Bilingual {
  const device = home.devices.get(deviceId);
  if (device === undefined) return say(deviceId);
  const kind = kinds[device.kind];
  const owner = home.resident?.name;
  const { zh } = say(`${owner ? `${owner}的` : ''}${device.room ?? ''}${kind.zh}`);
  const { en } = say(owner ? `The ${kind.en} of ${owner}${at(device.room ?? '')}` : `The ${kind.en} ${deviceId}`);
  return { zh, en };
}

function at(where: string): string {
  return where === '' ? '' : ` (${where})`;
}
