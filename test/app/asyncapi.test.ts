import { expect, test } from 'vitest';
import { asyncapi } from '../../app/asyncapi.ts';
import { TelemetryPayload } from '../../ingest/codecs/native.ts';

type Document = {
  channels: Record<string, { address: string; messages: Record<string, { $ref: string }> }>;
  operations: Record<string, { action: string; channel: { $ref: string } }>;
  components: { messages: Record<string, { payload: object }> };
};

const document = asyncapi() as Document;

/** What a JSON pointer of the document leads to. */
function at(pointer: string): unknown {
  const steps = pointer.replace('#/', '').split('/');
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], document);
}

test('every reference leads somewhere', () => {
  for (const { messages } of Object.values(document.channels)) {
    for (const { $ref } of Object.values(messages)) expect(at($ref), $ref).toHaveProperty('payload');
  }
  for (const { channel } of Object.values(document.operations)) expect(at(channel.$ref)).toHaveProperty('address');
});

test('a device’s programmer finds every topic, and every field of a reading', () => {
  const addresses = Object.values(document.channels).map(({ address }) => address);
  expect(addresses).toContain('v1/devices/{deviceId}/event');
  expect(addresses).toContain('v1/devices/{deviceId}/command');
  const telemetry = JSON.stringify(document.components.messages.telemetry);
  for (const field of Object.keys(TelemetryPayload.shape)) expect(telemetry).toContain(`"${field}"`);
});
