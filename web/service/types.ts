import type { operations } from './schema.d.ts';

type Named = keyof operations;
type Body<R> = R extends { readonly content: { readonly 'application/json': infer B } } ? B : never;

/** What an operation of the interface answers when all is well: `Answer<'getAlerts'>`. */
export type Answer<Name extends Named> = operations[Name] extends { readonly responses: infer R }
  ? Body<R[keyof R & (200 | 201)]>
  : never;

/** What an operation takes as its body: `Sent<'postResidents'>`. */
export type Sent<Name extends Named> = operations[Name] extends { readonly requestBody: infer B } ? Body<B> : never;

export type Alert = Answer<'getAlerts'>['items'][number];
export type AlertStory = Answer<'getAlertsId'>;
export type AlertType = Alert['type'];
export type AlertState = Alert['state'];
export type Severity = Alert['severity'];
export type Live = Answer<'getResidentsIdLive'>;
export type Shape = Live['zones'][number]['shape'];
export type Session = Answer<'postSession'>;
export type User = Session['user'];
export type Role = User['role'];
export type PageSettings = Answer<'getPageSettings'>;
/** Degrees, WGS-84 as everything of the interface unless another datum was asked for. */
export type LatLon = { readonly lat: number; readonly lon: number };

/** A position as the event stream tells it. */
export type PositionEvent = LatLon & {
  readonly residentId: string;
  readonly deviceId: string;
  readonly t: string;
  readonly accuracyM?: number;
  readonly source?: string;
};
/** A device that came or went, as the event stream tells it. */
export type DeviceEvent = {
  readonly id: string;
  readonly kind: string;
  readonly residentId?: string;
  readonly room?: string;
  readonly online: boolean;
  readonly t: string;
};
