import { hazardRule } from './hazard.ts';
import { smokeWords } from './words/hazard.ts';

export const smoke = hazardRule({ type: 'smoke', other: 'gas', clearedEvent: 'smokeCleared', words: smokeWords });
