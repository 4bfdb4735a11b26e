/** The command that asks one case again, in the words in which the run was started. */
import type { Report } from '../model/index.ts';

export interface Words {
  env: Readonly<Record<string, string | undefined>>;
  /** The contract as it was given. */
  contract: string | undefined;
  /** Whether a target was named: without one the reference server is started again. */
  withUrl: boolean;
  flags: ReadonlyMap<string, string | boolean | string[]>;
}

/** Flags that change what is asked and hold no secret. */
const REPEATED = ['config', 'oauth-token-url', 'overlay', 'ref-root', 'profile', 'allow-writes'] as const;

/**
 * @param report the run's report: its seed, target and fixtures, masked
 * @param caseId the case
 * @param words how the run was started
 * @returns a command for a POSIX shell; tokens and headers are left to the environment
 */
export function askAgain(report: Report, caseId: string, { env, contract, withUrl, flags }: Words): string {
  const repeated = REPEATED.flatMap((name) => {
    const value = flags.get(name);
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    return [value].flat().flatMap((one) => [`--${name}`, shellWord(one)]);
  });
  const fixtures = report.fixtures
    .filter(({ via }) => via === 'flag')
    .flatMap(({ name, value }) => ['--fixture', shellWord(`${name}=${value}`)]);
  return [
    // npx and npm say so in the environment of what they start.
    env['npm_execpath'] === undefined && env['npm_command'] === undefined ? 'ringtrue' : 'npx ringtrue',
    'run',
    ...(contract === undefined ? [] : [shellWord(contract)]),
    ...(withUrl ? ['--url', shellWord(report.target.url)] : []),
    ...repeated,
    ...fixtures,
    '--include',
    shellWord(caseId),
    '--seed',
    String(report.seed),
  ].join(' ');
}

function shellWord(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
