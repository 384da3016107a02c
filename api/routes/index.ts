import type { Context, Http } from '../access.ts';
import { alertRoutes } from './alerts.ts';
import { awayRoutes } from './away.ts';
import { backupRoutes } from './backup.ts';
import { byHandRoutes } from './by-hand.ts';
import { communityRoutes } from './community.ts';
import { contactRoutes } from './contacts.ts';
import { deviceConnectionRoutes } from './device-connections.ts';
import { deviceRoutes } from './devices.ts';
import { dispatchRoutes } from './dispatch.ts';
import { displayRoutes } from './displays.ts';
import { dutyRoutes } from './duty.ts';
import { entitiesRoutes } from './entities.ts';
import { kpiRoutes } from './kpi.ts';
import { mapTileRoutes } from './map-tiles.ts';
import { meRoutes } from './me.ts';
import { nearbyRoutes } from './nearby.ts';
import { noticeRoutes } from './notices.ts';
import { notificationRoutes } from './notifications.ts';
import { oversightRoutes } from './oversight.ts';
import { pageSettingsRoutes } from './page-settings.ts';
import { personDataRoutes } from './person-data.ts';
import { photoRoutes } from './photos.ts';
import { portraitRoutes } from './portraits.ts';
import { readingsRoutes } from './readings.ts';
import { residentRoutes } from './residents.ts';
import { sessionRoutes } from './session.ts';
import { shareRoutes } from './shares.ts';
import { streamRoutes } from './stream.ts';
import { trackRoutes } from './track.ts';
import { visitRoutes } from './visits.ts';
import { wallRoutes } from './wall.ts';

type Routes = (http: Http, context: Context) => void;

/** Everything under `/api/v1`. A new resource is a file and a line here. */
export const apiRoutes: readonly Routes[] = [
  sessionRoutes,
  meRoutes,
  entitiesRoutes,
  communityRoutes,
  residentRoutes,
  awayRoutes,
  visitRoutes,
  contactRoutes,
  deviceRoutes,
  deviceConnectionRoutes,
  shareRoutes,
  noticeRoutes,
  trackRoutes,
  readingsRoutes,
  personDataRoutes,
  alertRoutes,
  byHandRoutes,
  notificationRoutes,
  dispatchRoutes,
  photoRoutes,
  portraitRoutes,
  dutyRoutes,
  nearbyRoutes,
  streamRoutes,
  kpiRoutes,
  wallRoutes,
  displayRoutes,
  oversightRoutes,
  backupRoutes,
  pageSettingsRoutes,
  mapTileRoutes,
];
