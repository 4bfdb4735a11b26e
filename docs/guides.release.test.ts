/** The guides are followed to the letter, in a copy of the repository: what they say to write is written, what they say to run is run. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VITEST|npm_|RINGTRUE_|CI$|GITHUB_)/.test(name)),
);

let copy = '';
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'ringtrue-guide-'));
  for (const file of run(root, 'git', 'ls-files', '--cached', '--others', '--exclude-standard').trim().split('\n')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { force: true, errorOnExist: false });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
});
afterEach(() => {
  rmSync(copy, { recursive: true, force: true });
});

function run(cwd: string, program: string, ...args: string[]): string {
  return execFileSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The block of a guide that belongs into a file: it stands below a comment that names it. */
function block(guide: string, file: string): string {
  const text = readFileSync(join(root, guide), 'utf8');
  const at = text.indexOf(`<!-- ${file}`);
  const [, found] = /```\w*\n([\s\S]*?)```/.exec(text.slice(at)) ?? [];
  if (at < 0 || found === undefined) throw new Error(`${guide} has no block for ${file}`);
  return found;
}

const read = (file: string): string => readFileSync(join(copy, file), 'utf8');
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
};
/** Puts a text behind a place that is there once. */
function insert(file: string, behind: string, text: string): void {
  const parts = read(file).split(behind);
  expect(parts, `${file} has ${JSON.stringify(behind)} once`).toHaveLength(2);
  write(file, parts.join(behind + text));
}

describe('docs/writing-a-rule.md', () => {
  it('adds a rule that passes on right servers and finds its fault, in five files', () => {
    const guide = 'docs/writing-a-rule.md';
    const rule = 'conformance/rules/read-steady.ts';
    write(rule, block(guide, rule));
    const index = 'conformance/rules/index.ts';
    insert(index, "import type { Rule } from './types.ts';\n", block(guide, index));
    insert(index, 'export const rules: Rule[] = [\n', '  readSteady,\n');
    const row = 'openapi/calldesk.requirements.yaml';
    insert(row, '\nrequirements:\n', block(guide, row));
    const table = 'conformance/rules/rules.test.ts';
    insert(table, 'tweak: Tweak, names: string]> = {\n', block(guide, table));
    const fault = 'conformance/self-test/faults/calldesk/wire.ts';
    insert(fault, 'export const wire: readonly Fault[] = [\n', block(guide, fault));

    run(
      copy,
      'npx',
      'vitest',
      'run',
      '--project',
      'unit',
      'conformance/rules/rules.test.ts',
      'conformance/rules/ids.test.ts',
      '-u',
    );
    expect(run(copy, 'npx', 'tsx', 'scripts/requirements.ts', 'calldesk')).toContain('CD-READ-STEADY');
    run(copy, 'npx', 'tsc', '-p', 'tsconfig.json');
    run(copy, 'npx', 'tsx', 'scripts/build.ts');
    const said = run(
      copy,
      process.execPath,
      'dist/cli.js',
      'selftest',
      '--only',
      'calldesk/get-forgets-now-and-then',
      '--verbose',
    );
    expect(said).toContain('1 of 1 faults killed');
    expect(said).toContain('read-steady');
    const right = run(copy, process.execPath, 'dist/cli.js', 'run', 'calldesk', '--include', 'read-steady.*');
    expect(right).toContain('CONFORMANT');
  });
});
