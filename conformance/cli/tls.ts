/** Certificates, read and looked at before anything is sent. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { readBounded } from './read-file.ts';
import { reasonOf } from './reason.ts';
import { UsageError } from './errors.ts';
import { textOf } from './options/values.ts';
import type { Given } from './options/resolve.ts';

/** All the authorities that a system trusts take a quarter of it. */
const MOST_BYTES = 1024 * 1024;

export interface Tls {
  ca?: string;
  cert?: string;
  key?: string;
}

/** @throws UsageError that names the flag and the file */
export function readTls(files: { cacert?: Given; cert?: Given; key?: Given }): Tls {
  if ((files.cert === undefined) !== (files.key === undefined)) {
    const [there, missing] = files.cert ? ['--cert', '--key'] : ['--key', '--cert'];
    throw new UsageError(`${there} needs ${missing}: a client certificate and its key go together.`);
  }
  const tls = {
    ca: read(files.cacert, parseCertificates, 'certificate'),
    cert: read(files.cert, parseCertificates, 'certificate'),
    key: read(files.key, (pem) => createPrivateKey(pem), 'private key without passphrase'),
  };
  if (files.key && tls.cert !== undefined && tls.key !== undefined) {
    if (!new X509Certificate(tls.cert).checkPrivateKey(createPrivateKey(tls.key))) {
      throw new UsageError(
        `${files.key.place}: ${textOf(files.key)} holds another key than that of the certificate in ${String(files.cert?.value)}.`,
      );
    }
    tryOut(files.key, { cert: tls.cert, key: tls.key });
  }
  return tls;
}

/** OpenSSL takes what comes before the first mistake, and passes over the rest in silence. */
function parseCertificates(pem: string): void {
  const all = pem.match(/-----BEGIN CERTIFICATE-----[^]*?(?:-----END CERTIFICATE-----|$)/g) ?? [''];
  for (const one of all) new X509Certificate(one);
}

/** What will be made for each connection is made once beforehand. */
function tryOut(given: Given, options: SecureContextOptions): void {
  try {
    createSecureContext(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${given.place}: ${textOf(given)} cannot be used: ${reason}.`);
  }
}

function read(given: Given | undefined, parse: (pem: string) => unknown, what: string): string | undefined {
  if (given === undefined) return undefined;
  const file = textOf(given);
  let pem: string;
  try {
    pem = readBounded(file, { most: MOST_BYTES });
  } catch (error) {
    throw new UsageError(`${given.place}: ${file} cannot be read: ${reasonOf(error)}.`);
  }
  try {
    parse(pem);
  } catch {
    throw new UsageError(`${given.place}: ${file} holds no ${what} in PEM form, or something else besides.`);
  }
  return pem;
}
