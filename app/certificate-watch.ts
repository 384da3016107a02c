import type { Log } from '../api/parts.ts';
import type { TlsFiles } from '../broker/doors.ts';
import { type CertificateEnd, endsOf, noticeOf } from './certificate-ends.ts';
import type { ClientCheckedFiles } from './config.ts';
import { readTls } from './tls-files.ts';

type Renew = (files: TlsFiles) => void;

/** It is looked at each hour: said when nearly a day has passed, at the same hour of each day. */
const saidAgainAfterMs = 23.5 * 3_600_000;

/**
 * A certificate ends after weeks, a service runs for months: new files are served from the next connection on, and that one
 * ends soon is said once a day.
 */
export class CertificateWatch {
  readonly #names: ClientCheckedFiles | undefined;
  readonly #renew: Renew;
  readonly #log: Pick<Log, 'info' | 'warn' | 'error'>;
  #last: string | undefined;
  /** Of what is served. */
  #ends: readonly CertificateEnd[] = [];
  #saidAtMs = Number.NEGATIVE_INFINITY;

  constructor(names: ClientCheckedFiles | undefined, renew: Renew, log: Pick<Log, 'info' | 'warn' | 'error'>) {
    this.#names = names;
    this.#renew = renew;
    this.#log = log;
    if (names !== undefined) this.#serves(readTls(names));
  }

  /** Reads the files again. What cannot be served (half a renewal) is said in the log, and the old pair stays. */
  async look(nowMs: number): Promise<void> {
    if (this.#names === undefined) return;
    this.#readAgain(this.#names);
    this.#sayEnds(nowMs);
  }

  /** For health: `ok`, or what ends when and what to do. Undefined without TLS. */
  check(nowMs: number): string | undefined {
    if (this.#names === undefined) return undefined;
    const notices = this.#ends.flatMap((end) => noticeOf(end, nowMs)?.text ?? []);
    return notices.length === 0 ? 'ok' : notices.join('; ');
  }

  /** How many seconds are left of each; negative when it has ended. */
  metrics(nowMs: number): ReadonlyMap<string, number> {
    return new Map(
      this.#ends.map(({ variable, endsAtMs }) => [
        `tls_certificate_expires_seconds{file="${variable}"}`,
        Math.floor((endsAtMs - nowMs) / 1000),
      ]),
    );
  }

  #serves(files: TlsFiles): void {
    this.#last = textOf(files);
    this.#ends = endsOf(files);
  }

  #readAgain(names: ClientCheckedFiles): void {
    try {
      const files = readTls(names);
      if (textOf(files) === this.#last) return;
      this.#renew(files);
      this.#serves(files);
      this.#log.info({}, 'a new certificate is served over TLS from now on');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.error(
        { reason },
        'the new certificate cannot be served; the old one stays: look at ANJU_TLS_CERT and ANJU_TLS_KEY',
      );
    }
  }

  #sayEnds(nowMs: number): void {
    if (Math.abs(nowMs - this.#saidAtMs) < saidAgainAfterMs) return;
    for (const end of this.#ends) {
      const notice = noticeOf(end, nowMs);
      if (notice === undefined) continue;
      this.#log[notice.level]({ endsAt: new Date(end.endsAtMs).toISOString() }, notice.text);
      this.#saidAtMs = nowMs;
    }
  }
}

function textOf({ cert, key, ca }: TlsFiles): string {
  return JSON.stringify([cert, key, ca].map((part) => part?.toString()));
}
