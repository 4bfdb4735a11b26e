/** The command that asks the cases of a finding again, in the words in which the run was started. */
import type { Report } from '../model/index.ts';
import { variableOf } from '../run/index.ts';
import { headerSecrets } from './judge/secrets.ts';
import { headerOf, pairOf } from './options/values.ts';
import { asked, roleVariable } from './secret-words.ts';

export interface Words {
  env: Readonly<Record<string, string | undefined>>;
  /** The contract as it was given. */
  contract: string | undefined;
  /** Whether a target was named: without one the reference server is started again. */
  withUrl: boolean;
  flags: ReadonlyMap<string, string | boolean | string[]>;
}

/** Flags that a run needs to ask the same of the same target, and that hold no secret. */
const REPEATED = [
  ...[
    'contract',
    'config',
    'oauth-token-url',
    'overlay',
    'ref-root',
    'allow-remote-refs',
    'token-file',
    'cacert',
    'cert',
    'key',
    'insecure',
  ],
  ...['allow-writes', 'cleanup', 'explore', 'consistency', 'timeout', 'max-body', 'rate-limit', 'strict'],
];

/** More patterns than that say less than the rules alone. */
const MOST_PATTERNS = 4;

/**
 * @param report the run's report: its seed, target and fixtures, masked
 * @param cases the ids of the finding's cases
 * @param words how the run was started
 * @returns a command for a POSIX shell; where a secret stood on the command line it has a variable, and what came from the environment
 *   is left there
 */
export function askAgain(report: Report, cases: readonly string[], { env, contract, withUrl, flags }: Words): string {
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
    ...secrets(flags),
    ...repeated,
    ...fixtures,
    ...patternsOf(cases).flatMap((pattern) => ['--include', shellWord(pattern)]),
    '--seed',
    String(report.seed),
  ].join(' ');
}

/** Tokens and headers of the command line, each secret as a variable. */
function secrets(flags: Words['flags']): string[] {
  const list = (name: string): string[] => [flags.get(name) ?? []].flat().filter((one) => typeof one === 'string');
  const roles = list('role-token').map((text) => pairOf(text, '--role-token', 'ROLE')[0]);
  return [
    ...(flags.has('oauth-client') ? ['--oauth-client', `"${asked('OAUTH_CLIENT', '--oauth-client')}"`] : []),
    ...(flags.has('token') ? ['--token', `"${asked('TOKEN', '--token')}"`] : []),
    ...roles.flatMap((role) => ['--role-token', `"${role}=${asked(roleVariable(role), '--role-token')}"`]),
    ...list('header').flatMap((text) => {
      const [name, value] = headerOf(text, '-H');
      const secret = headerSecrets({ [name]: value }).length > 0;
      return ['-H', secret ? `"${name}: ${asked(variableOf(name), '-H')}"` : shellWord(`${name}: ${value}`)];
    }),
  ];
}

/** Patterns that select at least these cases: the ids, or what the cases of each rule have in common. */
function patternsOf(cases: readonly string[]): string[] {
  if (cases.length <= MOST_PATTERNS) return [...cases];
  const rules = new Map<string, string[][]>();
  for (const id of cases) {
    const parts = id.split('.');
    const rule = parts[0] ?? '';
    rules.set(rule, [...(rules.get(rule) ?? []), parts]);
  }
  return [...rules.values()].map((ids) => {
    const [first = [], ...others] = ids;
    if (others.length === 0) return first.join('.');
    const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part));
    return `${first.slice(0, differs < 0 ? first.length : differs).join('.')}*`;
  });
}

function shellWord(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
