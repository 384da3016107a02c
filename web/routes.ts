import { watch } from 'vue';
import {
  createRouter,
  createWebHistory,
  type RouteLocation,
  type RouteLocationRaw,
  type RouteRecordRaw,
} from 'vue-router';
import { beginDisplay, isDisplayLink } from './service/display.ts';
import { isLive } from './service/live.ts';
import { type Room, session } from './service/session.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Who has it in their `session.rooms` may enter; absent: everybody, without a log-in. */
    room?: Room;
  }
}

/** A room below an address loads with its first visit. `:rest(.*)*` lets a room have addresses of its own. */
const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'start', redirect: (to) => beginAt(to) },
  { path: '/login', name: 'login', component: () => import('./login/LoginPage.vue') },
  {
    path: '/family/:rest(.*)*',
    name: 'family',
    meta: { room: 'family' },
    component: () => import('./family/FamilyRoom.vue'),
  },
  {
    path: '/console/:rest(.*)*',
    name: 'console',
    meta: { room: 'console' },
    component: () => import('./console/ConsoleRoom.vue'),
  },
  { path: '/wall/:rest(.*)*', name: 'wall', meta: { room: 'wall' }, component: () => import('./wall/WallRoom.vue') },
  {
    path: '/admin/:rest(.*)*',
    name: 'admin',
    meta: { room: 'admin' },
    component: () => import('./admin/AdminRoom.vue'),
  },
  {
    path: '/notices/:rest(.*)*',
    name: 'notices',
    meta: { room: 'notices' },
    component: () => import('./notice/NoticesRoom.vue'),
  },
  { path: '/n/:id', name: 'notice', component: () => import('./notice/NoticePage.vue') },
  { path: '/s/:token', name: 'share', component: () => import('./share/SharePage.vue') },
  { path: '/no-permission', name: 'noPermission', component: () => import('./login/NoPermission.vue') },
  { path: '/:rest(.*)*', name: 'notFound', component: () => import('./login/NotFound.vue') },
];

/** Where somebody begins: their first room, or the log-in. */
export function startOf(): string {
  const room = session.rooms.value[0];
  return room === undefined ? '/login' : `/${room}`;
}

/** Whoever comes for an alert, from a notification, goes where alerts are worked on; after the log-in, should they have to. */
function beginAt({ query, fullPath }: RouteLocation): RouteLocationRaw {
  if (query.alert === undefined) return { path: startOf(), query };
  if (session.user.value === undefined) return { name: 'login', query: { back: fullPath } };
  return { path: session.rooms.value.includes('console') ? '/console' : startOf(), query };
}

export const router = createRouter({ history: createWebHistory(), routes });

/** The token leaves the address bar and the history. */
router.beforeEach(async ({ hash, path, query }) => {
  if (!isDisplayLink(hash)) return true;
  await beginDisplay(hash);
  return { path, query, hash: '', replace: true };
});

router.beforeEach((to) => {
  const { room } = to.meta;
  if (to.name === 'login' && session.user.value) return startOf();
  if (room === undefined) return true;
  if (session.user.value === undefined) return { name: 'login', query: { back: to.fullPath } };
  if (session.rooms.value.includes(room)) return true;
  // The address stays what it was: somebody may show it to the administrator.
  return { name: 'noPermission', params: {}, replace: true, query: { of: to.path } };
});

/** A session that ends, by its owner or by the service, leads to the log-in, and back to the same place afterwards. */
watch(session.user, (user) => {
  const here = router.currentRoute.value;
  if (user !== undefined || here.meta.room === undefined) return;
  const isOver = session.reason.value === 'over';
  void router.push({ name: 'login', ...(isOver && { query: { back: here.fullPath } }) });
});

/** A room that cannot be loaded though the service is there is of an older version of the pages: a new one begins. */
router.onError((_error, to) => {
  if (isLive.value) location.assign(to.fullPath);
});
