import { openTown, type Town } from '../../api/support/town.ts';
import type { Visit } from '../support/visit.ts';

/** East Street as it is lived in: 王秀英 with all that is on record of her, and 李明 on duty 300 m away. */
export async function openStreet(): Promise<Town> {
  const town = await openTown();
  town.clock.nowMs = Date.now(); // the pages show ages by the clock of the answers
  const day = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' };
  await town.as('admin', 'PATCH', '/rosters/roster-0', { shifts: [{ userId: 'u-walker', ...day }] });
  await town.as('admin', 'PATCH', '/users/u-east', { name: '周敏' });
  await town.as('admin', 'PATCH', '/residents/r0', {
    birthDate: '1943-05-01',
    livesAlone: true,
    cognitiveRisk: true,
    riskTier: 'orange',
    address: '前埔东路 12 号 3 栋 402 室',
    entry: '门边钥匙盒，密码问值班员；对门 401 有备用钥匙',
    conditions: '高血压，青霉素过敏，服用华法林',
    notes: '卧室在进门左手边，夜里门反锁',
  });
  await town.as('walker', 'PUT', '/me/position', { lat: 24.4471, lon: 118.0845, accuracyM: 15 });
  return town;
}

/** She is seen leaving, step by step over the last quarter of an hour, and the last of it is told. */
export async function walksAway(town: Town): Promise<void> {
  const steps = Array.from({ length: 12 }, (_, i) => ({ lat: 24.4451 + i * 0.000_25, lon: 118.0823 + i * 0.000_12 }));
  for (const [i, step] of steps.entries())
    await town.say('band-0', { position: { ...step, accuracyM: 14 }, batteryPct: 64 }, town.nowMs - (12 - i) * 60_000);
}

/** The alert of it, with reasons and figures as the rule gives them. */
export function raiseZoneExit(town: Town): Promise<string> {
  return town.raise('r0', 'zoneExit', 'P2', {
    because: [
      { zh: '连续 3 个定位在“Garden”外约 190 米', en: 'three positions in a row about 190 m outside “Garden”' },
    ],
    unless: [{ zh: '家里的信标还听得到手环', en: 'the beacon at home had still heard the band' }],
    outsideM: 190,
    accuracyM: 14,
    leftAtMs: town.nowMs - 12 * 60_000,
  });
}

export const shownAlert = ({ page }: Visit, id: string, state?: string) =>
  page.locator(`[data-part=alert][data-shown="${id}"]${state === undefined ? '' : `[data-state=${state}]`}`);

export const queued = ({ page }: Visit, id: string) => page.locator(`[data-part=queue] [data-alert="${id}"]`);
