import { z } from 'zod';
import { maySeeResident } from '../../model/scope.ts';
import { type Context, everybody, type Http, userOf } from '../access.ts';
import { alertScope } from '../alert-scope.ts';
import { csvLine } from '../csv.ts';
import { everyAlert } from '../every-alert.ts';
import { groupsOf } from '../kpi-groups.ts';
import { monthlyReport, reportPolicy } from '../monthly-report.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { KpiFigures } from '../parts.ts';
import { instant, rangeOf, rangeQuery } from '../range.ts';
import { visitCases } from '../visit-cases.ts';

const monthMs = 30 * 86_400_000;
/** People who wait for figures. */
const waitingAtMost = 20;
const KpiQuery = z.strictObject({
  ...rangeQuery,
  area: z.string().max(64).optional(),
  by: z.enum(['area', 'day', 'month']).optional(),
  format: z.enum(['json', 'csv']).default('json'),
});
const ReportQuery = z.strictObject({
  ...rangeQuery,
  area: z.string().max(64).optional(),
  lang: z.enum(['zh', 'en']).default('zh'),
});
type Query = Omit<z.infer<typeof KpiQuery>, 'format'>;

/** How alerts were handled: figures against their targets, as JSON, as a table, as a report to print. */
export function kpiRoutes(http: Http, context: Context): void {
  const inTurn = oneAtATime(waitingAtMost);
  http.get('/kpi', {
    config: { access: everybody },
    schema: { tags: ['oversight'], summary: 'Figures on how alerts were handled', querystring: KpiQuery },
    handler: async (request, reply) => {
      const { range, groups } = await inTurn(() => figuresFor(context, userOf(request), request.query));
      if (request.query.format === 'csv') return reply.type('text/csv; charset=utf-8').send(tableOf(groups));
      const [whole, ...parts] = groups;
      const { key: _key, ...figures } = whole!; // the whole is always there
      const { by } = request.query;
      return { from: instant(range.fromMs), to: instant(range.toMs), ...figures, ...(by && { groups: parts }) };
    },
  });
  http.get('/kpi/report', {
    config: { access: everybody },
    schema: { tags: ['oversight'], summary: 'The figures as a page to print', querystring: ReportQuery },
    handler: async (request, reply) => {
      const { lang, ...query } = request.query;
      const { range, groups } = await inTurn(() => figuresFor(context, userOf(request), { ...query, by: 'day' }));
      const { directory, timeZone } = context.parts;
      const area = query.area === undefined ? undefined : directory.areas.get(query.area)?.name;
      reply.type('text/html; charset=utf-8').header('content-security-policy', reportPolicy);
      return reply.send(monthlyReport(groups, { range, area, lang, timeZone }));
    },
  });
}

async function figuresFor({ parts }: Context, user: ReturnType<typeof userOf>, query: Query) {
  const range = rangeOf(query, parts.clock(), monthMs);
  const scope = alertScope(parts.directory, user, query);
  const alerts = scope === undefined ? [] : await everyAlert(parts.records, { ...scope, ...range });
  const { directory, timeZone } = parts;
  const areaId = scope?.areaId;
  const residentIds = new Set([...residentsIn(parts.directory, user, areaId)]);
  const visits = await visitCases(parts, { range, residentIds });
  const groups = groupsOf(alerts, query.by, { directory, timeZone, areaId, range, residentIds, visits });
  const figures = await parts.kpi(groups);
  return { range, groups: user.role === 'viewer' ? figures.map(withoutIds) : figures };
}

/** A viewer sees numbers; which alerts they are made of is for those who look after people. */
function withoutIds({ p1, ...figures }: KpiFigures): KpiFigures {
  return { ...figures, p1: { ...p1, unansweredIds: [] } };
}

/** A viewer counts people without seeing who they are. */
function* residentsIn(directory: Context['parts']['directory'], user: ReturnType<typeof userOf>, areaId?: string) {
  for (const { id, areaId: home } of directory.residents.values()) {
    const isIn = areaId === undefined || directory.areaPath(home).includes(areaId);
    if (isIn && (user.role === 'viewer' || maySeeResident(directory, user, id))) yield id;
  }
}

const columns: readonly [name: string, of: (figures: KpiFigures) => number | undefined][] = [
  ['alerts', ({ total: count }) => count],
  ['p1', ({ p1 }) => p1.count],
  ['answeredWithin60s', ({ p1 }) => p1.acknowledgedWithin60s],
  ['answeredWithin180s', ({ p1 }) => p1.acknowledgedWithin180s],
  ['unansweredOver180s', ({ p1 }) => p1.unansweredOver180s],
  ['visits', ({ arrival }) => arrival.of],
  ['arrivedWithin15min', ({ arrival }) => arrival.within15min],
  ['arrivedWithin30min', ({ arrival }) => arrival.within30min],
  ['arrivedWithin45min', ({ arrival }) => arrival.within45min],
  ['arrivedWithin60min', ({ arrival }) => arrival.within60min],
  ['alertsPerResidentMonth', ({ perResidentMonth }) => perResidentMonth],
  ['meanPerHour', ({ load }) => load.meanPerHour],
  ['mostPerHour', ({ load }) => load.mostPerHour],
  ['floodShare', ({ load }) => load.floodShare],
  ['calledBackShare', ({ callBack }) => callBack.share],
  ['meanRating', ({ callBack }) => callBack.meanRating],
  ['plannedVisits', ({ visits }) => visits.due],
  ['plannedVisitsOnTime', ({ visits }) => visits.onTime],
];

function tableOf(groups: readonly KpiFigures[]): string {
  const rows = groups.map((figures) => csvLine([figures.key, ...columns.map(([, of]) => of(figures))]));
  return [csvLine(['group', ...columns.map(([name]) => name)]), ...rows].join('');
}
