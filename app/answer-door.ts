import { hash, timingSafeEqual } from 'node:crypto';
import { ZodError } from 'zod';
import { Answers, type AnswersParts, type OpenedLink } from '../alerts/answers.ts';
import type { AlertDesk } from '../alerts/contracts.ts';
import { takeSmsReports, takeVoiceReports } from '../alerts/provider-reports.ts';
import { answerWords, headline } from '../alerts/wording.ts';
import type { AnswerDoor, LinkView } from '../api/parts.ts';
import { viewOfAlert } from '../model/alert.ts';
import { AppError } from '../model/errors.ts';

type Parts = Omit<AnswersParts, 'desk'> & {
  readonly desk: AlertDesk;
  readonly pushKey: string;
  readonly callbackSecret: string | undefined;
};

/** Where answers and providers' reports come in. */
export function answerDoor({ pushKey, callbackSecret, ...parts }: Parts): AnswerDoor {
  const answers = new Answers(parts);
  return {
    pushKey,
    look: async (token) => viewOf(await answers.look(token)),
    read: (token) => answers.read(token),
    answer: async (token) => viewOf(await answers.answer(token)),
    async report(kind, secret, body) {
      if (callbackSecret === undefined || !isSame(secret, callbackSecret)) return false;
      const take = kind === 'sms' ? takeSmsReports : takeVoiceReports;
      await take(body, { ...parts, answers }).catch(refuse);
      return true;
    },
  };
}

function viewOf(opened: OpenedLink | undefined): LinkView | undefined {
  if (opened === undefined) return undefined;
  const { state, action, alert, notification } = opened;
  return {
    state,
    headline: headline(viewOfAlert(alert)),
    button: answerWords[action],
    language: notification.language,
    residentName: notification.residentName,
    openedAtMs: alert.openedAtMs,
  };
}

function isSame(given: string, secret: string): boolean {
  const [left, right] = [given, secret].map((text) => hash('sha256', text, 'buffer'));
  return timingSafeEqual(left!, right!); // both were made just now
}

function refuse(error: unknown): never {
  if (error instanceof ZodError) throw new AppError('badRequest', 'this is no report of a message or a call');
  throw error;
}
