import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TlsFiles } from '../broker/doors.ts';
import { AppError } from '../model/errors.ts';
import type { ClientCheckedFiles } from './config.ts';

type Named = { readonly variable: string; readonly file: string };

/** The files of TLS, read and tried. Throws AppError with a sentence when one is not there, is something else, or they do not fit. */
export function readTls(files: ClientCheckedFiles): TlsFiles {
  const [certName, keyName] = [
    { variable: 'ANJU_TLS_CERT', file: files.cert },
    { variable: 'ANJU_TLS_KEY', file: files.key },
  ];
  const [cert, key] = [contentOf(certName), contentOf(keyName)];
  if (!certificateIn(cert, certName).checkPrivateKey(privateKeyIn(key, keyName)))
    throw wrong(keyName, `is not the key of the certificate in ${files.cert}`);
  return files.ca === undefined ? { cert, key } : { cert, key, ca: authorityIn(files.ca) };
}

/** An empty authority would let nobody in, and say nothing. */
function authorityIn(file: string): Buffer {
  const name = { variable: 'ANJU_TLS_CA', file };
  const ca = contentOf(name);
  certificateIn(ca, name);
  return ca;
}

function contentOf({ variable, file }: Named): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw wrong({ variable, file }, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function certificateIn(pem: Buffer, name: Named): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw wrong(name, 'is no certificate in PEM');
  }
}

function privateKeyIn(pem: Buffer, name: Named): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw wrong(name, 'is no private key in PEM, or has a password');
  }
}

function wrong({ variable, file }: Named, what: string): AppError {
  return new AppError('badRequest', `${variable}: ${file} ${what}`);
}
