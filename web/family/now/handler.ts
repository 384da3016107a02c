import { nameOfUser } from '../../service/names.ts';
import type { Alert } from '../../service/types.ts';
import { t } from '../../words/index.ts';

/** Who is on it and how far they are, as one sentence. `mine`: it is whoever reads this. */
export function handlerOf(alert: Alert, mine: boolean): string {
  const { state, assignee, assigneeName } = alert;
  if (state === 'open' || state === 'resolved') return t(`family.handler.${state}`);
  if (mine) return t(`family.handler.${state}Mine`);
  if (assignee === undefined) return t(`family.handler.${state}Somebody`);
  return t(`family.handler.${state}`, { name: assigneeName ?? nameOfUser(assignee) });
}
