import { hazardRule } from './hazard.ts';
import { gasWords } from './words/hazard.ts';

export const gas = hazardRule({ type: 'gas', other: 'smoke', words: gasWords });
