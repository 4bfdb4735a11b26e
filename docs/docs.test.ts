/** Every command, flag, path and program that README and docs name is there. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startServer } from '../reference-server/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist', 'cli.js');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Folders and files at the top of the repository: a path in a page that begins with one of them has to exist. */
const ourPath =
  /^(?:openapi|conformance|reference-server|generated|scripts|bench|examples|docs|\.ci|\.github)\/[\w./@-]*$/;
/** Made by a script, so not in a fresh clone. */
const made = /^(?:dist|artefacts)\//;

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** Code blocks and code spans: prose may say "the ringtrue command" as it likes. */
function codeOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map(([, code = '']) =>
    code.replace(/\\\n\s*/g, ' '),
  );
  const rest = markdown.replace(/^```[\s\S]*?^```/gm, '');
  return [
    ...blocks.flatMap((block) => block.split('\n')),
    ...[...rest.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'ringtrue-docs-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const help = new Map<string, string>();
function helpOf(command: string): string {
  const known = help.get(command);
  if (known !== undefined) return known;
  const { stdout } = spawnSync(process.execPath, [cli, ...(command === '' ? [] : [command]), '--help'], {
    encoding: 'utf8',
  });
  help.set(command, stdout);
  return stdout;
}

/** `ringtrue run --url X` as command and flags; what follows a pipe or a comment is another command. */
function commandsIn(code: string): { command: string; flags: string[] }[] {
  return [...code.matchAll(/(?:^|\s)ringtrue (?!:)([a-z]+)?([^|&;#]*)/g)].map(([, command = '', rest = '']) => ({
    command,
    flags: [...rest.matchAll(/(?:^|\s)(--?[a-zA-Z][\w-]*)/g)].map(([, flag = '']) => flag),
  }));
}

describe.each(pages)('%s', (page) => {
  const text = read(page);
  const code = codeOf(text);

  it('names only npm scripts that exist', () => {
    const named = code.flatMap((line) =>
      [...line.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('names only commands and flags of ringtrue that exist', () => {
    const wrong: string[] = [];
    for (const { command, flags } of code.flatMap(commandsIn)) {
      if (command !== '' && !new RegExp(`^\\s+${command}\\b`, 'm').test(helpOf(''))) wrong.push(`ringtrue ${command}`);
      for (const flag of flags) {
        if (!new RegExp(`(?<![\\w-])${flag}(?![\\w-])`).test(helpOf(command)))
          wrong.push(`ringtrue ${command} ${flag}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('links and names only files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => normalize(join(dirname(page), target)));
    const named = code.flatMap((span) => span.split(/\s+/)).filter((word) => ourPath.test(word));
    const missing = [...links, ...named].filter((path) => !made.test(path) && !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('shows only TypeScript that compiles', () => {
    const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
    expect(
      blocks.flatMap((block, index) => compileErrors(`${page.replace(/\W/g, '-')}-${String(index)}.ts`, block)),
    ).toEqual([]);
  });
});

describe('README.md', () => {
  it('shows output that the command really prints, numbers aside', () => {
    const shown = /^```console\n([\s\S]*?)^```/m.exec(read('README.md'))?.[1]?.trimEnd().split('\n') ?? [];
    expect(shown.length).toBeGreaterThan(3);
    const { stdout } = spawnSync(process.execPath, [cli, 'run'], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    const printed = stdout.split('\n').map(shape);
    for (const line of shown.map(shape)) {
      // "…" stands for the rest of a line.
      const found = line.endsWith('…')
        ? printed.some((one) => one.startsWith(line.slice(0, -1).trim()))
        : printed.includes(line);
      expect(found, `${line}\nis not in\n${stdout}`).toBe(true);
    }
  });
});

describe('the first finding in README.md', () => {
  it('is there when its commands are pasted', () => {
    const block = /^```\n(PORT=[\s\S]*?)^```/m.exec(read('README.md'))?.[1] ?? '';
    const port = String(20_000 + (process.pid % 20_000));
    // The server needs a moment; whoever pastes the lines is slower.
    const lines = block.replaceAll('8099', port).replaceAll('npx ringtrue run', `node ${cli} run --wait-for 10`);
    const { stdout } = spawnSync('bash', ['-c', lines], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(stdout).toContain('1 MUST broken');
    expect(stdout).toMatch(/^ {3}get +✗ missing$/m);
    expect(stdout).toContain('Store variety in addSeedLot');
  });
});

describe('docs/ci.md', () => {
  it('shows the file of expected failures as the command reads it', () => {
    const block = /^The file is a list[\s\S]*?^```yaml\n([\s\S]*?)^```/m.exec(read('docs/ci.md'))?.[1] ?? '';
    expect(block).toContain('expires:');
    const dry = (input: string): { status: number | null; stderr: string } => {
      const file = join(folder, 'expected.yaml');
      writeFileSync(file, input);
      return spawnSync(process.execPath, [cli, 'run', '--dry-run', '--expected-failures', file], { encoding: 'utf8' });
    };
    expect(dry(block)).toMatchObject({ status: 0 });
    expect(dry(block.replace('reason:', 'why:'))).toMatchObject({ status: 2 });
  });
});

describe('the GitLab job in docs/ci.md', () => {
  it('judges a target as it stands there', async () => {
    const block = /^GitLab:[\s\S]*?^```yaml\n([\s\S]*?)^```/m.exec(read('docs/ci.md'))?.[1] ?? '';
    const { conformance } = parse(block) as { conformance: { script: string } };
    const script = conformance.script.replace('npx --yes ringtrue', `node ${cli}`);
    const server = await startServer({ host: '127.0.0.1', port: 0 });
    try {
      const env = { ...process.env, API_URL: server.url, RINGTRUE_TOKEN: 'staff-token' };
      const job = spawn('sh', ['-c', script], { cwd: folder, env, stdio: 'ignore' });
      expect(await once(job, 'close')).toEqual([0, null]);
    } finally {
      await server.close();
    }
    expect(existsSync(join(folder, 'junit.xml'))).toBe(true);
  });
});

/** What stays the same from run to run: no numbers, times, hashes or widths. */
function shape(line: string): string {
  return line
    .replace(/\b[0-9a-f]{12}\b/g, '<hash>')
    .replace(/\d[\d,.:TZ-]*/g, '<n>')
    .replace(/\b(ms|s|min)\b/g, '<unit>')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Compiles a block as if it stood in a file at the repository's root, so that `ringtrue/…` is the package itself. */
function compileErrors(name: string, code: string): string[] {
  const path = join(root, name);
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const host = ts.createCompilerHost(config?.options ?? {});
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => file === path || fileExists(file);
  host.readFile = (file) => (file === path ? code : readFile(file));
  host.getSourceFile = (file, ...rest) =>
    file === path ? ts.createSourceFile(file, code, ts.ScriptTarget.ES2023) : getSourceFile(file, ...rest);
  const program = ts.createProgram([path], config?.options ?? {}, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(path))
    .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
