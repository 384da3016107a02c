import type { Log } from '../api/parts.ts';
import type { TlsFiles } from '../broker/doors.ts';
import type { ClientCheckedFiles } from './config.ts';
import { readTls } from './tls-files.ts';

type Renew = (files: TlsFiles) => void;

/** A certificate ends after weeks, a service runs for months: new files are served from the next connection on. */
export class CertificateWatch {
  readonly #names: ClientCheckedFiles | undefined;
  readonly #renew: Renew;
  readonly #log: Pick<Log, 'info' | 'error'>;
  #last: string | undefined;

  constructor(names: ClientCheckedFiles | undefined, renew: Renew, log: Pick<Log, 'info' | 'error'>) {
    this.#names = names;
    this.#renew = renew;
    this.#log = log;
    if (names !== undefined) this.#last = textOf(readTls(names));
  }

  /** Reads the files again. What cannot be served (half a renewal) is said in the log, and the old pair stays. */
  async look(): Promise<void> {
    if (this.#names === undefined) return;
    try {
      const files = readTls(this.#names);
      const text = textOf(files);
      if (text === this.#last) return;
      this.#renew(files);
      this.#last = text;
      this.#log.info({}, 'a new certificate is served over TLS from now on');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.error(
        { reason },
        'the new certificate cannot be served; the old one stays: look at ANJU_TLS_CERT and ANJU_TLS_KEY',
      );
    }
  }
}

function textOf({ cert, key, ca }: TlsFiles): string {
  return JSON.stringify([cert, key, ca].map((part) => part?.toString()));
}
