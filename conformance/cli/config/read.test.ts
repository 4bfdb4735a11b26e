import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder, type Folder } from '../testing/cli.ts';
import { readConfig } from './read.ts';
import { valueOf } from './value-ref.ts';

let folder: Folder;
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => {
  folder.remove();
});

const isBuiltin = (name: string): boolean => name === 'voice-calls';

function read(text: string, name?: string) {
  writeFileSync(join(folder.path, name ?? 'ringtrue.config.yaml'), text);
  return readConfig(name, folder.path, isBuiltin);
}

describe('the config file', () => {
  it('none is no error', async () => {
    expect(await readConfig(undefined, folder.path, isBuiltin)).toBeUndefined();
  });

  it('one that is named has to be there', async () => {
    await expect(readConfig('mine.yaml', folder.path, isBuiltin)).rejects.toThrow(
      'mine.yaml cannot be read: there is no such file or folder.',
    );
  });

  it('comments alone are an empty config', async () => {
    expect(await read('# nothing\n')).toMatchObject({ fixtures: [] });
  });

  it('its keys are the flags', async () => {
    const config = await read(
      'url: http://x\nworkers: 3\nstrict: true\ninclude: auth-*\nexclude: [a, b]\ntimeout: 0.5\n',
    );
    expect([...(config?.values ?? [])].map(([key, { value }]) => [key, value])).toEqual([
      ['url', 'http://x'],
      ['workers', '3'],
      ['strict', true],
      ['include', ['auth-*']],
      ['exclude', ['a', 'b']],
      ['timeout', '0.5'],
    ]);
    expect(config?.values.get('strict')?.place).toBe('ringtrue.config.yaml:3 strict');
  });

  it('a key without a value is left out', async () => {
    expect((await read('url:\nfixtures:\n  # a: b\n'))?.values.size).toBe(0);
  });

  it.each([
    ['\nurll: x\n', 'ringtrue.config.yaml:2: unknown key urll. Did you mean "url"?'],
    ['fixture: {}\n', 'ringtrue.config.yaml:1: unknown key fixture. Did you mean "fixtures"?'],
    ['role-token: {}\n', 'Did you mean "role-tokens"?'],
    ['xyzzy: 1\n', 'Known keys: url, contract, token'],
    ['config: other.yaml\n', 'unknown key config'],
    ['- a\n', 'ringtrue.config.yaml:1: the config has to be a map of names and values.'],
    ['strict: perhaps\n', 'ringtrue.config.yaml:1: strict has to be true or false.'],
    ['url: 5\n', 'ringtrue.config.yaml:1: url has to be a text.'],
    ['workers: [1]\n', 'workers has to be a number.'],
    ['include: [1]\n', 'include has to be a text or a list of texts.'],
    ['url: "a\n', 'this is no YAML'],
    ['token: 5\n', 'put it into quotes'],
    [
      'token: { evn: X }\n',
      'ringtrue.config.yaml:1: token has an unknown key evn; it takes env or file. Did you mean "env"?',
    ],
    ['headers: x\n', 'headers has to be a map of names and values.'],
    ['fixtures: { a: 5 }\n', 'the fixture a has to be a text; put it into quotes.'],
    ['fixtures: { a: [b] }\n', 'the fixture a has to be a value, { env: NAME }, or { get:'],
    ['fixtures: { a: {} }\n', 'the fixture a has to be a value, { env: NAME }, or { get:'],
    ['fixtures: { a: { env: X, get: /x } }\n', 'the fixture a has to be a value'],
    ['fixtures: { a: { evn: X } }\n', 'the fixture a has an unknown key evn'],
    ['fixtures: { a: { env: X, pointer: /x } }\n', 'pointer does not go with env.'],
    ['fixtures: { a: { get: x, pointer: /x } }\n', 'the path x has to begin with a slash'],
    ['fixtures: { a: { get: /x } }\n', 'pointer is missing.'],
    ['fixtures: { a: { get: /x, pointer: data.uid } }\n', 'data.uid is no JSON Pointer'],
    [
      'fixtures:\n  a:\n    get: /x\n    pointer: /x\n    fallback:\n      put: /x\n',
      'ringtrue.config.yaml:6: fallback has an unknown key put',
    ],
    ['fixtures: { a: { env: X, secret: 1 } }\n', 'secret has to be true or false.'],
  ])('%j is refused with its line', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
    await expect(read(text)).rejects.toThrow(/^ringtrue\.config\.yaml:\d+: /);
  });

  it('paths in it are relative to its own folder', async () => {
    mkdirSync(join(folder.path, 'sub'));
    const config = await read(
      'contract: mine.yaml\ncacert: ca.pem\nexpected-failures: /abs/e.yaml\nreport: [json, html=out/r.html, har=-]\ntoken: { file: t }\n',
      'sub/c.yaml',
    );
    expect(config?.values.get('contract')?.value).toBe(join('sub', 'mine.yaml'));
    expect(config?.values.get('cacert')?.value).toBe(join('sub', 'ca.pem'));
    expect(config?.values.get('expected-failures')?.value).toBe('/abs/e.yaml');
    expect(config?.values.get('report')?.value).toEqual(['json', `html=${join('sub', 'out', 'r.html')}`, 'har=-']);
    expect(config?.token).toMatchObject({ kind: 'file', path: join('sub', 't') });
  });

  it('a built-in contract and a URL are no paths', async () => {
    expect((await read('contract: voice-calls\n'))?.values.get('contract')?.value).toBe('voice-calls');
    expect((await read('contract: https://x/y.yaml\n'))?.values.get('contract')?.value).toBe('https://x/y.yaml');
  });

  it('secrets come from the environment, a file, or the text', async () => {
    writeFileSync(join(folder.path, 'secret'), 'from-file\n');
    const config = await read(
      `token: { env: T }\nrole-tokens:\n  staff: { file: ${join(folder.path, 'secret')} }\nheaders: { X-A: text }\n`,
    );
    const env = { T: 'from-env' };
    expect(config?.token && valueOf(config.token, env)).toBe('from-env');
    expect(valueOf(config!.roleTokens.get('staff')!, env)).toBe('from-file');
    expect(valueOf(config!.headers.get('X-A')!, env)).toBe('text');
    expect(() => valueOf(config!.token!, {})).toThrow('ringtrue.config.yaml:1: the environment variable T is not set.');
  });

  it('fixtures are values, variables, or requests with a fallback', async () => {
    const config = await read(`fixtures:
  a: s-1
  b: { env: B, secret: true }
  c:
    get: /clients
    pointer: /data/0/uid
    fallback: { post: /clients, body: { name: x }, pointer: /data/uid }
`);
    expect(config?.fixtures).toEqual([
      { name: 'a', kind: 'value', value: 's-1', via: 'config', secret: false, place: 'ringtrue.config.yaml:2' },
      { name: 'b', kind: 'env', variable: 'B', secret: true, place: 'ringtrue.config.yaml:3' },
      {
        name: 'c',
        kind: 'requests',
        secret: false,
        place: 'ringtrue.config.yaml:4',
        requests: [
          { method: 'GET', path: '/clients', pointer: '/data/0/uid', body: undefined },
          { method: 'POST', path: '/clients', pointer: '/data/uid', body: { name: 'x' } },
        ],
      },
    ]);
  });
});
