import type { AlertType, Severity, Signal } from '../../../model/alert.ts';
import type { Town } from '../../api/support/town.ts';

/** `count` more residents of East Street, `c0` on, spread over a few kilometres. */
export async function crowd(town: Town, count: number): Promise<void> {
  const residents = Array.from({ length: count }, (_, i) => ({
    id: `c${i}`,
    name: `林阿妹${i}`,
    areaId: 'east',
    home: { ...placeOf(i), datum: 'WGS84' },
    contacts: [],
  }));
  await town.parts.administration.importDocument({ residents });
}

const kinds: readonly { readonly type: AlertType; readonly severity: Severity }[] = [
  { type: 'sos', severity: 'P1' },
  { type: 'zoneExit', severity: 'P2' },
  { type: 'inactivity', severity: 'P2' },
  { type: 'notWorn', severity: 'P3' },
  { type: 'batteryLow', severity: 'P4' },
];

/** An alert of each of `count` residents of a crowd, of every severity in turn, one a second up to now. */
export async function storm(town: Town, count: number): Promise<void> {
  await town.parts.desk.apply(Array.from({ length: count }, (_, i) => signalOf(town, i, count)));
}

function signalOf(town: Town, i: number, count: number): Signal {
  const { type, severity } = kinds[i % kinds.length]!; // within its length
  const atMs = town.nowMs - (count - i) * 1000;
  return {
    ...{ id: `storm-${i}`, effect: 'raise', type, severity, subjectId: `c${i}`, deviceId: '' },
    ...{ atMs, receivedAtMs: atMs, late: false, suspected: false, evidence: {} },
    summary: { zh: `林阿妹${i}：${type}`, en: `${type} of 林阿妹${i}` },
    position: { ...placeOf(i), accuracyM: 15 },
  };
}

/** A grid of 40 by as many rows as are needed, 150 m apart. */
function placeOf(i: number): { lat: number; lon: number } {
  return { lat: 24.44 + Math.floor(i / 40) * 0.001_35, lon: 118.08 + (i % 40) * 0.001_5 };
}
