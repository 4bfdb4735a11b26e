/** The text of a new config file. */
import type { Contract } from '../../contract/types.ts';
import { lookUp } from '../judge/missing-fixtures.ts';

export interface ConfigAnswers {
  contract: Contract;
  /** As the user names it. */
  name: string;
  url: string;
  tokenEnv: string;
  fixtures: ReadonlyMap<string, string>;
}

/** YAML with a comment on everything that is not obvious. */
export function configText({ contract, name, url, tokenEnv, fixtures }: ConfigAnswers): string {
  const secured = contract.operations.some(({ security }) => security.length > 0);
  return [
    '# RingTrue: how to judge this target. `ringtrue run` takes this file by itself.',
    '# Keys are the flags of `ringtrue run` without their dashes; flags and RINGTRUE_… variables win over them.',
    `contract: ${quoted(name)}`,
    `url: ${quoted(url)}`,
    ...(secured
      ? [
          '',
          '# Also a text, or { file: PATH }; a secret is better not kept here.',
          `token: { env: ${tokenEnv} }`,
          ...roleLines(contract),
        ]
      : []),
    ...fixtureLines(contract, fixtures),
    '',
    '# Write to a target that is not this machine. No real phone number is sent.',
    '# allow-writes: true',
    '',
    '# core: required fields and round-trip, few writes',
    '# profile: full',
    "# exclude: ['concurrent-creates.*']",
    '# workers: 8',
    '# rate-limit: 5/s',
    '# consistency: 2          # seconds until a write has to be visible',
    '# expected-failures: expected-failures.yaml',
    '# report: [text, html=report.html, json=report.json]',
    '',
  ].join('\n');
}

function roleLines(contract: Contract): string[] {
  const roles = [...new Set(contract.operations.flatMap(({ security }) => security.flatMap((one) => one.roles)))];
  if (roles.length === 0) return [];
  return [
    '# A token per role lets the suite ask who may do what.',
    '# role-tokens:',
    ...roles.map((role) => `#   ${role}: { env: ${role.toUpperCase().replace(/\W/g, '_')}_TOKEN }`),
  ];
}

function fixtureLines(contract: Contract, values: ReadonlyMap<string, string>): string[] {
  if (contract.fixtures.length === 0) return [];
  const [get] = contract.fixtures.flatMap(({ name }) => lookUp(contract, name) ?? []);
  // With nothing but comments below it, `fixtures:` is an empty key, which is fine; so each line can simply be uncommented.
  return [
    '',
    '# Values that exist on the target. Each is a text, { env: NAME }, or found on the target itself:',
    `#   { ${get ?? 'get: /path, pointer: /data/0/uid'}, fallback: { post: /path, body: { name: x }, pointer: /data/uid } }`,
    'fixtures:',
    ...contract.fixtures.flatMap(({ name, description, optional }) => {
      const value = values.get(name);
      const about = `  # ${description.replace(/\s+/g, ' ').trim()}${optional ? ' (optional)' : ''}`;
      return [about, `  ${value === undefined ? '# ' : ''}${name}: ${quoted(value ?? '…')}`];
    }),
  ];
}

/** A JSON string is a YAML string. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) && !/^[\d.]+$|^(true|false|null|yes|no|on|off)$|: |:$/i.test(text)
    ? text
    : JSON.stringify(text);
}
