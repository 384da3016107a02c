import { expect, test } from 'vitest';
import { households } from '../../ingest/household.ts';
import type { Device } from '../../model/device.ts';
import { band, directoryOf, hub, phone, zigbee } from './door.ts';

const smoke = zigbee('smoke-1', 'smokeDetector', 'kitchen');

test('a hub speaks for its own devices, by their name in its dialect', () => {
  const home = households(directoryOf(hub, smoke))(hub);
  expect(home.byAddress('zigbee2mqtt', 'kitchen')).toBe(smoke);
  expect(home.byAddress('owntracks', 'kitchen')).toBeUndefined();
  expect(home.byAddress('zigbee2mqtt', 'kitchen2')).toBeUndefined();
});

test('a phone is its own device', () => {
  expect(households(directoryOf(phone))(phone).byAddress('owntracks', 'wang/phone')).toBe(phone);
});

test('in the native dialect everybody speaks for themselves only', () => {
  const home = households(directoryOf(hub, { ...band, hubId: hub.id }))(hub);
  expect(home.byAddress('native', 'hub-1')).toBe(hub);
  expect(home.byAddress('native', 'band-7')).toBeUndefined();
});

test('a space that nobody sees does not lose a sensor', () => {
  const home = households(directoryOf(hub, smoke))(hub);
  expect(home.byAddress('zigbee2mqtt', ' kitchen')).toBe(smoke);
});

test('a device that moves to another hub, or away, is no longer spoken for', () => {
  const directory = directoryOf(hub, smoke);
  const home = households(directory)(hub);
  expect(home.byAddress('zigbee2mqtt', 'kitchen')).toBe(smoke);
  const moved: Device = { ...smoke, hubId: 'hub-2' };
  directory.apply({ kind: 'devices', id: smoke.id, entity: moved });
  expect(home.byAddress('zigbee2mqtt', 'kitchen')).toBeUndefined();
  directory.apply({ kind: 'devices', id: smoke.id, entity: smoke });
  expect(home.byAddress('zigbee2mqtt', 'kitchen')).toBe(smoke);
  directory.apply({ kind: 'devices', id: smoke.id, entity: undefined });
  expect(home.byAddress('zigbee2mqtt', 'kitchen')).toBeUndefined();
});
