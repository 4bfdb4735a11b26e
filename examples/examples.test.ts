/** Every example does what its first line says. (`vitest.test.ts` beside this file runs by itself.) */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const started: ChildProcess[] = [];
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(RINGTRUE_|API_|GITHUB_|NODE_TEST)/.test(name)),
);

afterEach(() => {
  for (const process of started.splice(0)) process.kill();
});

function node(args: string[], more: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...env, NO_COLOR: '1', ...more },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

/** Starts a server and waits for the first URL that it prints. */
async function serverUrl(args: string[], more: Record<string, string> = {}): Promise<string> {
  const server = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(server);
  const [text] = (await once(server.stdout, 'data')) as [Buffer];
  const url = /http:\/\/[\w.:]+/.exec(text.toString())?.[0];
  if (url === undefined) throw new Error(`No URL in: ${text.toString()}`);
  return url;
}

it.each(
  readdirSync(new URL('.', import.meta.url)).filter(
    (name) => /\.(ts|mjs|ya?ml)$/.test(name) && !/^(examples|action|browser)\./.test(name),
  ),
)('%s has fewer than 30 lines', (name) => {
  expect(readFileSync(new URL(name, import.meta.url), 'utf8').split('\n').length).toBeLessThanOrEqual(30);
});

describe('examples', () => {
  it('node-test.mjs runs every case as a test of node:test', () => {
    const { status, output } = node(['--test', 'examples/node-test.mjs']);
    expect(output).toMatch(/fail 0$/m);
    expect(output).toMatch(/pass [1-9]\d/);
    expect(status).toBe(0);
  });

  it('typed-client.ts creates a call and reads it back', async () => {
    const url = await serverUrl(['dist/cli.js', 'serve', '--port', '0']);
    const { output } = node([tsx, 'examples/typed-client.ts'], { API_URL: url });
    expect(output).toMatch(/ is ext-call-001\n$/);
  });

  it('ringtrue.config.yaml resolves its fixtures on the target', async () => {
    const url = await serverUrl(['dist/cli.js', 'serve', '--port', '0']);
    const { status, output } = node(
      ['dist/cli.js', 'run', '--config', 'examples/ringtrue.config.yaml', '--url', url, '--profile', 'core'],
      {
        API_TOKEN: 'staff-token',
        STAFF_UID: 'staff_1',
      },
    );
    expect(output).toContain('CONFORMANT');
    expect(status).toBe(0);
  });

  it('github-workflow.yml uses inputs of action.yml that exist', () => {
    const read = (path: string): unknown => parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
    const { inputs } = read('../action.yml') as { inputs: Record<string, unknown> };
    const { jobs } = read('github-workflow.yml') as {
      jobs: Record<string, { steps: { uses?: string; with?: object }[] }>;
    };
    const step = Object.values(jobs)
      .flatMap((job) => job.steps)
      .find(({ uses }) => uses?.startsWith('ringtrue/') === true);
    expect(Object.keys(step?.with ?? {}).length).toBeGreaterThan(3);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? {})));
  });
});

describe('a contract of another field, without one keyword of ours', () => {
  const contract = 'examples/own-contract/seed-library.yaml';
  const server = 'examples/own-contract/server.mjs';

  it('a server that keeps it conforms', async () => {
    const url = await serverUrl([server]);
    const { status, output } = node(['dist/cli.js', 'run', contract, '--url', url, '--token', 'librarian']);
    expect(output).toContain('CONFORMANT');
    expect(output).not.toContain('NON-CONFORMANT');
    expect(status).toBe(0);
  });

  it('a server that forgets one field is found out, at that field', async () => {
    const url = await serverUrl([server], { FORGETS: 'variety' });
    const { status, output } = node([
      'dist/cli.js',
      'run',
      contract,
      '--url',
      url,
      '--token',
      'librarian',
      '--report',
      'json',
    ]);
    const { findings } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as {
      findings: { field: string; level: string }[];
    };
    expect(findings.filter(({ level }) => level === 'MUST').map(({ field }) => field)).toEqual(['variety']);
    expect(status).toBe(1);
  });
});
