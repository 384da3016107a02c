import type { AlertType } from '../../model/alert.ts';
import type { Command } from '../../model/device.ts';
import { type Random, randomOf } from '../random.ts';
import { Band, type Moment } from './band.ts';
import type { Person } from './cast.ts';
import { ordinaryDay, overlaid, type Spell } from './day.ts';
import { dailyFaults, traitsOf } from './faults.ts';
import { happen } from './happenings.ts';
import { indoorsDay } from './indoors.ts';
import { covers, type Stretch } from './links.ts';
import { spellAt } from './scene.ts';
import { type Illness, Script } from './script.ts';
import { type Message, Transport } from './transport.ts';
import type { Truth } from './truth.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

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
  readonly #transport: Transport;
  readonly #band: Band | undefined;
  readonly #random: Random;
  readonly #bandEmpty: Stretch[] = [];
  #overlays: readonly Spell[] = [];
  #offWrist: readonly Stretch[] = [];
  #illnesses: readonly Illness[] = [];
  #visits: readonly Stretch[] = [];
  #flapping: readonly Stretch[] = [];
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
    this.#transport = new Transport(person, this.#random, { fromMs: startMs, toMs: endMs });
    for (const [device, atMs] of this.#transport.deaths) this.#truths.push(this.#death(device, atMs));
  }

  /** Everything that really happened so far. What a dead or empty device should have said cannot be asked for. */
  get truths(): readonly Truth[] {
    return this.#truths.map((truth) => (this.#canTell(truth) ? truth : { ...truth, isRequired: false }));
  }

  /** When it does something next: says something, reports, or begins a day. */
  get nextAtMs(): number {
    return Math.min(this.#transport.nextAtMs, this.#bandAtMs, this.#dayStartMs + dayMs);
  }

  /** Does it. A message when there is one that arrives now. */
  advance(): Message | undefined {
    const atMs = this.nextAtMs;
    if (atMs === this.#dayStartMs + dayMs) this.#beginDay(atMs);
    else if (atMs === this.#bandAtMs) this.#reportBand(atMs);
    else return this.#transport.take();
    return undefined;
  }

  /** The power of the street goes: everything that hangs on mains. */
  powerCut(down: Stretch): void {
    this.#transport.cut('hub', down);
    this.#transport.cut('button', down);
  }

  /** A command that reached the device; nothing when its link is down or nobody is there to answer. */
  obey({ deviceId, name, args }: Command, nowMs: number): void {
    const device = deviceId.slice(this.person.resident.id.length + 1);
    if (!this.#transport.isUp(device, nowMs) || !this.#transport.isAlive(device, nowMs)) return;
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
      [this.#flapping.some((stretch) => covers(stretch, nowMs)), 'link flapping now'],
      [spell && spell.toMs - spell.fromMs > 12 * hourMs && spell.way, 'away for long'],
      [[...this.#transport.deaths].some(([, atMs]) => atMs <= nowMs), 'dead device'],
      [['band', 'hub'].some((device) => !this.#transport.isUp(device, nowMs)), 'link down'],
    ];
    return [...yes.filter(([holds]) => holds).map(([, words]) => words), ...traitsOf(this.person)];
  }

  #beginDay(dayStartMs: number): void {
    const { person } = this;
    this.#dayStartMs = dayStartMs;
    this.#transport.forgetBefore(dayStartMs - dayMs);
    const random = randomOf(`${this.#seed}:day:${person.resident.id}:${dayStartMs}`);
    const ordinary = ordinaryDay(person, dayStartMs, random);
    const script = new Script(person);
    const isFree = !this.#overlays.some(({ toMs }) => toMs > dayStartMs);
    const isLastDays = dayStartMs + dayMs >= this.#endMs;
    if (isFree && !isLastDays) happen({ person, dayStartMs, day: ordinary, random, script });
    if (isFree) for (const spell of ordinary) script.mayGoOut(spell, dayStartMs);
    dailyFaults({ person, dayStartMs, startMs: this.#startMs, random, script });
    this.#take(script, dayStartMs);
    this.#day = this.#overlays.reduce(
      (day, over) => overlaid(day, clipped(over, dayStartMs)),
      ordinary as readonly Spell[],
    );
    const home = { person, dayStartMs, day: this.#day, visits: this.#visits, random };
    for (const saying of indoorsDay(home)) this.#transport.say(saying);
    for (const saying of script.sayings) this.#transport.say(saying);
  }

  #take(script: Script, dayStartMs: number): void {
    const isLive = ({ toMs }: Stretch) => toMs > dayStartMs;
    this.#overlays = [...this.#overlays, ...script.overlays].filter(isLive);
    this.#offWrist = [...this.#offWrist, ...script.offWrist].filter(isLive);
    this.#illnesses = [...this.#illnesses, ...script.illnesses].filter(isLive);
    this.#visits = [...this.#visits, ...script.visits].filter(isLive);
    this.#flapping = [...this.#flapping, ...script.flapping].filter(isLive);
    for (const { link, down } of script.cuts) this.#transport.cut(link, down);
    this.#truths.push(...script.truths.map((truth) => this.#asFarAsSeen(truth)));
  }

  /** What is not over when the weeks are cannot be asked for. */
  #asFarAsSeen(truth: Truth): Truth {
    return truth.untilMs <= this.#endMs ? truth : { ...truth, isRequired: false };
  }

  #death(device: string, atMs: number): Truth {
    const deviceId = this.person.devices.get(device)?.id;
    return {
      id: `dead:${deviceId}`,
      what: device === 'hub' ? 'deadHub' : 'deadDevice',
      residentId: this.person.resident.id,
      ...(deviceId && { deviceId }),
      fromMs: atMs,
      untilMs: this.#endMs,
      detectedBy: ['deviceOffline'],
      // The slowest of them may be silent for two days without meaning anything.
      isRequired: this.#endMs - atMs > 3 * dayMs && !this.#isHidden(device, atMs),
      isEmergency: false,
    };
  }

  /** Behind a hub that is dead too, or within the day, nobody can see it die: the hub is what is told. */
  #isHidden(device: string, atMs: number): boolean {
    const isBehindHub = this.person.devices.get(device)?.hubId !== undefined;
    return isBehindHub && (this.#transport.deaths.get('hub') ?? Number.POSITIVE_INFINITY) < atMs + dayMs;
  }

  #canTell({ detectedBy, fromMs, deviceId }: Truth): boolean {
    if (deviceId !== undefined && detectedBy.includes('sos')) {
      return this.#isAlive(deviceId.slice(this.person.resident.id.length + 1), fromMs);
    }
    const needed = detectedBy.flatMap((type) => needs[type] ?? []);
    return needed.length === 0 || needed.some((device) => this.#isAlive(device, fromMs));
  }

  #isAlive(device: string, atMs: number): boolean {
    if (!this.#transport.isAlive(device, atMs)) return false;
    return device !== 'band' || !this.#bandEmpty.some((stretch) => covers(stretch, atMs));
  }

  #reportBand(atMs: number): void {
    const moment = this.#momentAt(atMs);
    const band = this.#band!; // only a band reports
    const payload = band.report(moment, { offWrist: this.#offWrist, illnesses: this.#illnesses });
    this.#bandAtMs = atMs + band.everyMs(moment) * this.#random.between(0.98, 1.02);
    this.#noteBattery(band, atMs);
    if (payload !== undefined) this.#transport.say({ atMs, device: 'band', lane: 'telemetry', payload });
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
      isRequired: news === 'low' && untilMs <= this.#endMs && this.#transport.isAlive('band', atMs + 6 * hourMs),
      isEmergency: false,
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
    this.#transport.say({ atMs, device, lane: 'event', payload: { event: 'ok' } });
  }
}

const atNight: Spell = { place: 'bedroom', fromMs: 0, toMs: 0, isAsleep: true };

function clipped(over: Spell, dayStartMs: number): Spell {
  const fromMs = Math.max(over.fromMs, dayStartMs);
  const toMs = Math.min(over.toMs, dayStartMs + dayMs);
  return { ...over, fromMs, toMs: Math.max(fromMs, toMs) };
}
