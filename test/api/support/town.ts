import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnswerLinks } from '../../../alerts/answer-links.ts';
import { logChannel } from '../../../alerts/channels/log.ts';
import { silentChannels } from '../../../alerts/channels/silent.ts';
import { createDesk } from '../../../alerts/desk.ts';
import { DutyPlan } from '../../../alerts/duty/plan.ts';
import { Responders } from '../../../alerts/duty/responders.ts';
import { Whereabouts } from '../../../alerts/duty/whereabouts.ts';
import { handOverCard } from '../../../alerts/hand-over.ts';
import { figuresOfGroups } from '../../../alerts/kpi/kpi.ts';
import { previewOf } from '../../../alerts/policy/preview.ts';
import { handOverWithText } from '../../../alerts/shift/gather.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { type Api, createApi } from '../../../api/server.ts';
import { answerDoor } from '../../../app/answer-door.ts';
import { backUp } from '../../../app/backup.ts';
import { historiesOf } from '../../../app/histories.ts';
import { OrderBook } from '../../../app/order-book.ts';
import { memoryOnDisk, personData } from '../../../app/person-data.ts';
import { defaultRetentionDays } from '../../../app/retention-days.ts';
import type { AlertType, Severity, Signal } from '../../../model/alert.ts';
import { Directory } from '../../../model/directory.ts';
import type { Facts, Reading } from '../../../model/reading.ts';
import { createAdministration } from '../../../store/administration.ts';
import type { RecordStore, TelemetryStore } from '../../../store/contracts.ts';
import { openRecords } from '../../../store/records/records.ts';
import { hashPassword, hashToken, newToken, verifyPassword } from '../../../store/secrets.ts';
import { openTelemetry } from '../../../store/telemetry/telemetry.ts';

/** Makes the links of messages in this town. */
export const links = new AnswerLinks('key of this town', 'https://anju.example.org');

/** Saturday noon in Xiamen. */
export const noonMs = Date.parse('2026-03-07T12:00:00+08:00');
export const password = 'a-good-password';

