import { jsonOf, type Reply, type Request } from '../stand-in.ts';

export const ntfyToken = 'tk_token_of_the_family';

/** ntfy: JSON at the root names its topic; who may not write there is told so. */
export function ntfy(answer: Reply = { json: { id: 'x' } }) {
  return (request: Request): Reply => {
    if (request.url.pathname !== '/') return { status: 404 };
    if (request.headers.authorization !== `Bearer ${ntfyToken}`) return { status: 403 };
    const { topic, priority, actions = [] } = jsonOf(request) as { topic: string; priority: number; actions: object[] };
    return /^[\w-]{1,64}$/.test(topic) && priority >= 1 && priority <= 5 && actions.length <= 3
      ? answer
      : { status: 400 };
  };
}
