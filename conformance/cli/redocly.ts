/** Runs Redocly, an optional tool, as a process of its own: its rules on OpenAPI itself are better than ours would be. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LintProblem } from '../contract/lint.ts';

/** Redocly is not installed. An optional peer, so its absence is told and never hidden behind a green lint. */
export class RedoclyMissingError extends Error {
  override name = 'RedoclyMissingError';
  constructor() {
    super(
      'Redocly is not installed, so only the keywords and requirements were checked. Remedy: npm install -D @redocly/cli',
    );
  }
}

/**
 * The program of a package's own `bin`, looked for where the user works and then beside RingTrue itself.
 *
 * @param name the package, for example `@redocly/cli`
 * @param bin the name of its program
 * @param from folders to look from
 * @returns the program's path, or undefined when the package is not installed
 */
export function findBin(name: string, bin: string, from: readonly string[] = [process.cwd()]): string | undefined {
  for (const base of [...from.map((folder) => pathToFileURL(join(folder, 'x.js')).href), import.meta.url]) {
    try {
      const manifest = createRequire(base).resolve(`${name}/package.json`);
      const { bin: bins } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
      const program = typeof bins === 'string' ? bins : bins[bin];
      if (program !== undefined) return join(dirname(manifest), program);
    } catch {
      // Not reachable from here; the next place may have it.
    }
  }
  return undefined;
}

/**
 * Lints one document with Redocly: with the `redocly.yaml` of the folder if there is one, else with its `recommended` rules. What is
 * an error and what a warning is Redocly's to say.
 *
 * @param file path of the OpenAPI document
 * @param cwd the folder to run in
 * @returns what Redocly found, warnings included; that it could not check the document is a problem too
 * @throws RedoclyMissingError when it is not installed
 */
export async function lintWithRedocly(file: string, cwd = process.cwd()): Promise<LintProblem[]> {
  const program = findBin('@redocly/cli', 'redocly', [cwd]);
  if (program === undefined) throw new RedoclyMissingError();
  const hasConfig = existsSync(join(cwd, 'redocly.yaml'));
  const args = [program, 'lint', resolve(cwd, file), '--format=json', '--max-problems=1000'];
  if (!hasConfig) args.push('--extends=recommended');
  const output = await run(args, cwd);
  let report: RedoclyReport;
  try {
    report = JSON.parse(output.stdout) as RedoclyReport;
  } catch {
    // A configuration that it cannot read, or a version that answers otherwise: the user's to look at.
    const said = lastLine(output.stderr) || lastLine(output.stdout) || 'it said nothing';
    return [{ file, message: `Redocly could not check it: ${said}` }];
  }
  return report.problems.map(({ ruleId, severity, message, location: [place] }) => ({
    file,
    line: place?.start?.line,
    pointer: place?.pointer?.replace(/^#/, ''),
    message: `${message} (${ruleId})`,
    ...(severity === 'warn' ? { warning: true as const } : {}),
  }));
}

interface RedoclyReport {
  problems: {
    ruleId: string;
    severity?: string;
    message: string;
    location: { pointer?: string; start?: { line: number } }[];
  }[];
}

function run(args: string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  // It asks the network for news of itself otherwise.
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      // The exit code only says whether there are problems; the report says which.
      done({ stdout, stderr });
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