/** Two streets with one home each, and people who look after one, both or none of them. */
export const community = {
  areas: [
    { id: 'city', name: 'City', kind: 'city' },
    { id: 'east', name: 'East Street', kind: 'street', parentId: 'city' },
    { id: 'west', name: 'West Street', kind: 'street', parentId: 'city' },
  ],
  residents: [
    {
      id: 'r0',
      name: '王秀英',
      areaId: 'east',
      home: { lat: 24.4451, lon: 118.0823, datum: 'WGS84' },
      contacts: [
        {
          id: 'c0',
          name: 'Daughter',
          phone: '13800000000',
          channels: [{ kind: 'log', address: 'daughter@secret-address', secret: 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=' }],
          order: 1,
        },
      ],
    },
    { id: 'r1', name: '陈国栋', areaId: 'west', home: { lat: 24.46, lon: 118.09, datum: 'WGS84' }, contacts: [] },
  ],
  devices: [
    { id: 'band-0', kind: 'wristband', residentId: 'r0' },
    { id: 'motion-0', kind: 'motionSensor', residentId: 'r0', room: 'kitchen' },
    { id: 'band-1', kind: 'wristband', residentId: 'r1' },
    { id: 'spare', kind: 'hub' },
  ],
  zones: [
    {
      id: 'zone-0',
      residentId: 'r0',
      name: 'Garden',
      kind: 'safe',
      shape: { type: 'circle', center: { lat: 24.4451, lon: 118.0823 }, radiusM: 150 },
      datum: 'WGS84',
    },
    {
      id: 'zone-1',
      residentId: 'r1',
      name: 'Park',
      kind: 'safe',
      shape: { type: 'circle', center: { lat: 24.46, lon: 118.09 }, radiusM: 150 },
      datum: 'WGS84',
    },
  ],
  users: [
    { id: 'u-admin', username: 'admin', password, role: 'admin' },
    { id: 'u-east', username: 'east', password, role: 'operator', areaId: 'east' },
    { id: 'u-west', username: 'west', password, role: 'operator', areaId: 'west' },
    { id: 'u-walker', username: 'walker', name: '李明', password, role: 'responder', areaId: 'east' },
    { id: 'u-daughter', username: 'daughter', password, role: 'family', residentIds: ['r0'] },
    { id: 'u-son', username: 'son', password, role: 'family', residentIds: ['r1'] },
    { id: 'u-counter', username: 'counter', password, role: 'viewer', areaId: 'city' },
  ],
  policies: [{ id: 'policy-0', name: 'At night', residentId: 'r0', steps: [{ afterS: 0, target: 'contacts' }] }],
  silences: [
    {
      id: 'silence-0',
      residentId: 'r0',
      types: ['deviceOffline'],
      from: '2026-03-01T00:00:00Z',
      to: '2026-03-02T00:00:00Z',
      reason: 'works',
    },
  ],
  rosters: [{ id: 'roster-0', name: 'East', areaId: 'east', shifts: [] }],
} as const;

export type Fields = Readonly<Record<string, unknown>>;
export type Page = { readonly items: readonly Fields[]; readonly nextCursor: string | null; readonly total?: number };
/** `json` is whatever the test says it is: the answer came over the wire. */
export type Answer<T = Fields> = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: T;
};

type Made = Pick<Town, 'directory' | 'records' | 'telemetry' | 'parts' | 'api' | 'folder' | 'logged' | 'clock'>;

/** The HTTP interface over real stores and a real desk, on a clock that only the test moves. */
export class Town {
  /** Moved by tests only. */
  readonly clock: { nowMs: number };
  /** What the service wrote into its log. */
  readonly logged: readonly string[];
  readonly directory: Directory;
  readonly records: RecordStore;
  readonly telemetry: TelemetryStore;
  readonly parts: ApiParts;
  readonly api: Api;
  readonly folder: string;
  url = '';
  #readings = 0;
  #tokens = new Map<string, string>();

  constructor(made: Made) {
    this.clock = made.clock;
    this.logged = made.logged;
    this.directory = made.directory;
    this.records = made.records;
    this.telemetry = made.telemetry;
    this.parts = made.parts;
    this.api = made.api;
    this.folder = made.folder;
  }

  get nowMs(): number {
    return this.clock.nowMs;
  }

  /** So much time goes by that sessions are over: everybody logs in again. */
  passes(ms: number): void {
    this.clock.nowMs += ms;
    this.#tokens.clear();
  }

  async ask<T = Fields>(token: string | undefined, method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) as T };
  }

  /** Under `/api/v1`, as this user; logs in when they have not yet. */
  async as<T = Fields>(username: string, method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return this.ask<T>(await this.tokenOf(username), method, `/api/v1${path}`, body);
  }

  async tokenOf(username: string): Promise<string> {
    const known = this.#tokens.get(username);
    if (known !== undefined) return known;
    const { status, json } = await this.logIn(username);
    if (status !== 201) throw new Error(`log-in of ${username} answered ${status}`);
    this.#tokens.set(username, json.token);
    return json.token;
  }

  logIn(
    username: string,
    secret: string = password,
  ): Promise<Answer<{ token: string; expiresAt: string; user: Fields }>> {
    return this.ask(undefined, 'POST', '/api/v1/session', { username, password: secret });
  }

  /** A device says something, and it is committed. */
  async say(deviceId: string, facts: Facts, takenAtMs = this.nowMs): Promise<Reading> {
    const device = this.directory.devices.get(deviceId)!;
    this.#readings += 1;
    const reading: Reading = {
      id: `reading-${this.#readings}`,
      deviceId,
      kind: device.kind,
      subjectId: device.residentId ?? `~${deviceId}`,
      lane: 'telemetry',
      takenAtMs,
      receivedAtMs: this.nowMs,
      late: takenAtMs < this.nowMs - 600_000,
      facts,
    };
    await this.telemetry.commit({ readings: [reading], states: new Map(), signals: [], quarantined: [] });
    this.api.readingCommitted(reading);
    return reading;
  }

  /** A rule concluded something about a resident, and it became an alert. Resolves with the alert's id. */
  async raise(
    residentId: string,
    type: AlertType = 'sos',
    severity: Severity = 'P1',
    evidence: Fields = {},
  ): Promise<string> {
    this.#readings += 1;
    const name = this.directory.residents.get(residentId)?.name ?? residentId;
    const signal: Signal = {
      id: `signal-${this.#readings}`,
      effect: 'raise',
      type,
      severity,
      subjectId: residentId,
      deviceId: `band-${residentId.slice(1)}`,
      atMs: this.nowMs,
      receivedAtMs: this.nowMs,
      late: false,
      suspected: false,
      summary: { zh: `${name}：${type}`, en: `${type} of ${name}` },
      evidence,
    };
    await this.parts.desk.apply([signal]);
    const raised = this.parts.desk
      .open()
      .find((alert) => alert.residentId === residentId && alert.types.includes(type));
    return raised!.id;
  }

  async close(): Promise<void> {
    await this.api.stop();
    await this.parts.desk.stop(1000);
    await this.telemetry.close();
    await this.records.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const hashes = new Map<string, Promise<string>>();

/** A real hash, but one for each password and not for each user: seven people have the same one here. */
function hashedOnce(secret: string): Promise<string> {
  const hash = hashes.get(secret) ?? hashPassword(secret);
  hashes.set(secret, hash);
  return hash;
}

/** `document`: who lives there; the two streets unless something else is wanted. */
export async function openTown(change: Partial<ApiParts> = {}, document: unknown = community): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'anju-api-'));
  const directory = new Directory();
  const records = await openRecords(':memory:');
  const telemetry = await openTelemetry(join(folder, 'telemetry'));
  const time = { nowMs: noonMs };
  const clock = () => time.nowMs;
  const administration = createAdministration({ records, directory, hashPassword: hashedOnce, clock });
  await administration.importDocument(document);

  const logged: string[] = [];
  const note = (_facts: object, message: string) => void logged.push(message);
  const log = { debug: note, info: note, warn: note, error: note };
  const whereabouts = new Whereabouts();
  const desk = createDesk({
    records,
    whereabouts,
    directory,
    channels: [logChannel(log), ...silentChannels.filter(({ kind }) => kind !== 'log')],
    clock,
    log,
    timeZone: 'UTC',
    tickEveryMs: 0,
  });
  const parts: ApiParts = {
    directory,
    records,
    telemetry,
    desk,
    administration,
    verifyPassword,
    hashToken,
    newToken,
    decoyPasswordHash: await hashedOnce('nobody knows this one'),
    clock,
    log,
    timeZone: 'Asia/Shanghai',
    health: () => ({ live: true, ready: true, checks: { telemetry: 'ok' } }),
    metrics: () => new Map([['readings_total', 7]]),
    handOverCard,
    backSince: () => undefined,
    duty: new DutyPlan(directory, 'UTC'),
    orders: new OrderBook(() => undefined, clock),
    tryPush: async () => ({ outcome: 'sent' }),
    retentionDays: defaultRetentionDays,
    responders: new Responders(directory, 'UTC', whereabouts),
    shiftHandOver: (areaId, atMs) =>
      handOverWithText({ directory, plan: new DutyPlan(directory, 'UTC'), desk, records }, 'UTC', areaId, atMs),
    preview: (question) => previewOf({ directory, timeZone: 'UTC' }, question),
    kpi: (groups) => figuresOfGroups(records, groups),
    personData: personData({
      directory,
      records,
      telemetry,
      administration,
      histories: historiesOf(telemetry),
      memory: memoryOnDisk(records, telemetry),
      clock,
      log,
    }),
    answers: answerDoor({
      desk,
      records,
      links,
      pushKey: 'the key of this town',
      callbackSecret: 'callback-secret-of-this-town',
      clock,
      log,
    }),
    backup: (dir) => backUp({ dataDir: folder, records, telemetry, clock }, dir),
    asyncapi: { asyncapi: '3.0.0' },
    ...change,
  };
  const api = await createApi(parts, { host: '127.0.0.1', port: 0 });
  desk.onChange((alert) => api.alertChanged(alert));
  await desk.start();
  const town = new Town({ directory, records, telemetry, parts, api, folder, logged, clock: time });
  const { port } = await api.start();
  town.url = `http://127.0.0.1:${port}`;
  return town;
}
