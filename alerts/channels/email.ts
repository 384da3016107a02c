import { createTransport } from 'nodemailer';
import type { Channel, Delivery } from '../../model/notification.ts';
import { mailText } from '../wording.ts';
import { tellingOf, type WordParts } from './words.ts';

export type EmailParts = WordParts & {
  /** `smtp://user:password@host:port` or `smtps://…`: a secret. Absent: there is no mail server. */
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
};

/** Plain mail over SMTP, in two languages or the contact's. Without a server every mail is refused, with what to set. */
export function emailChannel(parts: EmailParts): Channel {
  const { smtp } = parts;
  if (smtp === undefined) return unconfigured;
  // A mail is made of our own words, and must never read a file or a page because somebody's words asked for it.
  const transport = createTransport({ url: smtp.url, disableFileAccess: true, disableUrlAccess: true });
  return {
    kind: 'email',
    async send(notification, alert, signal) {
      const mail = {
        from: smtp.from,
        to: { name: notification.recipientName, address: notification.address },
        // The same message when it is sent again, for mail programs that recognise copies.
        messageId: `<${notification.id}@anju>`,
        ...(alert.severity === 'P1' && { priority: 'high' as const }),
        ...mailText(tellingOf(parts, notification, alert)),
        textEncoding: 'base64' as const,
        signal,
      };
      return transport.sendMail(mail).then(
        (): Delivery => ({ outcome: 'sent' }),
        (error: unknown) => fromError(error),
      );
    },
  };
}

const unconfigured: Channel = {
  kind: 'email',
  send: async () => ({ outcome: 'rejected', reason: 'email is not configured: set ANJU_SMTP_URL' }),
};

/** Answers from 500 up are final (RFC 5321 4.2.1). The server's words are dropped: they may quote the address. */
function fromError(error: unknown): Delivery {
  const status = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  if (typeof status !== 'number') return { outcome: 'retry', reason: 'the mail server did not answer' };
  const reason = `the mail server answered ${status}`;
  return status >= 500 ? { outcome: 'rejected', reason } : { outcome: 'retry', reason };
}
