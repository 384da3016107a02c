import type { AlertType } from '../../model/alert.ts';
import type { Command } from '../../model/device.ts';
import type { Lane } from '../../model/reading.ts';
import { type Random, randomOf } from '../random.ts';
import { Agenda } from './agenda.ts';
import { Band, type Moment } from './band.ts';
import type { Person } from './cast.ts';
import { ordinaryDay, overlaid, type Spell } from './day.ts';
import { happen, spellAt } from './happenings.ts';
import { indoorsDay } from './indoors.ts';
import { covers, Link, type Stretch } from './links.ts';
import { type LinkName, type Saying, Script } from './script.ts';
import type { Truth } from './truth.ts';

/** A message as it reaches the service. */
export type Message = {
  readonly arrivesAtMs: number;
  readonly deviceId: string;
  readonly lane: Lane;
  readonly payload: Readonly<Record<string, unknown>>;
};

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Of the messages, so many are sent again because the answer got lost. */
const retransmittedShare = 0.01;
/** A device dies for good in this share of months. */
const diesPerMonth = 0.03;
/** Not to be heard for so long is more than a moment without signal. */
const longSilenceMs = 20 * minuteMs;
const fastByMs = 7 * minuteMs;
const slowByMs = 12 * minuteMs;
const linkOf: Readonly<Record<string, LinkName>> = {
  band: 'band',
  button: 'button',
  smoke: 'smoke',
  hub: 'hub',
  living: 'hub',
  bedroom: 'hub',
  door: 'hub',
};

/** The connections the broker can see end; an NB-IoT detector is there only while it speaks. */
const staysConnected: ReadonlySet<string> = new Set(['band', 'hub', 'button']);

/** Without one of these nobody can know. */
const needs: Readonly<Partial<Record<AlertType, readonly string[]>>> = {
  smoke: ['smoke'],
  fall: ['band'],
  zoneExit: ['band'],
  zoneEnterForbidden: ['band'],
  wandering: ['band'],
  contactLost: ['band'],
  vitals: ['band'],
  notWorn: ['band'],
  inactivity: ['living', 'bedroom'],
  awayTooLong: ['door'],
};

