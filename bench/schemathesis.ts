/**
 * Asks Schemathesis, which knows nothing of RingTrue, what it finds wrong with the reference server by the three contracts:
 *
 *   pip install schemathesis && npm run bench:schemathesis [-- CONTRACT…]
 *
 * Values that must exist on a target (fixtures, fields to sort and filter by) are filled in, as no document can tell them.
 * Exits 0 when nothing is found, 1 when something is, 2 when Schemathesis is not installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createApp } from '../reference-server/index.ts';
import { contractFile, contractNames } from '../scripts/contracts.ts';
import { withExistingValues, type Json } from './helpers/existing-values.ts';

/** Generated requests for each operation; a finding that needs more than these was not met in ten times as many. */
const EXAMPLES = '100';

if (spawnSync('schemathesis', ['--version']).error !== undefined) {
  console.error('schemathesis is not in PATH, so nothing was asked. Remedy: pip install schemathesis');
  process.exit(2);
}
const names = process.argv.length > 2 ? process.argv.slice(2) : contractNames;
const folder = mkdtempSync(join(tmpdir(), 'ringtrue-schemathesis-'));
const server = createServer(createApp()).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
let failed = 0;
try {
  for (const name of names) {
    const document = parse(readFileSync(contractFile(name), 'utf8')) as Json;
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(withExistingValues(document)));
    console.error(`${name}:`);
    const code = await run([
      'run',
      file,
      ...['--url', url, '--header', credential(document), '--max-examples', EXAMPLES, '--seed', '1', '--no-color'],
      // The links between operations are the suite's own affair; here each is asked by itself.
      ...['--phases', 'examples,coverage,fuzzing'],
    ]);
    if (code !== 0) failed += 1;
  }
} finally {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
console.error(
  failed === 0
    ? 'Schemathesis finds nothing.'
    : `Schemathesis finds something in ${String(failed)} of ${String(names.length)} contracts.`,
);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs Schemathesis, in a folder for what it leaves behind, and passes its output on; the server lives in this process, so nobody may wait for it idly. */
async function run(args: string[]): Promise<number | null> {
  const child = spawn('schemathesis', args, { stdio: 'inherit', cwd: folder });
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

/** The header that carries the development token, by the contract's only security scheme. */
function credential(document: Json): string {
  const { components, 'x-ringtrue-development': development } = document as {
    components: { securitySchemes: Record<string, { type: string; name?: string }> };
    'x-ringtrue-development': { token: string };
  };
  const [scheme] = Object.values(components.securitySchemes);
  const name = scheme?.type === 'apiKey' ? String(scheme.name) : 'Authorization';
  return `${name}: ${scheme?.type === 'apiKey' ? '' : 'Bearer '}${development.token}`;
}
