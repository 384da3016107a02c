import type { CommunityDocument } from '../../model/community.ts';
import type { DeviceKind } from '../../model/device.ts';
import type { Resident } from '../../model/people.ts';
import { roomNames } from '../life/plan.ts';

type DeviceEntry = CommunityDocument['devices'][number];
type Fitting = {
  readonly name: string;
  readonly kind: DeviceKind;
  readonly room?: string;
  readonly fits: (index: number) => boolean;
};

const everybody = () => true;

/** What is fitted where. 220 devices for 50 residents. */
const fittings: readonly Fitting[] = [
  { name: 'band', kind: 'wristband', fits: everybody },
  { name: 'smoke', kind: 'smokeDetector', room: roomNames.kitchen, fits: everybody },
  { name: 'motion-living', kind: 'motionSensor', room: roomNames.livingRoom, fits: everybody },
  { name: 'motion-bedroom', kind: 'motionSensor', room: roomNames.bedroom, fits: (index) => index % 5 === 0 },
  { name: 'button', kind: 'callButton', room: roomNames.bedroom, fits: (index) => index % 5 < 3 },
  { name: 'door', kind: 'doorSensor', room: '门口', fits: (index) => index % 5 < 3 },
];

/** Id of a resident's device by the name of its fitting, e.g. `band`. */
function deviceIdOf(residentId: string, fitting: string): string {
  return `${residentId}-${fitting}`;
}

export function devicesOf({ id }: Resident, index: number, tokenOf: (deviceId: string) => string): DeviceEntry[] {
  return fittings
    .filter(({ fits }) => fits(index))
    .map(({ name, kind, room }) => {
      const deviceId = deviceIdOf(id, name);
      return { id: deviceId, kind, residentId: id, ...(room && { room }), token: tokenOf(deviceId) };
    });
}
