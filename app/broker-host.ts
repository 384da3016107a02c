import type { AlertDesk } from '../alerts/contracts.ts';
import type { BrokerHost, Downlink, Principal, Uplink } from '../broker/contracts.ts';
import {
  alertTopic,
  devicePublishAllowed,
  deviceSubscribeAllowed,
  parseActionTopic,
  personPublishAllowed,
  personSubscribeAllowed,
  userTopic,
} from '../broker/topics.ts';
import { ActionRequest, type Alert } from '../model/alert.ts';
import type { CodecName, Device } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import { namedViewOf } from '../model/named-alert.ts';
import type { User } from '../model/people.ts';
import { maySeeSubject } from '../model/scope.ts';
import type { Log } from './log.ts';

export type BrokerHostParts = {
  readonly directory: Directory;
  readonly desk: AlertDesk;
  readonly log: Log;
  readonly clock: () => number;
  /** In constant time; false for an empty hash. */
  readonly tokenMatches: (token: Uint8Array, storedHash: string) => boolean;
  /** Who a session token belongs to, and the session by a name for `isOpen`. */
  readonly sessionOf: (token: string) => Promise<{ readonly user: User; readonly session: string } | undefined>;
  readonly isOpen: (session: string) => boolean;
  /** Resolves when what people did is on disk. */
  readonly durable: () => Promise<void>;
  /** Written down before they hear anything. */
  readonly auditLook: (who: string, what: string) => Promise<void>;
  readonly accept: (uplink: Uplink, done: (error?: Error) => void) => void;
  readonly diskHangs: () => boolean;
  readonly presence: (deviceId: string, online: boolean) => void;
};

/** Answers the broker's questions from the directory, the sessions and the desk. */
export function createBrokerHost(parts: BrokerHostParts): BrokerHost {
  const { directory } = parts;
  const dialectsOf = dialectsOfHubs(directory);
  return {
    authenticate: (username, secret) => authenticate(parts, username, secret),
    mayPublish(principal, topic) {
      if (principal.kind === 'person') return parts.isOpen(principal.session ?? '') && personPublishAllowed(topic);
      const device = directory.devices.get(principal.id);
      return device !== undefined && devicePublishAllowed(device, dialectsOf(device.id), topic);
    },
    isWelcome: (principal) => principal.kind === 'device' || parts.isOpen(principal.session ?? ''),
    maySubscribe(principal, filter) {
      if (principal.kind === 'device')
        return deviceSubscribeAllowed(principal.device, dialectsOf(principal.id), filter);
      const { user } = principal;
      return filter === userTopic(user.username) || personSubscribeAllowed(areasOf(directory, user), filter);
    },
    accept: parts.accept,
    diskHangs: parts.diskHangs,
    act(principal, topic, payload, done) {
      void act(parts, principal.user, topic, payload).then(() => done(), done);
    },
    greet: (principal) => (principal.kind === 'person' ? openAlerts(parts, principal.user) : []),
    presence: parts.presence,
  };
}

/** A device shows its token, a person a session token. Unknown names cost the same as wrong secrets. */
async function authenticate(
  parts: BrokerHostParts,
  username: string,
  secret: Uint8Array,
): Promise<Principal | undefined> {
  const device = parts.directory.devices.get(username);
  const isItsToken = parts.tokenMatches(secret, parts.directory.tokenHashes.get(username) ?? '');
  if (isItsToken && device !== undefined) return { kind: 'device', id: device.id, device };
  return person(parts, username, await parts.sessionOf(new TextDecoder().decode(secret)));
}

/** What people hear over MQTT holds positions, so that they came is written before they hear anything. */
async function person(
  { auditLook, log }: BrokerHostParts,
  username: string,
  found: { readonly user: User; readonly session: string } | undefined,
): Promise<Principal | undefined> {
  if (found === undefined || found.user.username !== username || found.user.role === 'viewer') return undefined;
  const { user, session } = found;
  // Whoever looks after people must get in although the records cannot be written.
  await auditLook(user.id, 'mqttOpened').catch((err: unknown) =>
    log.error({ err, userId: user.id }, 'not audited: mqttOpened'),
  );
  return { kind: 'person', id: user.id, user, session };
}

/** The dialects of the devices a hub or phone speaks for: asked for each topic, so kept until one of its devices changes. */
function dialectsOfHubs(directory: Directory): (hubId: string) => ReadonlySet<CodecName> {
  const known = new Map<string, ReadonlySet<CodecName>>();
  directory.onChange((change, before) => {
    if (change.kind !== 'devices') return;
    for (const device of [before as Device | undefined, change.entity]) {
      if (device?.hubId !== undefined) known.delete(device.hubId);
    }
  });
  return (hubId) => {
    const kept = known.get(hubId);
    if (kept !== undefined) return kept;
    const dialects = new Set(directory.childrenOf(hubId).flatMap(({ codec }) => codec ?? []));
    known.set(hubId, dialects);
    return dialects;
  };
}

/** Area paths a person may listen to; delivery is checked again for each alert. */
function areasOf(directory: Directory, user: User): 'all' | string[][] {
  if (user.role === 'admin') return 'all';
  if (user.role !== 'family') return user.areaId === undefined ? [] : [directory.areaPath(user.areaId)];
  const residents = (user.residentIds ?? []).map((id) => directory.residents.get(id));
  return residents.flatMap((resident) => (resident ? [directory.areaPath(resident.areaId)] : []));
}

/** Made one by one, as somebody reads them: there may be thousands. */
function* openAlerts({ desk, directory }: BrokerHostParts, user: User): Generator<Downlink> {
  for (const alert of desk.open()) {
    if (maySeeSubject(directory, user, alert.residentId)) yield alertMessage(directory, alert);
  }
}

/** An alert as responders over MQTT get it: `v1/alerts/{areaPath…}/{severity}/{type}`. */
export function alertMessage(directory: Directory, alert: Alert): Downlink {
  const path = directory.areaPath(alert.areaId);
  return {
    topic: alertTopic(path, alert.severity, alert.type),
    payload: JSON.stringify(namedViewOf(alert, directory)),
  };
}

/**
 * MQTT 3.1.1 has no way to say no to a PUBLISH: a refused action is acknowledged, counted in the log, and changes nothing.
 * Throws what is no answer: what the records cannot take just now is not acknowledged, and sent again.
 */
async function act(parts: BrokerHostParts, user: User, topic: string, payload: Uint8Array): Promise<void> {
  const alertId = parseActionTopic(topic) ?? '';
  try {
    const request = ActionRequest.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
    await parts.desk.act(alertId, request, user, parts.clock());
    await parts.durable(); // then it is acknowledged
  } catch (error) {
    if (!isRefusal(error)) throw error;
    parts.log.warn({ alertId, userId: user.id, reason: error.message }, 'an action over MQTT was refused');
  }
}

function isRefusal(error: unknown): error is Error {
  if (error instanceof AppError) return error.code !== 'unavailable';
  return error instanceof SyntaxError || error instanceof TypeError || (error as Error)?.name === 'ZodError';
}
