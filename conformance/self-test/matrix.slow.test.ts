/**
 * The whole self-test, once, as the command that a user types. `.ci/run` shows what it said instead of running it again:
 * the text is left in `artefacts/selftest.txt`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { ruleIds } from '../rules/index.ts';
import { faults, variants } from './index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HALF_AN_HOUR = 30 * 60_000;

let text = '';
let code: unknown;

async function ringtrue(...args: string[]): Promise<{ text: string; code: unknown }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [status] = (await once(child, 'close')) as unknown[];
  return { text: Buffer.concat(chunks).toString(), code: status };
}

describe('the self-test', () => {
  beforeAll(async () => {
    ({ text, code } = await ringtrue('selftest'));
    mkdirSync(join(root, 'artefacts'), { recursive: true });
    writeFileSync(join(root, 'artefacts', 'selftest.txt'), text);
  }, HALF_AN_HOUR);

  it.each(['voice-calls', 'calldesk', 'aicaller'])(
    'kills every fault of %s and accuses no right server',
    (contract) => {
      const own = faults.filter((fault) => fault.contract === contract).length;
      const right = variants.filter((variant) => variant.contract === contract).length;
      expect(text).toContain(
        `${contract}: ${String(own)} of ${String(own)} faults killed, 0 of ${String(right)} right servers accused\n`,
      );
    },
  );

  it('names the right operation or field of each fault', () => {
    expect(text.split('\n').filter((line) => line.startsWith('  ✗'))).toEqual([]);
    expect(text).toContain('; 0 told wrongly; ');
  });

  it('shows of every rule that it is able to fail', () => {
    expect(text).toContain(`${String(ruleIds.length)} rules, each finds a fault`);
  });

  it('ends with 0', () => {
    expect(code, text).toBe(0);
  });
});
