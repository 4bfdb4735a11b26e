/** The other commands. */
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conformant, lostExternalUuid } from '../report/sample.ts';
import { rules } from '../rules/index.ts';
import { ended, emptyFolder, ringtrue, start, type Folder, type Outcome } from './testing/cli.ts';

let folder: Folder;
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => {
  folder.remove();
});

const cli = (...args: string[]): Promise<Outcome> => ringtrue(args, { cwd: folder.path });
const inFolder = (name: string): string => join(folder.path, name);

describe('help', () => {
  it('--version is the version alone', async () => {
    const { code, stdout } = await cli('--version');
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(code).toBe(0);
  });

  it.each(['run', 'list', 'explain', 'serve', 'mock', 'types', 'lint', 'selftest', 'init', 'diff', 'merge'])(
    '%s --help has an example and a place in the overview',
    async (command) => {
      const [overview, help] = await Promise.all([cli('--help'), cli(command, '--help')]);
      expect(overview.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
      expect(help.stdout).toMatch(new RegExp(`^  \\$ ringtrue ${command}`, 'm'));
      expect(help.code).toBe(0);
    },
  );
});

describe('list', () => {
  it('has a case per line, with id and level', async () => {
    const { code, stdout } = await cli('list', 'calldesk');
    for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(/^(MUST|SHOULD|MAY) +[a-z-]+\.\S+ {2,}\S/);
    expect(code).toBe(0);
  });

  it('narrows down', async () => {
    const { stdout } = await cli('list', '--include', 'round-trip.*', '--json');
    const cases = JSON.parse(stdout) as { rule: string }[];
    expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(['round-trip']));
  });

  it('--rules has every rule', async () => {
    const { stdout } = await cli('list', '--rules');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(rules.map(({ id }) => id));
  });

  it('a reader who leaves early is no failure', async () => {
    const child = start(['list'], { cwd: folder.path });
    child.stdout?.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });
});

describe('a process', () => {
  it('whose standard output is a full disk says so and exits with 2', async () => {
    const full = openSync('/dev/full', 'w');
    const child = start(['list'], { cwd: folder.path, stdout: full });
    closeSync(full);
    const { code, stderr } = await ended(child);
    expect(stderr).toMatch(/^Standard output could not be written: the disk is full\.$/m);
    expect(stderr).not.toContain('defect of RingTrue');
    expect(code).toBe(2);
  });

  it('whose folder was deleted says so', async () => {
    const gone = mkdtempSync(join(folder.path, 'gone-'));
    const child = start(['list'], { cwd: gone, before: `rmdir '${gone}'` });
    const { code, stderr } = await ended(child);
    expect(stderr).toBe(
      'The folder that this was started in cannot be used: there is no such file or folder. Change to another one.\n',
    );
    expect(code).toBe(2);
  });

  it('reads a token from a file that is redirected to it', async () => {
    writeFileSync(inFolder('token'), 'vc_staff\n');
    const token = openSync(inFolder('token'), 'r');
    const child = start(['run', '--dry-run', '--token-file', '-'], { cwd: folder.path, stdin: token });
    closeSync(token);
    const { code, stderr } = await ended(child);
    expect(stderr).not.toContain('defect of RingTrue');
    expect(code).toBe(0);
  });
});

describe('explain', () => {
  it.each([
    ['round-trip', /^rule round-trip: [\s\S]*Example:\n[\s\S]*Requirements that it tests in voice-calls:/],
    ['VC-CREATE-201', /^requirement VC-CREATE-201 of voice-calls\n[\s\S]*source[\s\S]*rule accepts/],
    [
      'round-trip.createVoiceCall.external_uuid.get',
      /^case round-trip[\s\S]*requirement +"[\s\S]*source[\s\S]*Example:/,
    ],
    ['auth-missing.createCall', /^case auth-missing\.createCall\n/],
  ])('%s', async (id, says) => {
    const { code, stdout } = await cli('explain', id);
    expect(stdout).toMatch(says);
    expect(code).toBe(0);
  });
});

