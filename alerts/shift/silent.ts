import type { Directory } from '../../model/directory.ts';
import type { ShiftHandOver } from '../../model/shift.ts';
import { type Silence, testModeIdOf } from '../../model/silence.ts';

type Silent = ShiftHandOver['silences'][number];

/** What is silent in an area at a moment: what is silenced there and below, and what is silenced above and holds there too. */
export function silentIn(directory: Directory, here: string, atMs: number): Silent[] {
  return [...directory.silences.values()]
    .filter(({ from, to }) => Date.parse(from) <= atMs && Date.parse(to) > atMs)
    .filter((silence) => holdsIn(directory, here, silence))
    .map((silence) => {
      const { id, to, reason } = silence;
      return { id, kind: kindOf(silence), about: aboutIn(directory, silence), until: to, reason };
    });
}

function holdsIn(directory: Directory, here: string, silence: Silence): boolean {
  const { areaId = ownerOf(directory, silence)?.areaId } = silence;
  if (areaId === undefined) return false;
  const isAbove = silence.areaId !== undefined && directory.areaPath(here).includes(areaId);
  return isAbove || directory.areaPath(areaId).includes(here);
}

/** The resident it is about, or whose device. */
function ownerOf({ residents, devices }: Directory, { residentId, deviceId = '' }: Silence) {
  const id = residentId ?? devices.get(deviceId)?.residentId;
  return id === undefined ? undefined : residents.get(id);
}

function kindOf({ id, deviceId, exercise }: Silence): Silent['kind'] {
  if (deviceId !== undefined && id === testModeIdOf(deviceId)) return 'testMode';
  return exercise === true ? 'exercise' : 'silence';
}

function aboutIn(directory: Directory, silence: Silence): Silent['about'] {
  const { areaId = '', residentId, deviceId } = silence;
  const name = ownerOf(directory, silence)?.name ?? directory.areas.get(areaId)?.name;
  const named = name === undefined ? {} : { name };
  if (deviceId !== undefined) return { kind: 'device', id: deviceId, ...named };
  return residentId === undefined
    ? { kind: 'area', id: areaId, ...named }
    : { kind: 'resident', id: residentId, ...named };
}
