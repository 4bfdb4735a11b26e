import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where `openapi/` stands as seen from `dist/*.js` and from this source file. */
const candidates = ['../openapi/', '../../openapi/'];

/** The folder with the built-in contracts: the same one whether this code runs from `dist/` or from its source. */
export function builtinContractDir(): string {
  for (const candidate of candidates) {
    const folder = fileURLToPath(new URL(candidate, import.meta.url));
    if (existsSync(folder)) return folder;
  }
  throw new Error('The folder openapi/ is missing beside dist/; the installation of ringtrue is incomplete.');
}
