/** What a user gets: the packed tarball, installed in an empty folder, used there. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack } from '../../scripts/pack.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
let folder = '';
let app = '';

/** npm hands its own settings down to scripts by the environment; a user's shell has none of them. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|RINGTRUE_|GITHUB_|INIT_CWD)/i.test(name)),
);

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function ringtrue(...args: string[]) {
  return spawnSync('npx', ['--no-install', 'ringtrue', ...args], { cwd: app, env, encoding: 'utf8' });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-pack-'));
  app = join(folder, 'app');
  mkdirSync(app);
  npm(root, 'run', '--silent', 'build:types');
  // The build before the tests has just run, and a new one would empty dist/ under the feet of other tests.
  pack(folder);
  writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }');
  npm(app, 'install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, `ringtrue-${manifest.version}.tgz`));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the installed package', () => {
  it('npx ringtrue --version prints its version', () => {
    const { stdout, status } = ringtrue('--version');
    expect(stdout.trim()).toBe(manifest.version);
    expect(status).toBe(0);
  });

  it('npx ringtrue run starts its own server and judges it', () => {
    const { stdout, stderr, status } = ringtrue('run');
    expect(stdout).toContain('CONFORMANT');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(0);
  });

  it.each(['voice-calls', 'calldesk', 'aicaller'])('it brings the contract %s', (contract) => {
    expect(ringtrue('list', contract).status).toBe(0);
  });

  it('it is light: few packages, few bytes, no install script', () => {
    const lock = JSON.parse(readFileSync(join(app, 'node_modules', '.package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    const packages = Object.entries(lock.packages);
    expect(packages.length).toBeLessThanOrEqual(60);
    expect(packages.filter(([, one]) => one.hasInstallScript === true).map(([name]) => name)).toEqual([]);
    const bytes = sizeOf(join(app, 'node_modules'));
    console.log(`installed: ${String(packages.length)} packages, ${(bytes / 2 ** 20).toFixed(1)} MiB`);
    expect(bytes).toBeLessThanOrEqual(15 * 2 ** 20);
  });

  it('its manifest has no scripts, and every page that its README links to is there', () => {
    const installed = join(app, 'node_modules', 'ringtrue');
    const published = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(published).filter((name) => /scripts|devDependencies|private/.test(name))).toEqual([]);
    const links = [...readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)];
    expect(links.length).toBeGreaterThan(10);
    expect(links.map(([, path]) => path ?? '').filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  });

  it('it names the licence of every package that is bundled', () => {
    const text = readFileSync(join(app, 'node_modules', 'ringtrue', 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['express', 'ajv', 'undici', 'zod', 'yaml', 'commander'])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(text).not.toContain('licence not named');
  });

  it('its types compile in strict mode, the library files included', () => {
    copyFileSync(join(root, 'examples', 'typed-client.ts'), join(app, 'typed-client.ts'));
    writeFileSync(
      join(app, 'use.ts'),
      `import { conformanceCases, run } from 'ringtrue';
import { startServer } from 'ringtrue/reference-server';
import { conformance } from 'ringtrue/vitest';

const server = await startServer();
const report = await run({ contract: 'voice-calls', url: server.url });
const verdict: 'conformant' | 'non-conformant' | 'incomplete' = report.verdict;
for await (const { id, status } of conformanceCases({ contract: 'calldesk' })) console.log(verdict, id, status);
await conformance({ contract: 'aicaller' });
`,
    );
    const flags = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--skipLibCheck', 'false'];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types')];
    const { stdout } = spawnSync(
      process.execPath,
      [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ...flags, ...types, 'typed-client.ts', 'use.ts'],
      { cwd: app, encoding: 'utf8' },
    );
    // Express' own types are not part of the package; whoever calls createApp has Express.
    expect(stdout).toBe('');
  });

  it('its programmatic API runs under node:test', () => {
    copyFileSync(join(root, 'examples', 'node-test.mjs'), join(app, 'node-test.mjs'));
    const { stdout, status } = spawnSync(process.execPath, ['--test', 'node-test.mjs'], {
      cwd: app,
      env,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/# fail 0|ℹ fail 0/);
    expect(status).toBe(0);
  });

  it('its typed client talks to its reference server', async () => {
    const source = readFileSync(join(root, 'examples', 'typed-client.ts'), 'utf8');
    writeFileSync(join(app, 'typed-client.mjs'), transformSync(source, { loader: 'ts' }).code);
    const server = spawn(process.execPath, ['node_modules/ringtrue/dist/cli.js', 'serve', '--port', '0'], {
      cwd: app,
      env,
    });
    try {
      const [greeting] = (await once(server.stdout, 'data')) as [Buffer];
      const url = /http:\/\/[\w.:]+/.exec(greeting.toString())?.[0];
      const { stdout, stderr } = spawnSync(process.execPath, ['typed-client.mjs'], {
        cwd: app,
        env: { ...env, API_URL: url },
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(stdout).toMatch(/ is ext-call-001\n$/);
    } finally {
      server.kill();
    }
  });

  it('its report schema is published', () => {
    const code = `import schema from 'ringtrue/report.schema.json' with { type: 'json' }; console.log(schema.$schema);`;
    writeFileSync(join(app, 'schema.mjs'), code);
    expect(execFileSync(process.execPath, ['schema.mjs'], { cwd: app, encoding: 'utf8' })).toContain('json-schema.org');
  });
});

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
