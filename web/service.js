/** Talks to the service: requests, the session, and the stream of events. */

const base = '/api/v1';
const silentAtMostMs = 9_000;
const retryAtMostMs = 5_000;

export const session = {
  get: () => JSON.parse(sessionStorage.getItem('anju.session') ?? 'null'),
  set: (value) => sessionStorage.setItem('anju.session', JSON.stringify(value)),
  clear: () => sessionStorage.removeItem('anju.session'),
};

let aheadMs = 0;
/** The service's clock: what is "2 minutes ago" must not depend on this device. */
export const serverNow = () => Date.now() + aheadMs;

/** A refusal, with the status and the service's own words. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `answered ${status}`);
    this.status = status;
  }
}

function headers() {
  const token = session.get()?.token;
  return token ? { authorization: `Bearer ${token}` } : {};
}

export async function ask(method, path, body) {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(base + path, {
    method,
    headers: { ...headers(), ...type },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const date = response.headers.get('date');
  if (date) aheadMs = Date.parse(date) + 500 - Date.now();
  const content = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) throw new Refused(response.status, content);
  return content;
}

/**
 * Follows the stream until `stop()` is called, however often the connection breaks. `on` is told `connected`, `lost`,
 * `refused(status)` and every `event(name, data)`. EventSource cannot send the session's header, so this reads by hand.
 */
export function follow(on) {
  let lastEventId;
  let attempt = 0;
  let abort = new AbortController();
  let isStopped = false;

  async function listen() {
    while (!isStopped) {
      abort = new AbortController();
      const isOver = await read(abort).catch(() => false);
      if (isStopped || isOver) return;
      on.lost();
      await pause(Math.min(retryAtMostMs, 500 * 2 ** attempt++));
    }
  }

  async function read(aborter) {
    let watchdog = setTimeout(() => aborter.abort(), silentAtMostMs);
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => aborter.abort(), silentAtMostMs);
    };
    try {
      const resume = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const response = await fetch(`${base}/stream`, { headers: { ...headers(), ...resume }, signal: aborter.signal });
      if (response.status === 401 || response.status === 403) {
        on.refused(response.status);
        return true;
      }
      if (!response.ok) return false;
      attempt = 0;
      on.connected();
      for await (const block of blocksOf(response.body, alive)) tell(block);
      return false;
    } finally {
      clearTimeout(watchdog);
    }
  }

  function tell(block) {
    const fields = Object.fromEntries(block.split('\n').map(fieldOf));
    if (fields.id) lastEventId = fields.id;
    if (fields.event && fields.data) on.event(fields.event, JSON.parse(fields.data));
  }

  void listen();
  return {
    stop() {
      isStopped = true;
      abort.abort();
    },
  };
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function fieldOf(line) {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}

async function* blocksOf(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    alive();
    const parts = (text + value).split('\n\n');
    text = parts.pop();
    yield* parts;
  }
}
