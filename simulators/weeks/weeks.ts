import type { CommunityDocument } from '../../model/community.ts';
import type { Command } from '../../model/device.ts';
import { gridIds } from '../community/places.ts';
import { randomOf } from '../random.ts';
import { Agenda } from './agenda.ts';
import { castOf, documentOf } from './cast.ts';
import { traitsOf } from './faults.ts';
import { Home } from './home.ts';
import type { Stretch } from './links.ts';
import type { Message } from './transport.ts';
import type { Truth } from './truth.ts';

export type { Message } from './transport.ts';
export type { Truth } from './truth.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Monday, midnight in Xiamen. */
export const firstDayMs = Date.parse('2026-03-02T00:00:00+08:00');
export const timeZone = 'Asia/Shanghai';

export type WeeksOptions = { readonly seed: string; readonly residents: number; readonly days: number };

/**
 * Weeks of life of a community, message by message in order of arrival, with the truth about everything out of the
 * ordinary. Nothing is random but by the seed; what the service asks of devices (`obey`) changes what they say, so two
 * sets of rules see the same people, days and faults, not the same messages.
 */
export class Weeks {
  readonly community: CommunityDocument;
  readonly endMs: number;
  readonly #homes: ReadonlyMap<string, Home>;
  readonly #truths: Truth[] = [];
  /** For each home at least one entry at the very time of its next doing; entries at other times are stale. */
  readonly #agenda = new Agenda<{ readonly home: Home; readonly atMs: number }>();

  constructor({ seed, residents, days }: WeeksOptions) {
    this.endMs = firstDayMs + days * dayMs;
    const cast = castOf(seed, residents);
    this.community = documentOf(cast);
    this.#homes = new Map(cast.map((person) => [person.resident.id, new Home(person, seed, firstDayMs, this.endMs)]));
    this.#cutPower(seed, days);
    for (const home of this.#homes.values()) this.#expect(home);
  }

  /** Messages as they arrive; between two of them commands may be given to `obey`. */
  *messages(): Generator<Message> {
    for (let entry = this.#agenda.take(); entry !== undefined; entry = this.#agenda.take()) {
      const { home, atMs } = entry;
      if (atMs !== home.nextAtMs) continue;
      if (atMs >= this.endMs) return;
      const message = home.advance();
      this.#expect(home);
      if (message !== undefined) yield message;
    }
  }

  /** A command the service sends to a device. */
  obey(command: Command, nowMs: number): void {
    const home = this.#homes.get(command.deviceId.slice(0, command.deviceId.indexOf('-')));
    if (home === undefined) return;
    home.obey(command, nowMs);
    this.#expect(home);
  }

  /** Everything that really happened so far; complete when the last message has been sent. */
  truths(): readonly Truth[] {
    return [...this.#truths, ...[...this.#homes.values()].flatMap((home) => home.truths)];
  }

  /** What may explain an alert about a resident now, in words; empty for anybody else. */
  circumstances(residentId: string, nowMs: number): readonly string[] {
    return this.#homes.get(residentId)?.circumstances(nowMs) ?? [];
  }

  /** At its next doing, whatever was expected before. */
  #expect(home: Home): void {
    this.#agenda.put(home.nextAtMs, { home, atMs: home.nextAtMs });
  }

  /** What does not change about a resident, in words. */
  traits(residentId: string): readonly string[] {
    const home = this.#homes.get(residentId);
    return home === undefined ? [] : traitsOf(home.person);
  }

  /** The power of one grid, an hour or three, once in thirty days. */
  #cutPower(seed: string, days: number): void {
    const random = randomOf(`${seed}:power`);
    for (let day = 0; day < days; day += 30) {
      const gridId = gridIds[random.whole(0, gridIds.length - 1)]!; // whole() stays within
      const fromMs = firstDayMs + (day + random.between(0.3, 0.9) * Math.min(30, days - day)) * dayMs;
      const down = { fromMs, toMs: fromMs + random.between(1, 3) * hourMs };
      this.#darken(gridId, down);
    }
  }

  /** Required from 20 devices on: fewer are told one by one. */
  #darken(areaId: string, down: Stretch): void {
    const homes = [...this.#homes.values()].filter(({ person }) => person.gridId === areaId);
    for (const home of homes) home.powerCut(down);
    const devices = homes.reduce(
      (sum, { person }) => sum + ['hub', 'button'].filter((n) => person.devices.has(n)).length,
      0,
    );
    this.#truths.push({
      id: `powerCut:${areaId}:${down.fromMs}`,
      what: 'powerCut',
      residentId: `@${areaId}`,
      fromMs: down.fromMs,
      untilMs: down.toMs + hourMs,
      detectedBy: ['areaOutage'],
      isRequired: devices >= 20,
      isEmergency: true,
    });
  }
}
