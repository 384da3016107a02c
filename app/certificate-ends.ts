import { X509Certificate } from 'node:crypto';
import type { TlsFiles } from '../broker/doors.ts';

/** A certificate that is served, or an authority that clients are checked against: who names it, and from when to when it is good. */
export type CertificateEnd = {
  readonly variable: 'ANJU_TLS_CERT' | 'ANJU_TLS_CA';
  readonly beganAtMs: number;
  readonly endsAtMs: number;
};

export type EndNotice = { readonly level: 'warn' | 'error'; readonly text: string };

const dayMs = 24 * 3_600_000;
/** From here on something is wrong with whatever renews it: most are renewed a month before they end. */
const warnedForMs = 21 * dayMs;
const pressingForMs = 3 * dayMs;
/** One for a few days is renewed a few days before: not everything is a warning then. */
const warnedShare = 1 / 4;
const pressingShare = 1 / 10;

const doNext: Readonly<Record<CertificateEnd['variable'], string>> = {
  ANJU_TLS_CERT: 'put a new certificate and its key where ANJU_TLS_CERT and ANJU_TLS_KEY point',
  ANJU_TLS_CA: 'put a new authority where ANJU_TLS_CA points, and give clients certificates of it',
};
const afterwards: Readonly<Record<CertificateEnd['variable'], string>> = {
  ANJU_TLS_CERT: 'devices and phones that check it get in no more',
  ANJU_TLS_CA: 'no client with a certificate of it gets in',
};

/** Of several authorities in a file the first to end counts; of a served chain its own certificate, the others are not ours to renew. */
export function endsOf({ cert, ca }: Pick<TlsFiles, 'cert' | 'ca'>): readonly CertificateEnd[] {
  const own = endOf('ANJU_TLS_CERT', cert);
  if (ca === undefined) return [own];
  const authorities = blocksIn(ca).map((block) => endOf('ANJU_TLS_CA', block));
  return [own, ...authorities.sort((a, b) => a.endsAtMs - b.endsAtMs).slice(0, 1)];
}

/** What is to be said of it now; undefined while it is good for long enough. */
export function noticeOf(end: CertificateEnd, nowMs: number): EndNotice | undefined {
  const { variable, beganAtMs, endsAtMs } = end;
  const [leftMs, lifetimeMs] = [endsAtMs - nowMs, endsAtMs - beganAtMs];
  if (leftMs >= Math.min(warnedForMs, lifetimeMs * warnedShare)) return undefined;
  const level = leftMs < Math.min(pressingForMs, lifetimeMs * pressingShare) ? 'error' : 'warn';
  const when = `${leftMs > 0 ? 'ends' : 'ended'} on ${new Date(endsAtMs).toISOString().slice(0, 16)}Z`;
  const then = leftMs > 0 ? `after that ${afterwards[variable]}` : afterwards[variable];
  const text = `the certificate in ${variable} ${when} (${daysInWords(leftMs)}), ${then}: ${doNext[variable]}; it is served within the hour, without a restart`;
  return { level, text };
}

function daysInWords(leftMs: number): string {
  const days = Math.floor(Math.abs(leftMs) / dayMs);
  const count = days === 1 ? '1 day' : `${days} days`;
  return leftMs > 0 ? `in ${count}` : `${count} ago`;
}

function endOf(variable: CertificateEnd['variable'], pem: Buffer | string): CertificateEnd {
  const { validFromDate, validToDate } = new X509Certificate(pem);
  return { variable, beganAtMs: validFromDate.getTime(), endsAtMs: validToDate.getTime() };
}

function blocksIn(pem: Buffer | string): readonly string[] {
  return pem.toString().match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs) ?? [];
}
