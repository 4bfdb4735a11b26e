/** The known defect in all its shapes, through the command that a user types. `npm run selftest` runs every fault and variant. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { faults } from './index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HALF_AN_HOUR = 30 * 60_000;
const defect = 'voice-calls/external-uuid';

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
    ({ text, code } = await ringtrue('selftest', '--contract', 'voice-calls', '--only', `${defect}*`));
  }, HALF_AN_HOUR);

  it('kills the known defect in every shape, and tells it rightly', () => {
    const shapes = faults.filter(({ id }) => id.startsWith(defect)).length;
    expect(text).toContain(`${String(shapes)} of ${String(shapes)} faults killed (100%); 0 told wrongly`);
  });

  it('ends with 0', () => {
    expect(code, text).toBe(0);
  });
});
