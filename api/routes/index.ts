import type { Context, Http } from '../access.ts';
import { alertRoutes } from './alerts.ts';
import { communityRoutes } from './community.ts';
import { entitiesRoutes } from './entities.ts';
import { oversightRoutes } from './oversight.ts';
import { residentRoutes } from './residents.ts';
import { sessionRoutes } from './session.ts';
import { streamRoutes } from './stream.ts';

type Routes = (http: Http, context: Context) => void;

/** Everything under `/api/v1`. A new resource is a file and a line here. */
export const apiRoutes: readonly Routes[] = [
  sessionRoutes,
  entitiesRoutes,
  communityRoutes,
  residentRoutes,
  alertRoutes,
  streamRoutes,
  oversightRoutes,
];
