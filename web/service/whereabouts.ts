import { shallowRef, triggerRef } from 'vue';
import { oncePerFrame } from './frames.ts';
import { listen } from './live.ts';
import type { DeviceEvent, PositionEvent } from './types.ts';

const lastPositions = shallowRef(new Map<string, PositionEvent>());
const lastDevices = shallowRef(new Map<string, DeviceEvent>());
const positionsChanged = oncePerFrame(() => triggerRef(lastPositions));
const devicesChanged = oncePerFrame(() => triggerRef(lastDevices));

/** The newest position the stream has told of each resident since the page was opened. Read, never write. */
export const positions: { readonly value: ReadonlyMap<string, PositionEvent> } = lastPositions;
/** Devices that came or went since the page was opened. Read, never write. */
export const devices: { readonly value: ReadonlyMap<string, DeviceEvent> } = lastDevices;

export function forgetWhereabouts(): void {
  lastPositions.value.clear();
  lastDevices.value.clear();
  positionsChanged();
  devicesChanged();
}

listen({
  connected() {
    // What was told before still is the newest known; every user of it shows how old it is.
  },
  event(name, data) {
    // Both as the service describes them.
    if (name === 'position') keepPosition(data as PositionEvent);
    if (name === 'device') keepDevice(data as DeviceEvent);
  },
});

function keepPosition(position: PositionEvent): void {
  lastPositions.value.set(position.residentId, position);
  positionsChanged();
}

function keepDevice(device: DeviceEvent): void {
  lastDevices.value.set(device.id, device);
  devicesChanged();
}
