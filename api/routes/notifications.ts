import { z } from 'zod';
import { NotificationState } from '../../model/notification.ts';
import { maySeeSubject } from '../../model/scope.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { alertScope } from '../alert-scope.ts';
import { listOf } from '../range.ts';
import { NotificationView, pageOf, viewOfNotification } from '../views.ts';

const NotificationsQuery = z.strictObject({
  state: listOf(NotificationState.options).optional(),
  area: z.string().max(64).optional(),
  resident: z.string().max(70).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});

/** What became of messages: `?state=failed` is what reached nobody, and why. */
export function notificationRoutes(http: Http, { parts }: Context): void {
  http.get('/notifications', {
    config: { access: carers },
    schema: {
      tags: ['alerts'],
      summary: 'Messages and what became of them, latest first',
      querystring: NotificationsQuery,
      response: { 200: pageOf(NotificationView) },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { state: states, limit, cursor } = request.query;
      const scope = alertScope(parts.directory, user, request.query);
      if (scope === undefined) return { items: [], nextCursor: null };
      const page = await parts.records.notifications({
        ...scope,
        limit,
        ...(states && { states }),
        ...(cursor !== undefined && { cursor }),
      });
      // Scope is by where the resident lived then; whoever may not see them now sees nothing.
      const seen = page.items.filter(({ residentId }) => maySeeSubject(parts.directory, user, residentId));
      const items = seen.map(({ notification }) => viewOfNotification(notification, user.role !== 'family'));
      return { items, nextCursor: page.nextCursor ?? null };
    },
  });
}
