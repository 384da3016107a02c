import { z } from 'zod';
import type { Answers } from './answers.ts';
import { voiceReferenceLength } from './channels/aliyun-voice.ts';
import type { AlertDesk } from './contracts.ts';
import type { Log } from './log.ts';

/** Aliyun's SmsReport: one for each message, several in one push. */
const SmsReports = z.array(
  z.object({
    success: z.union([z.boolean(), z.stringbool()]),
    err_code: z.string().max(100).optional(),
    out_id: z.string().max(100).optional(),
  }),
);
/** Aliyun's VoiceReport: one for each call when it has ended, with the last key that was pressed. */
const VoiceReport = z.object({
  status_code: z.coerce.string().max(100),
  out_id: z.string().max(100).optional(),
  dtmf: z.coerce.string().max(20).optional(),
});
const VoiceReports = z.union([z.array(VoiceReport), VoiceReport.transform((report) => [report])]);

const taken = '200000';
/** Aliyun allows one call a minute to a number. */
const calledAgainAfterMs = 61_000;
const keys = { '1': 'acknowledge', '2': 'claim' } as const;

export type ReportParts = {
  readonly desk: Pick<AlertDesk, 'received' | 'notTaken' | 'notification'>;
  readonly answers: Pick<Answers, 'answerTo'>;
  readonly log: Log;
};

/** What Aliyun says became of text messages: with the handset, or not and why. Throws when it is no such report. */
export async function takeSmsReports(body: unknown, { desk }: ReportParts): Promise<void> {
  for (const { success, err_code: code, out_id: id } of SmsReports.parse(body)) {
    if (id === undefined) continue;
    if (success) await desk.received(id, 'delivered');
    else await desk.received(id, 'failed', `the network said ${codeIn(code)}`);
  }
}

/** What Aliyun says became of calls. Key 1 is "I know", key 2 "I am taking it"; a call nobody took is made again. */
export async function takeVoiceReports(body: unknown, parts: ReportParts): Promise<void> {
  for (const report of VoiceReports.parse(body)) {
    const id = report.out_id ?? '';
    if (id.length < voiceReferenceLength) continue;
    if (report.status_code !== taken) {
      await parts.desk.notTaken(id, `the call ended with ${codeIn(report.status_code)}`, calledAgainAfterMs);
      continue;
    }
    await parts.desk.received(id, 'delivered');
    const key = report.dtmf?.trim().slice(-1);
    if (key === '1' || key === '2') await answerByKey(id, keys[key], parts);
  }
}

/** Too late, or in another's hands: the call is over, so there is nobody to tell. */
async function answerByKey(
  id: string,
  action: 'acknowledge' | 'claim',
  { desk, answers, log }: ReportParts,
): Promise<void> {
  const notification = await desk.notification(id);
  if (notification === undefined) return;
  await answers.answerTo(notification, action, 'key').catch((error: unknown) => {
    log.warn({ notificationId: notification.id, error: String(error) }, 'a key pressed in a call changed nothing');
  });
}

/** Codes only: sentences may quote a number. */
function codeIn(code = 'nothing'): string {
  return /^[\w.:-]{1,40}$/.test(code) ? code : 'something else';
}
