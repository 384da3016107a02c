import { execFileSync } from 'node:child_process';

/** A pair of its own, as a renewal writes it, good for so many days. */
export function makePair(cert: string, key: string, days = 2): void {
  const kind = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    String(days),
    '-subj',
    '/CN=renewed',
  ];
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert], { stdio: 'ignore' });
}
