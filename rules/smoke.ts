import { hazardRule } from './hazard.ts';
import { words } from './words.ts';

export const smoke = hazardRule({
  type: 'smoke',
  clearedEvent: 'smokeCleared',
  raised: words.smoke,
  cleared: words.smokeCleared,
});
