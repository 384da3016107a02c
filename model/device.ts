import { z } from 'zod';
import { Datum } from './geo.ts';
import { Id } from './ids.ts';

export const DeviceKind = z.enum([
  'wristband',
  'callButton',
  'smokeDetector',
  'gasDetector',
  'motionSensor',
  'doorSensor',
  'bedSensor',
  'vitalsMonitor',
  'hub',
]);
export type DeviceKind = z.infer<typeof DeviceKind>;

export const CodecName = z.enum(['native', 'owntracks', 'zigbee2mqtt']);
export type CodecName = z.infer<typeof CodecName>;

export const Device = z.strictObject({
  id: Id,
  kind: DeviceKind,
  residentId: Id.optional(),
  room: z.string().max(100).optional(),
  model: z.string().max(200).optional(),
  /** The dialect it speaks; native when absent. */
  codec: CodecName.optional(),
  /** Its name in that dialect: `user/device` in OwnTracks, the friendly name in Zigbee2MQTT. */
  address: z.string().min(1).max(200).optional(),
  /** The hub or phone that logs in and speaks for it. */
  hubId: Id.optional(),
  /** The datum of its positions when a message does not say; WGS-84 when absent. */
  datum: Datum.optional(),
});
export type Device = Readonly<z.infer<typeof Device>>;

/** Commands a device may be sent; repeated until answered on its `reply` topic. */
export const CommandName = z.enum(['reportInterval', 'locate', 'ring', 'callBack', 'siren', 'confirmOk']);
export type CommandName = z.infer<typeof CommandName>;

export type Command = {
  /** From facts, so that a repeat is recognised. */
  readonly id: string;
  readonly deviceId: string;
  readonly name: CommandName;
  readonly args: Readonly<Record<string, string | number | boolean>>;
};
