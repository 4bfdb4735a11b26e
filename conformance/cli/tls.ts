/** Certificates, read and looked at before anything is sent. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { reasonOf } from './config/yaml-file.ts';
import { UsageError } from './errors.ts';
import { textOf } from './options/values.ts';
import type { Given } from './options/resolve.ts';

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
  return {
    ca: read(files.cacert, (pem) => new X509Certificate(pem), 'certificate'),
    cert: read(files.cert, (pem) => new X509Certificate(pem), 'certificate'),
    key: read(files.key, (pem) => createPrivateKey(pem), 'private key without passphrase'),
  };
}

function read(given: Given | undefined, parse: (pem: string) => unknown, what: string): string | undefined {
  if (given === undefined) return undefined;
  const file = textOf(given);
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${given.place}: ${file} cannot be read: ${reasonOf(error)}.`);
  }
  try {
    parse(pem);
  } catch {
    throw new UsageError(`${given.place}: ${file} holds no ${what} in PEM form.`);
  }
  return pem;
}