/** One home and its resident, living from day to day. What it says comes out in order of arrival. */
export class Home {
  readonly person: Person;
  readonly #truths: Truth[] = [];
  readonly #seed: string;
  readonly #startMs: number;
  readonly #endMs: number;
  readonly #agenda = new Agenda<Message>();
  readonly #links: Readonly<Record<LinkName, Link>> = {
    band: new Link(),
    hub: new Link(),
    button: new Link(),
    smoke: new Link(),
  };
  readonly #band: Band | undefined;
  readonly #random: Random;
  readonly #seqs = new Map<string, number>();
  readonly #diesAtMs = new Map<string, number>();
  readonly #bandEmpty: Stretch[] = [];
  #overlays: readonly Spell[] = [];
  #offWrist: readonly Stretch[] = [];
  #illnesses: Script['illnesses'][number][] = [];
  #visits: readonly Stretch[] = [];
  #day: readonly Spell[] = [];
  #dayStartMs: number;
  #bandAtMs = Number.POSITIVE_INFINITY;

  constructor(person: Person, seed: string, startMs: number, endMs: number) {
    this.person = person;
    this.#seed = seed;
    this.#dayStartMs = startMs - dayMs;
    this.#startMs = startMs;
    this.#endMs = endMs;
    this.#random = randomOf(`${seed}:home:${person.resident.id}`);
    if (person.devices.has('band')) {
      this.#band = new Band(person, randomOf(`${seed}:band:${person.resident.id}`));
      this.#bandAtMs = startMs + this.#random.between(0, 5 * minuteMs);
    }
    this.#drawDeaths(startMs, endMs);
    for (const device of staysConnected) {
      if (person.devices.has(device)) this.#comeOrGo(device, startMs + this.#random.between(0, minuteMs), true);
    }
  }

  /** Everything that really happened so far. What a dead or empty device should have said cannot be asked for. */
  get truths(): readonly Truth[] {
    return this.#truths.map((truth) => (this.#canTell(truth) ? truth : { ...truth, isRequired: false }));
  }

  /** When it does something next: says something, reports, or begins a day. */
  get nextAtMs(): number {
    return Math.min(this.#agenda.nextAtMs, this.#bandAtMs, this.#dayStartMs + dayMs);
  }

  /** Does it. A message when there is one that arrives now. */
  advance(): Message | undefined {
    const atMs = this.nextAtMs;
    if (atMs === this.#dayStartMs + dayMs) this.#beginDay(atMs);
    else if (atMs === this.#bandAtMs) this.#reportBand(atMs);
    else return this.#agenda.take();
    return undefined;
  }

  /** The power of the street goes: everything that hangs on mains. */
  powerCut(down: Stretch): void {
    this.#cut('hub', down);
    this.#cut('button', down);
  }

  /** A command that reached the device; nothing when its link is down or nobody is there to answer. */
  obey({ deviceId, name, args }: Command, nowMs: number): void {
    const device = deviceId.slice(this.person.resident.id.length + 1);
    const link = linkOf[device];
    if (link === undefined || !this.#links[link].isUp(nowMs)) return;
    if (name === 'reportInterval' && device === 'band') this.#reportEvery(args, nowMs);
    if (name === 'locate' && device === 'band') this.#bandAtMs = Math.min(this.#bandAtMs, nowMs + 10 * secondMs);
    if (name === 'confirmOk') this.#answer(device, nowMs);
  }

  /** What may explain something odd, for whoever reads a list of misses and false alarms. */
  circumstances(nowMs: number): readonly string[] {
    const spell = spellAt(this.#day, nowMs);
    const yes: readonly (readonly [unknown, string])[] = [
      [spell, spell?.way ? (spell.withoutBand ? 'out without band' : 'out') : spell?.isAsleep ? 'asleep' : 'at home'],
      [spell?.isStill, 'lying still'],
      [spell && spell.toMs - spell.fromMs > 12 * hourMs && spell.way, 'away for long'],
      [[...this.#diesAtMs].some(([, atMs]) => atMs <= nowMs), 'dead device'],
      [(['band', 'hub'] as const).some((link) => !this.#links[link].isUp(nowMs)), 'link down'],
    ];
    return [...yes.filter(([holds]) => holds).map(([, words]) => words), ...this.traits];
  }

  /** The same for what does not change. */
  get traits(): readonly string[] {
    const { habits, faults, ground, resident } = this.person;
    const yes: readonly (readonly [unknown, string])[] = [
      [ground, `${ground?.homeToEdgeM ?? 0} m from the edge`],
      [resident.hasPet, 'pet'],
      [faults.clock !== 'right', `clock ${faults.clock}`],
      [faults.linkFlaps, 'flapping link'],
      [faults.routerOffAtNight, 'router off at night'],
      [habits.walksLaps, 'walks laps'],
      [faults.driftMin > 5, 'persistent drift'],
      [habits.inCanyon, 'canyon'],
    ];
    return yes.filter(([holds]) => holds).map(([, words]) => words);
  }

  #beginDay(dayStartMs: number): void {
    const { person } = this;
    this.#dayStartMs = dayStartMs;
    for (const link of Object.values(this.#links)) link.forgetBefore(dayStartMs - dayMs);
    const random = randomOf(`${this.#seed}:day:${person.resident.id}:${dayStartMs}`);
    const ordinary = ordinaryDay(person, dayStartMs, random);
    const script = new Script(person);
    const isFree = !this.#overlays.some(({ toMs }) => toMs > dayStartMs);
    const isLastDays = dayStartMs + dayMs >= this.#endMs;
    if (isFree && !isLastDays) happen({ person, dayStartMs, day: ordinary, random, script });
    if (isFree) for (const spell of ordinary) script.mayGoOut(spell, dayStartMs);
    this.#take(script, dayStartMs);
    this.#day = this.#overlays.reduce(
      (day, over) => overlaid(day, clipped(over, dayStartMs)),
      ordinary as readonly Spell[],
    );
    this.#dailyFaults(dayStartMs, random);
    const home = { person, dayStartMs, day: this.#day, visits: this.#visits, random };
    for (const saying of indoorsDay(home)) this.#say(saying);
    for (const saying of script.sayings) this.#say(saying);
  }

  #take(script: Script, dayStartMs: number): void {
    const isLive = ({ toMs }: Stretch) => toMs > dayStartMs;
    this.#overlays = [...this.#overlays, ...script.overlays].filter(isLive);
    this.#offWrist = [...this.#offWrist, ...script.offWrist].filter(isLive);
    this.#illnesses = [...this.#illnesses, ...script.illnesses].filter(isLive);
    const visits = [...this.#visits, ...script.visits].filter(isLive);
    this.#visits = visits;
    for (const { link, down } of script.cuts) {
      this.#cut(link, down);
      if (down.toMs - down.fromMs >= longSilenceMs) this.#outOfReach(link, down, 'outOfReach');
    }
    this.#truths.push(...script.truths.map((truth) => this.#asFarAsSeen(truth)));
  }

  /** What is not over when the weeks are cannot be asked for. */
  #asFarAsSeen(truth: Truth): Truth {
    return truth.untilMs <= this.#endMs ? truth : { ...truth, isRequired: false };
  }

  #dailyFaults(dayStartMs: number, random: Random): void {
    const { routerOffAtNight, linkFlaps } = this.person.faults;
    if (routerOffAtNight) this.#routerOff({ fromMs: dayStartMs + 23.25 * hourMs, toMs: dayStartMs + 30 * hourMs });
    if (!linkFlaps || !random.chance(0.5)) return;
    const link = this.person.devices.has('hub') ? 'hub' : 'band';
    const beganMs = dayStartMs + random.between(0, 19) * hourMs;
    for (let fromMs = beganMs; fromMs < beganMs + 4 * hourMs; ) {
      const toMs = fromMs + random.between(0.5, 4) * minuteMs;
      this.#cut(link, { fromMs, toMs });
      fromMs = toMs + random.between(2, 7) * minuteMs;
    }
  }

  /** A week long it may be said that the hub is silent; then it is known what it does at night. */
  #routerOff(night: Stretch): void {
    this.#cut('hub', night);
    if (night.fromMs < this.#startMs + 7 * dayMs) this.#outOfReach('hub', night, 'routerOff');
  }

  /** Silent for so long that saying so is no false alarm. */
  #outOfReach(device: string, { fromMs, toMs }: Stretch, what: string): void {
    const deviceId = this.person.devices.get(device)?.id;
    if (deviceId === undefined) return;
    this.#truths.push({
      id: `${what}:${deviceId}:${fromMs}`,
      what,
      residentId: this.person.resident.id,
      deviceId,
      fromMs,
      untilMs: toMs + minuteMs,
      detectedBy: ['deviceOffline', 'contactLost'],
      isRequired: false,
    });
  }

  #drawDeaths(startMs: number, endMs: number): void {
    const months = (endMs - startMs) / (30 * dayMs);
    for (const [name, { id }] of this.person.devices) {
      if (!this.#random.chance(diesPerMonth * months)) continue;
      const atMs = this.#random.between(startMs + dayMs, endMs - hourMs);
      this.#diesAtMs.set(name, atMs);
      for (const { atMs: saidAtMs, online } of Link.presenceOf({ fromMs: atMs, toMs: endMs })) {
        if (staysConnected.has(name) && !online) this.#comeOrGo(name, saidAtMs, false);
      }
      this.#truths.push({
        id: `dead:${id}`,
        what: name === 'hub' ? 'deadHub' : 'deadDevice',
        residentId: this.person.resident.id,
        deviceId: id,
        fromMs: atMs,
        untilMs: endMs,
        detectedBy: ['deviceOffline'],
        // The slowest of them may be silent for two days without meaning anything.
        isRequired: endMs - atMs > 3 * dayMs,
      });
    }
  }

  #canTell({ detectedBy, fromMs }: Truth): boolean {
    const needed = detectedBy.flatMap((type) => needs[type] ?? []);
    return needed.length === 0 || needed.some((device) => this.#isAlive(device, fromMs));
  }

  /** With a hub's life goes that of what hangs behind it. */
  #isAlive(device: string, atMs: number): boolean {
    if (!this.person.devices.has(device) || this.#isDead(device, atMs)) return false;
    if (linkOf[device] === 'hub' && this.#isDead('hub', atMs)) return false;
    return device !== 'band' || !this.#bandEmpty.some((stretch) => covers(stretch, atMs));
  }

  #cut(link: LinkName, down: Stretch): void {
    this.#links[link].cut(down);
    if (!this.person.devices.has(link) || !staysConnected.has(link)) return;
    for (const { atMs, online } of Link.presenceOf(down)) {
      // A link that was cut twice at once is not back when the first cut ends, and what is dead does not come back.
      if (this.#isDead(link, atMs) || (online && !this.#links[link].isUp(atMs))) continue;
      this.#comeOrGo(link, atMs, online);
    }
  }

  /** Its connection, as the broker sees it. */
  #comeOrGo(device: string, atMs: number, online: boolean): void {
    this.#arrive(atMs, device, 'status', { online });
  }

  /** What a device wants to say goes out when its link lets it; sensors keep nothing for later. */
  #say({ atMs, device, lane, payload }: Saying): void {
    const link = linkOf[device];
    if (link === undefined || !this.person.devices.has(device) || this.#isDead(device, atMs)) return;
    if (link === 'hub' && this.#isDead('hub', atMs)) return;
    const opensAtMs = this.#links[link].opensAtMs(atMs);
    if (opensAtMs > atMs && link === 'hub') return;
    const seq = this.#seqOf(device);
    const stamped = { ...payload, t: this.#clock(device, atMs), ...(lane !== 'burst' && { seq }) };
    const delayMs = this.#random.between(50, 1_500);
    this.#arrive(opensAtMs + delayMs, device, lane, stamped);
    if (lane !== 'burst' && this.#random.chance(retransmittedShare)) {
      this.#arrive(opensAtMs + delayMs + this.#random.between(5, 40) * secondMs, device, lane, stamped);
    }
  }

  #arrive(arrivesAtMs: number, device: string, lane: Lane, payload: Message['payload']): void {
    const { id } = this.person.devices.get(device)!; // whoever calls has seen that it is there
    this.#agenda.put(arrivesAtMs, { arrivesAtMs, deviceId: id, lane, payload });
  }

  #seqOf(device: string): number {
    const seq = (this.#seqs.get(device) ?? 0) + 1;
    this.#seqs.set(device, seq);
    return seq;
  }

  #clock(device: string, atMs: number): number {
    const { clock } = this.person.faults;
    if (device !== 'band' || clock === 'right') return Math.round(atMs);
    if (clock === 'boot') return Math.round(atMs % (100 * dayMs));
    return Math.round(clock === 'fast' ? atMs + fastByMs : atMs - slowByMs);
  }

  #isDead(device: string, atMs: number): boolean {
    return atMs >= (this.#diesAtMs.get(device) ?? Number.POSITIVE_INFINITY);
  }

  #reportBand(atMs: number): void {
    const moment = this.#momentAt(atMs);
    const band = this.#band!; // only a band reports
    const payload = band.report(moment, { offWrist: this.#offWrist, illnesses: this.#illnesses });
    this.#bandAtMs = atMs + band.everyMs(moment) * this.#random.between(0.98, 1.02);
    this.#noteBattery(band, atMs);
    if (payload !== undefined) this.#say({ atMs, device: 'band', lane: 'telemetry', payload });
  }

  #momentAt(atMs: number): Moment {
    const spell = spellAt(this.#day, atMs) ?? atNight;
    return { atMs, minuteOfDay: (atMs - this.#dayStartMs) / minuteMs, spell };
  }

  #noteBattery(band: Band, atMs: number): void {
    const { news } = band;
    band.news = undefined;
    if (news === 'empty') this.#bandEmpty.push({ fromMs: atMs - hourMs, toMs: Number.POSITIVE_INFINITY });
    const last = this.#bandEmpty.at(-1);
    if (news === 'charged' && last) this.#bandEmpty.splice(-1, 1, { ...last, toMs: Math.min(last.toMs, atMs) });
    if (news !== 'low' && news !== 'empty') return;
    const { id: residentId } = this.person.resident;
    const untilMs = atMs + 36 * hourMs;
    this.#truths.push({
      id: `${news}:${residentId}:${atMs}`,
      what: news === 'low' ? 'batteryRunsDown' : 'batteryEmpty',
      residentId,
      fromMs: atMs,
      untilMs,
      deviceId: this.person.devices.get('band')!.id, // whose battery it is
      detectedBy: news === 'low' ? ['batteryLow'] : ['deviceOffline'],
      alsoTrue: ['contactLost'],
      isRequired: news === 'low' && untilMs <= this.#endMs && !this.#isDead('band', atMs + 6 * hourMs),
    });
  }

  #reportEvery(args: Command['args'], nowMs: number): void {
    const seconds = Object.values(args).find((value) => typeof value === 'number');
    if (seconds === undefined || this.#band === undefined) return;
    this.#band.reportEvery(seconds, nowMs);
    this.#bandAtMs = Math.min(this.#bandAtMs, nowMs + this.#band.everyMs(this.#momentAt(nowMs)));
  }

  /** "Are you all right?": most who are at home and awake press the button; our assumption. */
  #answer(device: string, nowMs: number): void {
    const { spell } = this.#momentAt(nowMs);
    if (spell.isStill || (spell.way !== undefined && (device !== 'band' || spell.withoutBand))) return;
    if (device === 'band' && this.#offWrist.some((off) => covers(off, nowMs))) return;
    if (!this.#random.chance(spell.isAsleep ? 0.3 : 0.85)) return;
    const atMs = nowMs + this.#random.between(15, spell.isAsleep ? 300 : 150) * secondMs;
    this.#say({ atMs, device, lane: 'event', payload: { event: 'ok' } });
  }
}

const atNight: Spell = { place: 'bedroom', fromMs: 0, toMs: 0, isAsleep: true };

function clipped(over: Spell, dayStartMs: number): Spell {
  const fromMs = Math.max(over.fromMs, dayStartMs);
  const toMs = Math.min(over.toMs, dayStartMs + dayMs);
  return { ...over, fromMs, toMs: Math.max(fromMs, toMs) };
}
