import type { Device } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import type { Household } from './contracts.ts';

type ByName = ReadonlyMap<string, Device>;

/**
 * Who a sender may speak for, from the directory: itself, and the devices whose `hubId` it is. The index of a hub is
 * built when it first speaks and dropped when one of its devices changes: an import of a city must not cost every hub its
 * index a hundred thousand times.
 */
export function households(directory: Directory): (sender: Device) => Household {
  const children = new Map<string, ByName>();
  /** By record: one that changed is another object. */
  const doors = new WeakMap<Device, Household>();
  directory.onChange((change, before) => {
    if (change.kind !== 'devices') return;
    for (const device of [before as Device | undefined, change.entity]) {
      if (device?.hubId !== undefined) children.delete(device.hubId);
    }
  });

  function childrenOf(hubId: string): ByName {
    const known = children.get(hubId);
    if (known !== undefined) return known;
    const named = indexOf(directory.childrenOf(hubId));
    children.set(hubId, named);
    return named;
  }

  function doorOf(sender: Device): Household {
    return {
      sender,
      byAddress(codec, address) {
        if (codec === 'native') return address === sender.id ? sender : undefined;
        const name = nameOf(codec, address);
        const isNamed = sender.codec !== undefined && sender.address !== undefined;
        if (isNamed && nameOf(sender.codec, sender.address) === name) return sender;
        return childrenOf(sender.id).get(name);
      },
    };
  }

  return (sender) => {
    const known = doors.get(sender);
    if (known !== undefined) return known;
    const door = doorOf(sender);
    doors.set(sender, door);
    return door;
  };
}

/** Of two with the same name the first counts: one home, one name. */
function indexOf(devices: readonly Device[]): ByName {
  const named = new Map<string, Device>();
  for (const device of devices) {
    if (device.codec === undefined || device.address === undefined) continue;
    const name = nameOf(device.codec, device.address);
    if (!named.has(name)) named.set(name, device);
  }
  return named;
}

/** Friendly names with a space before or after exist, and nobody sees it when typing the address. */
function nameOf(codec: string, address: string): string {
  return `${codec} ${address.trim()}`;
}
