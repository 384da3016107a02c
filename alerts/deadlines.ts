import type { Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import type { AlertChange } from '../store/contracts.ts';
import { decidedByTime } from './by-time.ts';
import type { Decision } from './decision.ts';
import { waitingNoLaterThan } from './escalation.ts';
import { heldNoLaterThan } from './lease.ts';
import type { Log } from './log.ts';
import { NextWords } from './next-words.ts';
import { offeredNoLaterThan } from './offer.ts';
import type { OpenAlerts } from './open-alerts.ts';
import type { Steps } from './policy/defaults.ts';
import type { Surroundings } from './policy/recipients.ts';
import { policyOf } from './policy/select.ts';
import { type Silences, silenceOver } from './silences.ts';

export type DeadlinesParts = {
  readonly directory: Directory;
  /** IANA name: rosters and quiet hours. */
  readonly timeZone: string;
  readonly open: OpenAlerts;
  readonly silences: Silences;
  readonly around: (nowMs: number) => Surroundings;
  /** What a decision writes; the alert is so in memory from here on. */
  readonly remembered: (decision: Decision, nowMs: number) => AlertChange;
  readonly log: Log;
};

/** What time alone does to open alerts. */
export class Deadlines {
  readonly #parts: DeadlinesParts;
  readonly #nextWords: NextWords;

  constructor(parts: DeadlinesParts) {
    this.#parts = parts;
    this.#nextWords = new NextWords(parts.directory, parts.timeZone);
  }

  /** The changes that are due by now, gravest first, one for each alert and about `atMost`. One that breaks harms no other. */
  due(nowMs: number, atMost = Number.POSITIVE_INFINITY): AlertChange[] {
    const { open, log } = this.#parts;
    const changes: AlertChange[] = [];
    const due = this.#nextWords.due(open.values(), nowMs, log);
    for (const alert of due.sort((a, b) => (a.severity < b.severity ? -1 : Number(a.severity > b.severity)))) {
      if (changes.length >= atMost) break;
      try {
        changes.push(...this.#changesOf(alert, nowMs));
      } catch (error) {
        log.error({ alertId: alert.id, error: String(error) }, 'an alert could not be escalated');
      }
    }
    return changes;
  }

  #changesOf(alert: Alert, nowMs: number): AlertChange[] {
    const { open, silences, remembered } = this.#parts;
    const around = this.#parts.around(nowMs);
    const waiting = noLaterThan(alert, policyOf(around.directory, alert), nowMs);
    if (waiting !== alert) open.put(waiting);
    const silence = waiting.silenced === undefined ? undefined : silences.over(waiting, nowMs);
    const decision = silenceOver(waiting, silence, nowMs) ?? decidedByTime(waiting, around);
    return decision === undefined ? [] : [remembered(decision, nowMs)];
  }
}

/** Nothing waits for the hour that was lost when the clock was set back; the same alert when it was not. */
function noLaterThan(alert: Alert, policy: Steps | undefined, nowMs: number): Alert {
  return offeredNoLaterThan(heldNoLaterThan(waitingNoLaterThan(alert, policy, nowMs), nowMs), nowMs);
}
