import type { AlertType } from '../../model/alert.ts';
import type { Room } from '../life/plan.ts';
import { fallBurst } from './bursts.ts';
import { homeFrom, type Scene, sayBurst, spellAt } from './scene.ts';
import type { Saying } from './script.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * A watch flags 77 % of falls (Brew et al., JMIR Form Res 2022) after its own countdown. A third get up by themselves, the
 * others lie until somebody comes. A fall of which the device says nothing at all cannot be asked for.
 */
export function fall({ person, dayStartMs, day, random, script }: Scene): void {
  const atMs = homeFrom(day, dayStartMs + random.between(7, 21) * hourMs, true);
  const liesMs = random.chance(0.33) ? random.between(1, 3) * minuteMs : random.between(20, 90) * minuteMs;
  const place = random.pick<Room>(['bathroom', 'bedroom', 'livingRoom', 'kitchen']);
  script.live({ place, fromMs: atMs, toMs: atMs + liesMs, isAsleep: false, isStill: true }, 'fall', dayStartMs);
  const isFlagged = random.chance(0.77);
  const { sendsBursts, clipsAtG } = person.faults;
  if (sendsBursts) sayBurst(script, atMs, fallBurst(random, clipsAtG));
  if (isFlagged) {
    const saidAtMs = atMs + random.between(20, 35) * 1000;
    script.sayings.push({ atMs: saidAtMs, device: 'band', lane: 'event', payload: { event: 'fall' } });
  }
  const what = `fall${isFlagged ? 'Flagged' : ''}${sendsBursts ? 'WithBurst' : ''}`;
  script.truth(what, { fromMs: atMs, toMs: atMs + Math.max(liesMs, 30 * minuteMs) }, ['fall'], {
    alsoTrue: ['sos', 'inactivity', 'vitals'],
    isRequired: isFlagged || sendsBursts,
  });
}

/** Fever, a racing pulse, oxygen going down over some hours, as before a pneumonia is found. */
export function deteriorate({ dayStartMs, random, script }: Scene): void {
  const fromMs = dayStartMs + random.between(6, 16) * hourMs;
  const illness = { fromMs, rampMs: random.between(2, 5) * hourMs, toMs: fromMs + 24 * hourMs };
  script.illnesses.push(illness);
  script.truth('deterioration', { fromMs, toMs: illness.toMs + 5 * hourMs }, ['vitals']);
}

/** Taken off to wash, and forgotten. */
export function bandLeftOff({ dayStartMs, day, random, script }: Scene): void {
  const fromMs = homeFrom(day, dayStartMs + random.between(8, 14) * hourMs, true);
  const off = { fromMs, toMs: fromMs + random.between(2, 7) * hourMs };
  script.offWrist.push(off);
  // It may have lain at home while she was out just before: then it is one time off, and told once.
  const before = spellAt(day, fromMs - 2 * minuteMs);
  script.truth('bandLeftOff', { ...off, toMs: off.toMs + 10 * minuteMs }, ['notWorn'], {
    isEmergency: false,
    ...(before?.withoutBand && { earliestMs: before.fromMs }),
  });
}

/** One press, or several, or one that waits in a device without signal. */
export function callForHelp({ person, dayStartMs, day, random, script }: Scene): void {
  const device =
    person.devices.has('button') && random.chance(0.6) ? 'button' : person.devices.has('band') ? 'band' : 'button';
  const atMs = homeFrom(day, dayStartMs + random.between(0, 23) * hourMs);
  const presses = random.chance(0.3) ? 3 : 1;
  for (let press = 0; press < presses; press++) {
    script.sayings.push({ atMs: atMs + press * 2_500, device, lane: 'event', payload: { event: 'sos' } });
  }
  const isBuffered = random.chance(0.1);
  const returnsMs = atMs + 20 * minuteMs;
  if (isBuffered) script.cut(device, { fromMs: atMs - minuteMs, toMs: returnsMs });
  const what = isBuffered ? 'callOutOfBuffer' : 'call';
  script.truth(what, { fromMs: atMs, toMs: (isBuffered ? returnsMs : atMs) + 10 * minuteMs }, ['sos'], {
    deviceId: `${person.resident.id}-${device}`,
  });
}

/** A detector calls, tells again each minute, and says when it is over. */
export function smoke({ dayStartMs, day, random, script }: Scene, what: 'fire' | 'cookingSmoke'): void {
  const atMs = homeFrom(day, dayStartMs + random.between(7, 20) * hourMs, what === 'cookingSmoke');
  const forMs = (what === 'fire' ? random.between(8, 20) : random.between(0.5, 4)) * minuteMs;
  const say = (sinceMs: number, payload: Saying['payload']) =>
    script.sayings.push({ atMs: atMs + sinceMs, device: 'smoke', lane: 'event', payload });
  say(0, { event: 'smoke', smoke: true });
  for (let sinceMs = minuteMs; sinceMs < forMs; sinceMs += minuteMs) say(sinceMs, { smoke: true });
  say(forMs, { event: 'smokeCleared', smoke: false });
  script.truth(what, { fromMs: atMs, toMs: atMs + forMs + 10 * minuteMs }, ['smoke']);
}

/** Lies there from one moment to the next and is found after 26 hours; the house goes on around them. */
export function collapse({ dayStartMs, day, random, script }: Scene, byNight: boolean): void {
  const wishedMs = dayStartMs + (byNight ? random.between(21.5, 26) : random.between(8, 17)) * hourMs;
  const fromMs = byNight ? wishedMs : homeFrom(day, wishedMs, true);
  const toMs = fromMs + 26 * hourMs;
  const place = byNight ? 'bathroom' : random.pick<Room>(['bathroom', 'bedroom', 'livingRoom', 'kitchen']);
  script.live({ place, fromMs, toMs, isAsleep: false, isStill: true }, 'collapse', dayStartMs);
  // A door does not say which way: who collapses in the hall looks like who went out, and is missed as such.
  const justCameIn = spellAt(day, fromMs - 2 * minuteMs)?.place === 'outside';
  const detectedBy: AlertType[] = justCameIn ? ['inactivity', 'awayTooLong'] : ['inactivity'];
  script.truth(byNight ? 'collapseByNight' : 'collapseByDay', { fromMs, toMs }, detectedBy, {
    alsoTrue: ['vitals', 'batteryLow', 'notWorn', 'fall'],
  });
}
