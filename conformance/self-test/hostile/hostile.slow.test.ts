/** Runs the real command line, as a process, against each hostile target. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { echo } from './broken.ts';
import { TOKEN, type HostileTarget, type RunningTarget } from './target.ts';
import { hostileTargets } from './targets.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const junitSchema = fileURLToPath(new URL('../../report/fixtures/junit-jenkins.xsd', import.meta.url));

/** What a run may take at most, whatever a target sends: bodies are capped at 10 MiB. A third of it is what any run takes. */
const MAX_RSS_MIB = 400;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-hostile-'));
  writeFileSync(
    join(folder, 'usage.cjs'),
    "process.on('exit', () => require('node:fs').writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())));",
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  exit: number | null;
  printed: string;
  cpuSeconds: number;
  rssMib: number;
  reports: Record<string, string>;
}

const formats = ['json', 'junit', 'html', 'markdown', 'github', 'har', 'text'];

async function run(target: HostileTarget, running: RunningTarget): Promise<Outcome> {
  const here = mkdtempSync(join(folder, `${target.id}-`));
  const files = Object.fromEntries(
    Object.entries(running.files ?? {}).map(([name, text]) => {
      writeFileSync(join(here, name), text);
      return [name, join(here, name)];
    }),
  );
  // Enough for a busy machine; what a run may take is bounded in processor time below.
  const [timeout, maxTime] = target.expect.exit === 0 ? ['30', '600'] : ['1', '90'];
  const args = [
    ...['run', '--url', running.url, '--token', TOKEN, '--timeout', timeout, '--max-time', maxTime, '--seed', '1'],
    ...['staff_uid', 'client_uid', 'business_uid'].flatMap((name) => ['--fixture', `${name}=hostile-1`]),
    ...formats.flatMap((format) => ['--report', `${format}=${join(here, format)}`]),
    ...(target.args?.({ ...running, files }) ?? []),
  ];
  const usageFile = join(here, 'usage');
  const env = {
    PATH: process.env['PATH'],
    HOME: here,
    NODE_OPTIONS: `--require ${join(folder, 'usage.cjs')}`,
    USAGE_FILE: usageFile,
  };
  const child = spawn(process.execPath, [cli, ...args], { cwd: here, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (printed += text));
  }
  const killer = setTimeout(() => child.kill('SIGKILL'), 500_000);
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(killer);
  const usage = (
    existsSync(usageFile)
      ? JSON.parse(readFileSync(usageFile, 'utf8'))
      : {
          userCPUTime: 0,
          systemCPUTime: 0,
          maxRSS: 0,
        }
  ) as NodeJS.ResourceUsage;
  return {
    exit,
    printed,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    rssMib: usage.maxRSS / 1024,
    reports: Object.fromEntries(
      formats.map((format) => [format, existsSync(join(here, format)) ? readFileSync(join(here, format), 'utf8') : '']),
    ),
  };
}

/** The token in all the forms in which the targets echo it. */
const tokenForms = [
  TOKEN,
  TOKEN.toUpperCase(),
  ...(echo(TOKEN).match(/"(?:base64|hex|percent)":"[^"]+"/g) ?? []).map((text) => text.replace(/^.*:"|"$/g, '')),
  Buffer.from(`:${TOKEN}`).toString('base64').slice(2, -4),
  Buffer.from(`ab${TOKEN}`).toString('base64').slice(3, -4),
];

const verdicts = { 0: ['conformant'], 1: ['non-conformant'], 3: ['incomplete'] };

describe('the list of hostile targets', () => {
  test('has no id twice', () => {
    expect(new Set(hostileTargets.map(({ id }) => id)).size).toBe(hostileTargets.length);
  });
});

// Several at once: most of the time goes by in waiting for what does not come.
describe.concurrent.each(hostileTargets.map((target) => [target.id, target] as const))('%s', (_, target) => {
  test(`${target.title}: exit code ${String(target.expect.exit)}`, async () => {
    const running = await target.start();
    let outcome: Outcome;
    try {
      outcome = await run(target, running);
      running.verify?.();
    } finally {
      await running.close();
    }
    const { exit, printed, cpuSeconds, rssMib, reports } = outcome;
    // The printed text tells more than a number about what went wrong.
    expect({ exit, printed: exit === target.expect.exit ? '' : printed }).toEqual({
      exit: target.expect.exit,
      printed: '',
    });
    // The text is wrapped to the width of a terminal.
    expect(printed.replaceAll(/\s+/g, ' ')).toMatch(target.expect.says);
    // Processor time: how long it waits for its turn says nothing about the run, which is ended by --max-time.
    expect(cpuSeconds).toBeLessThan(target.expect.maxSeconds);
    expect(rssMib).toBeGreaterThan(0);
    expect(rssMib).toBeLessThan(target.expect.maxRssMib ?? MAX_RSS_MIB);

    expect(printed).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    // eslint-disable-next-line no-control-regex -- nothing that steers a terminal may get through.
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    for (const [name, text] of [['what is printed', printed], ...Object.entries(reports)] as const) {
      for (const form of tokenForms) expect(text.includes(form), `${name} holds the token as ${form}`).toBe(false);
    }

    const report = JSON.parse(reports['json'] ?? '') as {
      schemaVersion: number;
      verdict: string;
      summary: { cases: number };
      cases: unknown[];
    };
    expect(report.schemaVersion).toBe(1);
    expect(verdicts[target.expect.exit]).toContain(report.verdict);
    expect(report.cases).toHaveLength(report.summary.cases);
    const junit = await validateXML({
      xml: { fileName: 'report.xml', contents: reports['junit'] ?? '' },
      schema: { fileName: 'junit.xsd', contents: readFileSync(junitSchema, 'utf8') },
    });
    expect(junit.errors.map(({ message }) => message)).toEqual([]);
    expect(reports['html']).toMatch(/<\/html>\s*$/);
    expect(reports['html']).not.toContain('<script>alert');
    expect(JSON.parse(reports['har'] ?? '')).toHaveProperty('log.entries');
    for (const format of ['markdown', 'text']) expect(reports[format], format).not.toBe('');
  });
});
