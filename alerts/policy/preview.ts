import { type Alert, familyOfType } from '../../model/alert.ts';
import type { Preview, PreviewLine, PreviewQuestion } from '../../model/preview.ts';
import { handlingOf, revised } from '../decision.ts';
import { stepDueAtMs } from '../escalation.ts';
import { planTelling, type Telling } from '../telling.ts';
import type { Surroundings } from './recipients.ts';
import { policyOf, writtenPolicyOf } from './select.ts';

/** Once through the policy, and the first step of going through it again. */
const decisionsAtMost = 60;

/** "If she presses SOS on Sunday at 02:10": who would be told when, if nobody ever answered. */
export function previewOf(
  { directory, timeZone }: Pick<Surroundings, 'directory' | 'timeZone'>,
  question: PreviewQuestion,
): Preview {
  const { draft } = question;
  const around = (nowMs: number): Surroundings => ({ directory, timeZone, nowMs, draft });
  const opened = imagined(question, directory.residents.get(question.residentId)?.areaId ?? '');
  let telling = planTelling({ alert: opened, entries: [], tell: 'opened' }, around(question.atMs));
  const lines = linesOf(telling, question.atMs);
  for (let decisions = 0; decisions < decisionsAtMost; decisions += 1) {
    const { alert } = telling;
    const dueAtMs = stepDueAtMs(alert, policyOf(directory, alert, draft), timeZone);
    if (dueAtMs === undefined || (handlingOf(alert).round ?? 0) > 0) break;
    telling = planTelling({ alert: revised(alert, dueAtMs, {}), entries: [], tell: 'escalated' }, around(dueAtMs));
    lines.push(...linesOf(telling, dueAtMs));
  }
  const policy = writtenPolicyOf(directory, opened, draft);
  return { policy: policy && { id: policy.id, name: policy.name }, lines };
}

function linesOf({ notifications }: Telling, atMs: number): PreviewLine[] {
  const byRecipient = Map.groupBy(notifications, ({ recipientId }) => recipientId);
  return [...byRecipient].map(([recipientId, all]) => ({
    atMs,
    recipientId,
    recipientName: all[0]?.recipientName ?? recipientId,
    channels: all.map(({ channel }) => channel),
  }));
}

function imagined({ residentId, type, severity, atMs }: PreviewQuestion, areaId: string): Alert {
  return {
    id: 'preview',
    family: familyOfType[type],
    type,
    types: [type],
    severity,
    state: 'open',
    residentId,
    areaId,
    deviceIds: [],
    openedAtMs: atMs,
    updatedAtMs: atMs,
    late: false,
    suspected: false,
    count: 1,
    summary: { zh: '', en: '' },
    evidence: {},
    revision: 1,
  };
}
