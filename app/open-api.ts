import type { AnswerLinks } from '../alerts/answer-links.ts';
import type { AlertDesk } from '../alerts/contracts.ts';
import { DutyPlan } from '../alerts/duty/plan.ts';
import { Responders } from '../alerts/duty/responders.ts';
import type { Whereabouts } from '../alerts/duty/whereabouts.ts';
import { handOverCard } from '../alerts/hand-over.ts';
import { figuresOfGroups } from '../alerts/kpi/kpi.ts';
import { previewOf } from '../alerts/policy/preview.ts';
import { handOverWithText } from '../alerts/shift/gather.ts';
import type { ApiParts } from '../api/parts.ts';
import { type Api, createApi } from '../api/server.ts';
import type { Broker } from '../broker/contracts.ts';
import { webSocketUpgrade } from '../broker/websocket.ts';
import type { Watch } from '../rules/watch.ts';
import { hashToken, newToken, verifyPassword } from '../store/secrets.ts';
import { answerDoor } from './answer-door.ts';
import { asyncapi } from './asyncapi.ts';
import { pushTrier } from './channels.ts';
import type { Config } from './config.ts';
import { homeComing } from './home-coming.ts';
import type { Housekeeping } from './housekeeping.ts';
import type { Log } from './log.ts';
import { openMapSource } from './map-settings.ts';
import type { Stores } from './stores.ts';
import { readTls } from './tls-files.ts';

export type ApiRooms = Pick<ApiParts, 'health' | 'metrics' | 'orders'> & {
  readonly config: Config;
  readonly stores: Stores;
  readonly desk: AlertDesk;
  readonly engine: Watch;
  readonly broker: Broker;
  readonly links: AnswerLinks;
  readonly whereabouts: Whereabouts;
  readonly housekeeping: Housekeeping;
  /** Of HTTP. */
  readonly connectionsAtMost: number;
  readonly clock: () => number;
  readonly log: Log;
};

/** The HTTP interface with everything it may ask of the rest of the service. */
export async function openApi(rooms: ApiRooms): Promise<Api> {
  const { config, stores, desk, broker, housekeeping, connectionsAtMost, clock, log, health, metrics, orders } = rooms;
  const { directory, records, telemetry, administration, decoyPasswordHash } = stores;
  return createApi(
    {
      ...{
        directory,
        records,
        telemetry,
        desk,
        administration,
        clock,
        log,
        health,
        metrics,
        orders,
        decoyPasswordHash,
      },
      ...{ verifyPassword, hashToken, newToken, handOverCard },
      timeZone: config.timeZone,
      retentionDays: config.retentionDays,
      personData: housekeeping.personData,
      backup: (dir) => housekeeping.backup(dir),
      answers: answersOf(rooms),
      tryPush: pushTrier(config, stores, clock),
      ...dutyOf(rooms),
      kpi: (groups) => figuresOfGroups(records, groups),
      asyncapi: asyncapi(),
      mqttUpgrade: webSocketUpgrade(broker),
    },
    {
      ...{ ...config.http, connectionsAtMost, isTrustedProxy: config.isTrustedProxy },
      secure: config.https && { ...config.https, ...readTls(config.https) },
      ...(await openMapSource(config.map)),
    },
  );
}

function answersOf({ config, stores, desk, links, clock, log }: ApiRooms) {
  return answerDoor({
    desk,
    records: stores.records,
    links,
    clock,
    log,
    pushKey: stores.vapidKeys.publicKey,
    callbackSecret: config.channels.aliyunCallbackSecret,
  });
}

/** Who is on duty and where, who would be told, what a shift hands over, who came home. */
function dutyOf({ config: { timeZone }, stores: { directory, records }, desk, engine, whereabouts }: ApiRooms) {
  const plan = new DutyPlan(directory, timeZone);
  return {
    duty: plan,
    responders: new Responders(directory, timeZone, whereabouts),
    preview: (question) => previewOf({ directory, timeZone }, question),
    shiftHandOver: (areaId, atMs) => handOverWithText({ directory, plan, desk, records }, timeZone, areaId, atMs),
    backSince: (residentId) => homeComing(engine, directory, residentId),
  } satisfies Partial<ApiParts>;
}
