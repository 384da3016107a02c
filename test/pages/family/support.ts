import type { Town } from '../../api/support/town.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Her morning: at home, out to the garden gate, and back in the kitchen four minutes ago. */
export async function morning(town: Town): Promise<void> {
  const steps = [0, 0.0004, 0.0009, 0.0012, 0.0008, 0.0003, 0];
  for (const [i, off] of steps.entries()) {
    const position = { lat: 24.4451 + off, lon: 118.0823 + off / 2, accuracyM: 12 };
    await town.say('band-0', { position, steps: 200 * i }, town.nowMs - (steps.length - i) * 6 * minute);
  }
  await town.say('band-0', { batteryPct: 83, worn: true, heartRateBpm: 72 }, town.nowMs - minute);
  await town.say('motion-0', { motion: true }, town.nowMs - 4 * minute);
}

/** Xiamen, 12:00 of the day before: half an hour at home, a walk of 900 m, half an hour there; and the kitchen at 8 and 9. */
export async function yesterday(town: Town): Promise<void> {
  const noonMs = noonOfYesterdayMs(town.nowMs);
  for (let i = 0; i <= 6; i++) await at(town, noonMs + i * 5 * minute, 0);
  for (let i = 1; i <= 4; i++) await at(town, noonMs + (30 + i * 3) * minute, 0.002 * i);
  for (let i = 0; i <= 6; i++) await at(town, noonMs + (45 + i * 5) * minute, 0.0081);
  for (const h of [8, 9]) await town.say('motion-0', { motion: true }, noonMs + (h - 12) * hour);
}

async function at(town: Town, atMs: number, off: number): Promise<void> {
  await town.say('band-0', { position: { lat: 24.4451 + off, lon: 118.0823, accuracyM: 10 } }, atMs);
}

function noonOfYesterdayMs(nowMs: number): number {
  const aheadMs = 8 * hour;
  return Math.floor((nowMs + aheadMs) / (24 * hour)) * 24 * hour - aheadMs - 12 * hour;
}

/** Ten days of a quiet heart, of blood pressure twice a day, and of steps. */
export async function tenDays(town: Town): Promise<void> {
  for (let h = 10 * 24; h > 0; h -= 1) {
    const atMs = town.nowMs - h * hour;
    const wave = Math.sin((h / 24) * 2 * Math.PI);
    await town.say('band-0', { heartRateBpm: Math.round(70 + 8 * wave + (h % 5)), spo2Pct: 96 + (h % 3) }, atMs);
    if (h % 12 === 0) await town.say('band-0', { systolicMmHg: 128 + (h % 7), diastolicMmHg: 78 + (h % 5) }, atMs);
    if (h % 6 === 0) await town.say('band-0', { steps: 900 + ((h * 37) % 4000) }, atMs);
  }
}
