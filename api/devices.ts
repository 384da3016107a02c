import type { Device } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import { entityRules } from './entities.ts';

/** Throws AppError `notFound` for a device that is not there, or not theirs. */
export function requireDevice(directory: Directory, user: User, id: string): Device {
  const device = directory.devices.get(id);
  if (device !== undefined && entityRules.devices.maySee(directory, user, device)) return device;
  throw new AppError('notFound', `There is no ${id} among the devices you look after.`);
}
