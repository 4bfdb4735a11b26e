import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './contracts.ts';
import { generate } from './generate.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringtrue-generate-'));
  await cp(join(root, 'openapi'), join(folder, 'openapi'), { recursive: true });
  await cp(join(root, 'generated'), join(folder, 'generated'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('generate', () => {
  it('the committed types are what the contracts give', async () => {
    const stale = (await generate(root)).filter(({ fresh }) => !fresh);
    expect(stale.map(({ file }) => file)).toEqual([]);
  });

  it('a contract that changed makes its types stale, and no other', async () => {
    const contract = join(folder, 'openapi', 'calldesk.yaml');
    await writeFile(contract, (await readFile(contract, 'utf8')).replaceAll('voice_changer_uid', 'voice_uid'));
    const stale = (await generate(folder)).filter(({ fresh }) => !fresh);
    expect(stale.map(({ file }) => file)).toEqual([join(folder, 'generated', 'calldesk.ts')]);
    expect(stale[0]?.text).toContain('voice_uid');
  });

  it('types that were edited by hand are stale', async () => {
    const file = join(folder, 'generated', 'aicaller.ts');
    await writeFile(file, `${await readFile(file, 'utf8')}\n`);
    expect((await generate(folder, ['aicaller']))[0]?.fresh).toBe(false);
  });

  it('types that are not there are stale', async () => {
    await rm(join(folder, 'generated', 'voice-calls.ts'));
    expect((await generate(folder, ['voice-calls']))[0]?.fresh).toBe(false);
  });
});
