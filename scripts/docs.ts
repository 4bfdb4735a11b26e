/**
 * Builds one HTML page per contract into `dist/docs`, with Redocly.
 *
 *   tsx scripts/docs.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findBin } from '../conformance/cli/redocly.ts';
import { contractFile, contractNames, root } from './contracts.ts';

const program = findBin('@redocly/cli', 'redocly', [root]);
if (program === undefined) throw new Error('docs: @redocly/cli is not installed; run npm ci.');
mkdirSync(join(root, 'dist', 'docs'), { recursive: true });
for (const name of contractNames) {
  const page = join(root, 'dist', 'docs', `${name}.html`);
  const { status } = spawnSync(process.execPath, [program, 'build-docs', contractFile(name), '-o', page], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  if (status !== 0) {
    console.error(`docs: the page of ${name} could not be built.`);
    process.exitCode = 1;
    break;
  }
  console.error(`docs: ${relative(root, page)}`);
}
