import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { violations } from '../scripts/architecture/check.ts';
import { fieldNames } from '../scripts/architecture/field-names.ts';
import { parseSource } from '../scripts/architecture/source.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function files(folder: string, extension: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) =>
      relative(root, join(root, folder, name))
        .split(sep)
        .join('/'),
    );
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

describe('the architecture of CONTRIBUTING.md', () => {
  const names = new Set(
    files('openapi', '.yaml')
      .filter((path) => !path.endsWith('.requirements.yaml'))
      .flatMap((path) => [...fieldNames(read(path))]),
  );

  it('the field names of the three contracts are known to this test', () => {
    expect([...names]).toEqual(
      expect.arrayContaining(['external_uuid', 'caller_id', 'promptVariableValues', 'per_page']),
    );
  });

  it('every source file keeps to it', () => {
    const sources = ['conformance', 'reference-server', 'scripts'].flatMap((folder) => files(folder, '.ts'));
    const found = sources
      // The next test's own examples break the rules on purpose.
      .filter((path) => path !== 'conformance/architecture.test.ts')
      .flatMap((path) => violations(parseSource(path, read(path)), names));
    expect(found.join('\n')).toBe('');
  });
});

/** Only a rule that is not part of RingTrue says in words of its own what is wrong. */
const ownRules = 'conformance/rules/own.ts';
const ownWords = /\bbroken\(\{|kind: 'custom'/;

it('no rule writes sentences about what is wrong: it returns a breach, and explain has its words', () => {
  const rules = files('conformance/rules', '.ts').filter((path) => !path.endsWith('.test.ts') && path !== ownRules);
  expect(rules.length).toBeGreaterThan(50);
  expect(rules.filter((path) => ownWords.test(read(path)))).toEqual([]);
  expect(ownWords.test("return broken({ kind: 'x', message: 'y' });")).toBe(true);
});

describe('each architecture rule is able to fail', () => {
  const names = new Set(['external_uuid', 'promptVariableValues']);
  const broken: [what: string, path: string, code: string, says: string][] = [
    ['model imports a library', 'conformance/model/a.ts', `import { z } from 'zod';`, 'model/ is plain data'],
    ['model imports a layer', 'conformance/model/a.ts', `export type * from '../run/b.ts';`, 'model/ is plain data'],
    ['a rule reads a file', 'conformance/rules/a.ts', `import { readFileSync } from 'node:fs';`, 'imports node:fs'],
    ['a rule sends by itself', 'conformance/rules/a.ts', `const answer = await fetch(url);`, 'uses fetch'],
    [
      'a rule imports undici',
      'conformance/rules/a.ts',
      `const { request } = await import('undici');`,
      'imports undici',
    ],
    [
      'a rule imports the client',
      'conformance/rules/a.ts',
      `import type { A } from '../target/b.ts';`,
      'data flows contract -> values -> rules',
    ],
    [
      'values know the rules',
      'conformance/values/a.ts',
      `import type { A } from '../rules/types.ts';`,
      'data flows contract -> values -> rules',
    ],
    ['a value is drawn by chance', 'conformance/values/a.ts', `export const x = Math.random();`, 'uses Math.random'],
    ['a plan rolls dice', 'conformance/plan/a.ts', `export const x = Math.random();`, 'uses Math.random'],
    ['a plan reads the clock', 'conformance/plan/a.ts', `export const now = new Date();`, 'uses new Date()'],
    ['a plan reads the environment', 'conformance/plan/a.ts', `export const x = process.env['A'];`, 'uses process'],
    ['a rule waits by itself', 'conformance/rules/a.ts', `setTimeout(go, 1);`, 'uses setTimeout'],
    [
      'a rule names a field in a string',
      'conformance/rules/a.ts',
      `if (name === 'external_uuid') go();`,
      'field external_uuid',
    ],
    ['a rule names a field in code', 'conformance/rules/a.ts', `const x = body.external_uuid;`, 'field external_uuid'],
    [
      'a plan names a field',
      'conformance/plan/a.ts',
      'const x = `send ${y} promptVariableValues`;',
      'field promptVariableValues',
    ],
    [
      'a reporter knows the engine',
      'conformance/report/a.ts',
      `import { b } from '../run/b.ts';`,
      'report/ knows only model/',
    ],
    [
      'a reporter writes a file',
      'conformance/report/a.ts',
      `import { writeFile } from 'node:fs/promises';`,
      'renders a string',
    ],
    ['contract imports run', 'conformance/contract/a.ts', `import { b } from '../run/b.ts';`, 'data flows'],
    ['run imports cli', 'conformance/run/a.ts', `import { b } from '../cli/b.ts';`, 'imports cli/'],
    ['run imports the API index', 'conformance/run/a.ts', `import { b } from '../index.ts';`, 'data flows'],
    ['run starts the server', 'conformance/run/a.ts', `import('../../reference-server/app.ts');`, 'meets it by URL'],
    [
      'the derived server borrows from the rules',
      'conformance/derived/a.ts',
      `import { b } from '../rules/kit/b.ts';`,
      'stands on contract/ and values/ alone',
    ],
    ['a rule knows the derived server', 'conformance/rules/a.ts', `import { b } from '../derived/b.ts';`, 'data flows'],
    ['a run knows the derived server', 'conformance/run/a.ts', `import { b } from '../derived/b.ts';`, 'data flows'],
    [
      'the server borrows from the suite',
      'reference-server/a.ts',
      `import { b } from '../conformance/model/b.ts';`,
      'meet by URL only',
    ],
    ['a test title says should', 'conformance/run/a.test.ts', `it('should work', () => {});`, 'a title is a fact'],
    [
      'a case title says should',
      'conformance/rules/a.ts',
      'const c = { title: `${x} should be kept` };',
      'a title is a fact',
    ],
  ];
  it.each(broken)('%s', (_what, path, code, says) => {
    expect(violations(parseSource(path, code), names).join('\n')).toContain(says);
  });

  const sound: [what: string, path: string, code: string][] = [
    ['a rule reads the contract', 'conformance/rules/a.ts', `import { b } from '../contract/b.ts';`],
    ['a rule parses an instant', 'conformance/rules/a.ts', `const t = new Date(text).getTime() - Date.parse(other);`],
    ['a comment names a field', 'conformance/rules/a.ts', `// such as external_uuid\nconst x = 1;`],
    ['a session has a clock', 'conformance/rules/a.ts', `const t = session.performance; const o = { process: 1 };`],
    ['run sends through target', 'conformance/run/a.ts', `import { b } from '../target/b.ts';`],
    [
      'cli starts the server lazily',
      'conformance/cli/a.ts',
      `const { startServer } = await import('../../reference-server/index.ts');`,
    ],
    ['a title names the level SHOULD', 'conformance/run/a.test.ts', `it('a broken SHOULD is a warning', () => {});`],
  ];
  it.each(sound)('no violation: %s', (_what, path, code) => {
    expect(violations(parseSource(path, code), names)).toEqual([]);
  });
});
