import type { Signal } from '../../model/alert.ts';
import { clear, fromDeadline, raise } from '../signals.ts';
import { outageWords as words } from '../words/silence.ts';
import { callList } from './affected-homes.ts';
import type { Outage } from './area-outage.ts';
import { type Region, subjectOfArea } from './area-rule.ts';
import { devicesForOutage, windowMs } from './losses.ts';

/** Names in the list of an alert; `toCallTotal` says how many there are. */
const listedAtMost = 50;
/** It is about no device in particular. */
const noDevice = '';

/** The area is out, or more of it than was told. */
export function isOut(region: Region, outage: Outage, nowMs: number): Signal {
  const { areaId, sinceMs, lost, homes } = outage;
  const seconds = Math.round((nowMs - sinceMs) / 1000);
  const all = region.watchedDevices(areaId);
  const needed = Math.ceil(devicesForOutage(all));
  return raise({ subjectId: subjectOfArea(areaId) }, fromDeadline(noDevice, sinceMs, nowMs), {
    type: 'areaOutage',
    key: `${areaId}:${sinceMs}:${lost}`,
    severity: 'P2',
    suspected: true,
    summary: words.outage(region.nameOf(areaId), lost, homes.count),
    evidence: evidenceOf(region, outage, all, needed),
    because: [
      words.lost(lost, seconds),
      words.share(lost, all),
      ...(homes.toCall > 0 ? [words.toCall(homes.toCall)] : []),
    ],
    unless: [words.fewer(needed, windowMs / 60_000), words.backInTime],
  });
}

function evidenceOf(region: Region, { areaId, sinceMs, lost, back, homes }: Outage, all: number, needed: number) {
  return {
    sinceMs,
    devicesLost: lost,
    devicesBack: back,
    devicesInArea: all,
    devicesForOutage: needed,
    homes: homes.count,
    toCall: callList(region, homes, listedAtMost),
    toCallTotal: homes.toCall,
    areaPath: [...region.pathOf(areaId)],
  };
}

/** It can be heard again; or (`withinAreaId`) it is part of a larger outage now. */
export function isOver(region: Region, outage: Outage, nowMs: number, withinAreaId?: string): Signal {
  const { areaId, sinceMs, lost, back } = outage;
  const name = region.nameOf(areaId);
  return clear({ subjectId: subjectOfArea(areaId) }, fromDeadline(noDevice, nowMs, nowMs), {
    type: 'areaOutage',
    key: `${areaId}:${sinceMs}`,
    severity: 'P2',
    suspected: true,
    summary: withinAreaId === undefined ? words.over(name) : words.grown(name),
    evidence: { devicesLost: lost, devicesBack: back, ...(withinAreaId !== undefined && { withinAreaId }) },
  });
}
