import { hazardRule } from './hazard.ts';
import { words } from './words.ts';

export const gas = hazardRule({ type: 'gas', raised: words.gas, cleared: words.gasCleared });
