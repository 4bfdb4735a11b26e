/** Runs the steps of action.yml here, with the environment that GitHub would give them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Action {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: { id?: string; shell: string; env: Record<string, string>; run: string }[] };
}

const root = fileURLToPath(new URL('..', import.meta.url));
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const cli = join(root, 'dist', 'cli.js');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-action-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Does what the runner does: fills the inputs in, runs the one step, reads its outputs. */
function runAction(inputs: Record<string, string>, npx: string) {
  const [step] = action.runs.steps;
  if (step === undefined) throw new Error('action.yml has no step.');
  const value = (name: string): string => inputs[name] ?? action.inputs[name]?.default ?? '';
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_all, input: string) => value(input)),
    ]),
  );
  const output = join(folder, 'output');
  writeFileSync(output, '');
  writeFileSync(join(folder, 'npx'), `#!/usr/bin/env bash\n${npx}\n`);
  chmodSync(join(folder, 'npx'), 0o755);
  const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', step.run], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      ...env,
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      GITHUB_OUTPUT: output,
      NO_COLOR: '1',
    },
  });
  return { status, stdout, stderr, outputs: readFileSync(output, 'utf8') };
}

const print = `printf '%s\\n' "$@"; env | grep ^RINGTRUE_ | grep -v '=$' | sort`;

describe('workflows', () => {
  it.each(['.github/workflows/ci.yml', '.github/workflows/release.yml', 'examples/github-workflow.yml'])(
    '%s names the actions of others by commit',
    (file) => {
      const used = [...readFileSync(join(root, file), 'utf8').matchAll(/uses: (\S+)/g)].map(([, name]) => name ?? '');
      expect(used.length).toBeGreaterThan(1);
      expect(used.filter((name) => !/^ringtrue\/|@[0-9a-f]{40}$/.test(name))).toEqual([]);
    },
  );

  it('no token is at hand where the package is built', () => {
    const { jobs } = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')) as {
      jobs: Record<string, { permissions?: Record<string, string>; steps: { run?: string }[] }>;
    };
    expect(JSON.stringify(jobs)).not.toContain('secrets.');
    const building = Object.values(jobs).filter(({ steps }) => steps.some(({ run }) => run?.includes('.ci/run')));
    expect(building.map(({ permissions }) => permissions?.['id-token'])).toEqual([undefined]);
  });
});

describe('action.yml', () => {
  it('every input reaches the step, and by the environment alone', () => {
    const [step] = action.runs.steps;
    const handed = Object.values(step?.env ?? {}).join(' ');
    for (const name of Object.keys(action.inputs)) {
      if (name !== 'working-directory') expect(handed).toContain(`\${{ inputs.${name} }}`);
    }
    expect(step?.run).not.toContain('${{');
  });

  it('the inputs are what `ringtrue run` reads', () => {
    const { status, stdout, outputs } = runAction(
      {
        url: 'http://127.0.0.1:8080',
        token: 's3cret',
        fixtures: 'staff_uid=$(touch pwned)',
        strict: 'true',
        report: 'html=report.html',
        version: '1.2.3',
      },
      print,
    );
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([
      '--yes',
      'ringtrue@1.2.3',
      'run',
      'RINGTRUE_FIXTURE=staff_uid=$(touch pwned)',
      'RINGTRUE_REPORT=html=report.html',
      'RINGTRUE_STRICT=true',
      'RINGTRUE_TOKEN=s3cret',
      'RINGTRUE_URL=http://127.0.0.1:8080',
    ]);
    expect(outputs).toBe('verdict=conformant\nexit-code=0\n');
  });

  it('an input that was left out is none', () => {
    const { stdout } = runAction({}, print);
    expect(stdout.trim().split('\n')).toEqual(['--yes', `ringtrue@${version}`, 'run']);
  });

  it.each([
    [1, 'non-conformant'],
    [2, 'error'],
    [3, 'incomplete'],
    [70, 'error'],
    [130, 'incomplete'],
  ])('exit code %i is handed on, as %s', (code, verdict) => {
    const { status, outputs } = runAction({}, `exit ${String(code)}`);
    expect(status).toBe(code);
    expect(outputs).toBe(`verdict=${verdict}\nexit-code=${String(code)}\n`);
  });

  it('every environment name that it sets is one of `ringtrue run`', () => {
    const { stdout: help } = spawnSync(process.execPath, [cli, 'run', '--help'], { encoding: 'utf8' });
    const names = Object.keys(action.runs.steps[0]?.env ?? {}).filter((name) => name !== 'VERSION');
    expect(names.length).toBeGreaterThan(20);
    const flagOf = (name: string): string => name.replace('RINGTRUE_', '--').toLowerCase().replaceAll('_', '-');
    for (const name of names) expect(help).toContain(`${flagOf(name)} `);
  });

  it('every flag of `ringtrue run` is an input', () => {
    const { stdout: help } = spawnSync(process.execPath, [cli, 'run', '--help'], { encoding: 'utf8' });
    const flags = [...help.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, flag = '']) => flag);
    expect(flags.length).toBeGreaterThan(30);
    const inputs = Object.keys(action.inputs);
    const several = (flag: string): boolean => inputs.includes(flag) || inputs.includes(`${flag}s`);
    expect(flags.filter((flag) => flag !== 'help' && !several(flag))).toEqual([]);
  });

  it('it judges the reference server, with the real command', () => {
    const command = `shift 2; exec ${JSON.stringify(process.execPath)} ${JSON.stringify(cli)} "$@"`;
    const { status, stdout, outputs } = runAction({ profile: 'core', report: 'json=report.json' }, command);
    expect(stdout).toContain('CONFORMANT');
    expect(status).toBe(0);
    expect(outputs).toContain('verdict=conformant');
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'conformant' });
  });
});
