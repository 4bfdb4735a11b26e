import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the last test of the kill matrix reads must be of this run, and of no earlier one. */
export function setup(): void {
  rmSync(fileURLToPath(new URL('../../artefacts/selftest', import.meta.url)), { recursive: true, force: true });
}
