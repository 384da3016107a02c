import type { Alert, Bilingual, Signal } from '../../model/alert.ts';
import type { Duty } from '../../model/roster.ts';

export type FoundGap = {
  readonly areaId: string;
  readonly areaName: string;
  readonly gap: Duty;
  /** How often it was filled and torn open again. */
  readonly nth: number;
  readonly nowMs: number;
  /** IANA name. */
  readonly timeZone: string;
};

/** Nobody is on duty in an area for a stretch. Subject: `@{areaId}/duty-{start}`, each gap an alert of its own. */
export function gapFound({ areaId, areaName, gap, nth, nowMs, timeZone }: FoundGap): Signal {
  const { fromMs, toMs } = gap;
  return {
    id: ['dutyGap', areaId, fromMs, ...(nth > 0 ? [nth] : [])].join(':'),
    effect: 'raise',
    ...about(`@${areaId}/duty-${Math.round(fromMs / 60_000)}`, nowMs),
    summary: summaryOf(areaName, clockTime(fromMs, timeZone), clockTime(toMs, timeZone)),
    evidence: {
      fromMs,
      toMs,
      because: [{ zh: '班表上这段时间没有任何人', en: 'the rosters of the area have nobody for this time' }],
      unless: [{ zh: '班表或替班中有一人', en: 'somebody in a shift, a rotation or an override' }],
    },
  };
}

/** Somebody is on duty now, or the time is over. */
export function gapFilled(alert: Alert, nowMs: number): Signal {
  const isOver = Number(alert.evidence.toMs) <= nowMs;
  return {
    id: `dutyGap:${alert.id}:over`,
    effect: 'clear',
    ...about(alert.residentId, nowMs),
    summary: isOver
      ? { zh: '无人值班的时间已过', en: 'The gap is over' }
      : { zh: '已有人值班', en: 'The gap is filled' },
    evidence: {},
  };
}

function about(subjectId: string, nowMs: number) {
  return {
    type: 'dutyGap',
    severity: 'P3',
    subjectId,
    deviceId: '',
    atMs: nowMs,
    receivedAtMs: nowMs,
    late: false,
    suspected: false,
  } as const;
}

function summaryOf(areaName: string, from: string, to: string): Bilingual {
  return {
    zh: `${areaName}：${from} 至 ${to} 无人值班`,
    en: `${areaName}: nobody is on duty from ${from} to ${to}`,
  };
}

/** `03-14 22:00`: month, day and time. */
function clockTime(atMs: number, timeZone: string): string {
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('sv-SE', { timeZone, ...fields }).format(atMs).slice('2026-'.length);
}