describe('lint', () => {
  it('a contract with nothing wrong is told so', async () => {
    const { code, stderr } = await cli('lint', 'aicaller');
    expect(stderr).toContain('aicaller.yaml: nothing is wrong');
    expect(code).toBe(0);
  });

  it('what is wrong stands with its line on standard output', async () => {
    writeFileSync(
      inFolder('mine.yaml'),
      'openapi: 3.1.0\ninfo: { title: t, version: "1" }\npaths:\n  /a:\n    get:\n      operationId: a\n      x-ringtrue-sorting: {}\n      responses: { "200": { description: d } }\n',
    );
    const { code, stdout } = await cli('lint', 'mine.yaml');
    expect(stdout).toMatch(/^mine\.yaml:7: .*x-ringtrue-sorting/m);
    expect(code).toBe(2);
  });
});

describe('serve', () => {
  it('serve listens, answers, and stops when told', async () => {
    const child = start(['serve', '--port', '0'], { cwd: folder.path });
    const [greeting] = (await once(child.stdout!, 'data')) as [Buffer];
    const url = /http:\/\/[\w.:]+/.exec(greeting.toString())?.[0] ?? '';
    expect((await fetch(url)).status).toBe(200);
    const end = ended(child);
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
  });

  it('serve on a port that is taken says so', async () => {
    const first = start(['serve', '--port', '0'], { cwd: folder.path });
    const [greeting] = (await once(first.stdout!, 'data')) as [Buffer];
    const port = /:(\d+)/.exec(greeting.toString())?.[1] ?? '';
    const { code, stderr } = await cli('serve', '--port', port);
    first.kill();
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use; choose another with --port`);
    expect(code).toBe(2);
  });
});

describe('init', () => {
  it('writes a config that run takes', async () => {
    const { code } = await cli('init', '--yes', '--url', 'http://127.0.0.1:8080', '--fixture', 'staff_uid=s-1');
    expect(code).toBe(0);
    const text = readFileSync(inFolder('ringtrue.config.yaml'), 'utf8');
    expect(text).toContain('token: { env: API_TOKEN }');
    expect(text).toContain('  staff_uid: s-1');
    expect(text).toContain('  # client_uid: "…"');
    const run = await ringtrue(['run', '--dry-run'], { cwd: folder.path, env: { API_TOKEN: 'x' } });
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('against http://127.0.0.1:8080');
  });

  it.each(['calldesk', 'aicaller'])('knows the fixtures of %s', async (contract) => {
    expect((await cli('init', '--yes', '--contract', contract)).code).toBe(0);
    const run = await ringtrue(['run', '--dry-run'], { cwd: folder.path, env: { API_TOKEN: 'x' } });
    expect(run.stdout).toMatch(new RegExp(`^${contract} `));
  });

  it('overwrites nothing without --force', async () => {
    writeFileSync(inFolder('ringtrue.config.yaml'), 'url: mine\n');
    const refused = await cli('init', '--yes');
    expect(refused.stderr).toBe(
      'ringtrue.config.yaml is there already. Add --force to overwrite it, or --file to write another.\n',
    );
    expect(refused.code).toBe(2);
    expect(readFileSync(inFolder('ringtrue.config.yaml'), 'utf8')).toBe('url: mine\n');
    expect((await cli('init', '--yes', '--force')).code).toBe(0);
  });
});

describe('diff', () => {
  beforeEach(() => {
    writeFileSync(inFolder('good.json'), JSON.stringify(conformant()));
    writeFileSync(inFolder('bad.json'), JSON.stringify(lostExternalUuid()));
  });

  it('something broke: exit code 1', async () => {
    const { code, stdout } = await cli('diff', 'good.json', 'bad.json');
    expect(stdout).toMatch(/^CONFORMANT -> NON-CONFORMANT/);
    expect(code).toBe(1);
  });

  it('something was mended: exit code 0', async () => {
    expect((await cli('diff', 'bad.json', 'good.json')).code).toBe(0);
  });
});
