import { AlertView } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';

export type AlertStreamOptions = {
  readonly httpUrl: string;
  readonly token: string;
  readonly signal: AbortSignal;
  readonly onAlert: (alert: AlertView) => void;
};

const retryMs = 1_000;

/**
 * Follows the alerts of the token's scope until the signal aborts, over broken connections too (resumed where they
 * broke). Resolves once the stream is open for the first time; rejects when the service refuses it.
 */
export async function followAlerts(options: AlertStreamOptions): Promise<void> {
  const response = await open(options, undefined);
  void follow(options, response);
}

async function open({ httpUrl, token, signal }: AlertStreamOptions, lastId: string | undefined): Promise<Response> {
  const headers = {
    accept: 'text/event-stream',
    authorization: `Bearer ${token}`,
    ...(lastId !== undefined && { 'last-event-id': lastId }),
  };
  const response = await fetch(`${httpUrl.replace(/\/$/, '')}/api/v1/stream`, { headers, signal });
  if (!response.ok) throw new AppError('unavailable', `the event stream of ${httpUrl} answered ${response.status}`);
  return response;
}

async function follow(options: AlertStreamOptions, first: Response): Promise<void> {
  let lastId: string | undefined;
  let response: Response | undefined = first;
  while (!options.signal.aborted) {
    try {
      response ??= await open(options, lastId);
      for await (const event of eventsOf(response)) {
        lastId = event.id ?? lastId;
        if (event.name === 'alert') tell(options, event.data);
      }
    } catch {
      // A broken connection: it is opened again below.
    }
    response = undefined;
    if (!options.signal.aborted) await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

function tell({ onAlert }: AlertStreamOptions, data: string): void {
  const alert = AlertView.safeParse(JSON.parse(data));
  if (alert.success) onAlert(alert.data);
}

type ServerEvent = { readonly name: string; readonly id: string | undefined; readonly data: string };

/** Server-sent events of a response (WHATWG HTML, 9.2.6). */
async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true }).replaceAll('\r\n', '\n');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield eventOf(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

function eventOf(block: string): ServerEvent {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue; // a comment, or a field without a value
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    const before = fields.get(name);
    fields.set(name, name === 'data' && before !== undefined ? `${before}\n${value}` : value);
  }
  return { name: fields.get('event') ?? 'message', id: fields.get('id'), data: fields.get('data') ?? '' };
}
