import { serverNowMs } from '../../service/clock.ts';
import { residents } from '../../service/names.ts';

/** Whole years; undefined for whoever has no date of birth on record. */
export function ageOf(residentId: string): number | undefined {
  const birthDate = residents.value.get(residentId)?.birthDate;
  if (birthDate === undefined) return undefined;
  const [born, today] = [new Date(birthDate), new Date(serverNowMs())];
  const hadBirthday =
    today.getMonth() > born.getMonth() || (today.getMonth() === born.getMonth() && today.getDate() >= born.getDate());
  return today.getFullYear() - born.getFullYear() - (hadBirthday ? 0 : 1);
}
