import { areaOutage } from './area-outage.ts';
import type { AreaRule } from './area-rule.ts';
import { buildingFire } from './building-fire.ts';

/** An area rule as the stage sees it: it keeps the state and never looks inside. */
export type AnyAreaRule = AreaRule<unknown>;

/** Every rule that spans homes, life safety first. A new one is a new file and a line here. */
export const areaRules: readonly AnyAreaRule[] = [buildingFire, areaOutage];
