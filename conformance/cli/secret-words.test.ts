import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SecretWords } from '../run/index.ts';
import { readSettings } from './settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-words-'));
  writeFileSync(join(folder, "it's.txt"), 'token-of-a-file\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Flags = [name: string, value: string | string[]][];

async function wordsOf(flags: Flags, env: Record<string, string> = {}, config?: string): Promise<SecretWords> {
  const named = config === undefined ? [] : [['config', join(folder, 'config.yaml')] as const];
  if (config !== undefined)
    writeFileSync(join(folder, 'config.yaml'), config.replace('FILE', JSON.stringify(join(folder, "it's.txt"))));
  const { request } = await readSettings(new Map([...flags, ...named]), undefined, {
    env,
    cwd: folder,
    err: () => undefined,
  });
  return request.secretWords ?? {};
}

it.each<[what: string, flags: Flags, env: Record<string, string>, config: string | undefined, token: string]>([
  ['a flag', [['token', 'abcdef']], {}, undefined, '${TOKEN:?set it to what --token was given}'],
  ['its variable', [], { RINGTRUE_TOKEN: 'abcdef' }, undefined, '$RINGTRUE_TOKEN'],
  ['a file', [['token-file', "it's.txt"]], {}, undefined, String.raw`$(head -n 1 'it'\''s.txt')`],
  ['a file before a variable', [['token-file', "it's.txt"]], { RINGTRUE_TOKEN: 'x' }, undefined, '$(head'],
  ['a flag before a file', [['token', 'x']], { RINGTRUE_TOKEN_FILE: "it's.txt" }, undefined, '${TOKEN:?'],
  ['a file of the environment', [], { RINGTRUE_TOKEN_FILE: "it's.txt" }, undefined, '$(head'],
  ['a variable of the config file', [], { MINE: 'x' }, 'token: { env: MINE }', '$MINE'],
  ['a file of the config file', [], {}, 'token: { file: FILE }', '$(head'],
  ['the config file', [], {}, 'token: abcdef', '${TOKEN:?set it to what the config file was given}'],
  ['a variable before the config file', [], { RINGTRUE_TOKEN: 'x' }, 'token: abcdef', '$RINGTRUE_TOKEN'],
])('a token that came from %s is named so', async (_, flags, env, config, token) => {
  expect((await wordsOf(flags, env, config)).token).toContain(token);
});

it('tokens of roles and headers have variables of their own', async () => {
  const config = 'role-tokens:\n  client: { env: CLIENT }\n  staff: x\nheaders:\n  X-Key: { env: KEY }\n';
  const flags: Flags = [
    ['role-token', ['staff=abcdef']],
    ['header', ['Authorization: Bearer abcdef']],
  ];
  expect(await wordsOf(flags, { CLIENT: 'c', KEY: 'k' }, config)).toEqual({
    token: undefined,
    roles: { client: '$CLIENT', staff: '${STAFF_TOKEN:?set it to what --role-token was given}' },
    headers: { 'x-key': '$KEY', authorization: '${AUTHORIZATION:?set it to what -H was given}' },
  });
});
