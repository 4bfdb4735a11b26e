/** Whatever is wrong with what the user gave: one clear sentence with place and remedy, exit code 2, and nothing is sent. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, ringtrue, type Folder } from './testing/cli.ts';
import { watchedTarget, type Watched } from './testing/target.ts';

let folder: Folder;
let target: Watched;
beforeAll(async () => {
  folder = emptyFolder();
  target = await watchedTarget();
  const files: Record<string, string> = {
    'unknown-key.yaml': 'url: http://127.0.0.1:1\nwokers: 3\n',
    'unset.yaml': 'token: { env: NOT_SET_ANYWHERE }\n',
    'not.yaml': 'a: "b\n',
    'no-contract.yaml': 'hello: world\n',
    'keyword.yaml':
      'openapi: 3.1.0\ninfo: { title: t, version: "1" }\npaths:\n  /a:\n    get:\n      operationId: a\n      x-ringtrue-sorting: {}\n      responses: { "200": { description: d } }\n',
    'other.yaml':
      'openapi: 3.1.0\ninfo: { title: t, version: "1" }\npaths:\n  /a:\n    get:\n      operationId: a\n      responses: { "200": { description: d } }\n',
    'expected.yaml': '- case: a\n  why: b\n',
    'empty-token': '\n',
    'not.pem': 'hello\n',
    'old.json': '{"schemaVersion":2}',
    'not.json': '{',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
});
afterAll(async () => {
  await target.close();
  folder.remove();
});

const cases: [args: string, says: string | RegExp, env?: Record<string, string>][] = [
  ['', /^Usage: ringtrue/],
  ['rnu', /^Unknown command 'rnu'\n\(Did you mean run\?\)\n$/],
  ['run --urll x', /^Unknown option '--urll'\n\(Did you mean --url\?\)\n$/],
  ['run --url', /argument missing/],
  ['run a b', /^Too many arguments for 'run'/],
  ['run voice-cals', 'There is no contract and no file called "voice-cals". Did you mean "voice-calls"?'],
  ['run voice-calls --contract calldesk', 'Two contracts are named, voice-calls and --contract calldesk; name one.'],
  ['run no-contract.yaml --url URL', /^no-contract\.yaml.*openapi/],
  ['run keyword.yaml --url URL', /^keyword\.yaml:7: .*x-ringtrue-sorting/],
  [
    'run other.yaml',
    '--url is missing: the reference server speaks voice-calls, calldesk, aicaller, and not other.yaml.',
  ],
  ['run --url nonsense', '--url: "nonsense" is no URL; write it like http://127.0.0.1:3000.'],
  ['run --url ftp://x', '--url: "ftp://x" is neither an http nor an https URL.'],
  ['run --url=', '--url is empty; give it a value or leave it out.'],
  ['run --url URL --workers 0', '--workers has to be a whole number from 1 to 256, not "0".'],
  ['run --url URL --timeout 5s', '--timeout has to be a number of seconds'],
  [
    'run --url URL --rate-limit fast',
    '--rate-limit has to be a number of requests per second, such as 5/s, not "fast".',
  ],
  ['run --url URL --profile ful', '--profile has to be core or full, not "ful". Did you mean full?'],
  ['run --url URL --seed 1 --shard 3/2', '--shard has to be i/n with i from 1 to n, such as 1/3, not "3/2".'],
  ['run --url URL --report jsn', 'Did you mean "json"?'],
  [
    'run --url URL --report html=not.json/r.html',
    '--report: not.json/r.html cannot be written: a part of its path is a file',
  ],
  ['run --url URL --report json --report har', 'json and har would be mixed up on standard output'],
  ['run --url URL --include roundtrip.*', '--include "roundtrip.*" matches no case. Did you mean "round-trip.*"?'],
  ['run --url URL --exclude zzz', '--exclude "zzz" matches no case.'],
  ['run --url URL --fixture staff_uid', '--fixture has to be NAME=value.'],
  ['run --url URL --fixture staf_uid=1', 'Did you mean "staff_uid"?'],
  [
    'run --url URL --role-token stafff=1',
    'has no role stafff; it has staff, directory, client, app. Did you mean "staff"?',
  ],
  ['run --url URL --header nonsense', '--header has to be "Name: value"; there is no colon.'],
  ['run --url URL --token t --token-file empty-token', '--token and --token-file both name a token; give one.'],
  ['run --url URL --token-file empty-token', '--token-file: empty-token is empty; its first line has to be the token.'],
  ['run --url URL --token-file none', '--token-file: none cannot be read: there is no such file or folder.'],
  ['run --url URL --token-file -', '--token-file: no token came from standard input.'],
  ['run --url URL --cacert none.pem', '--cacert: none.pem cannot be read'],
  ['run --url URL --cacert not.pem', '--cacert: not.pem holds no certificate in PEM form'],
  ['run --url URL --cert not.pem', '--cert needs --key: a client certificate and its key go together.'],
  ['run --url URL --proxy socks5://x', '--proxy has to be an http or https URL'],
  ['run --url URL --ledger not.json/l', '--ledger: not.json/l cannot be written: a part of its path is a file'],
  ['run --url URL --ledger r.json --report json=r.json', '--ledger: a report is to be written to r.json as well'],
  ['run --url URL --quiet --verbose', '--quiet and --verbose contradict each other; give one.'],
  ['run --config none.yaml', 'none.yaml cannot be read: there is no such file or folder.'],
  ['run --config unknown-key.yaml', 'unknown-key.yaml:2: unknown key wokers. Did you mean "workers"?'],
  ['run --config not.yaml', /^not\.yaml:\d+: this is no YAML/],
  ['run --config unset.yaml --url URL', 'unset.yaml:1: the environment variable NOT_SET_ANYWHERE is not set.'],
  ['run --url URL --expected-failures none.yaml', 'none.yaml cannot be read'],
  ['run --url URL --expected-failures expected.yaml', 'expected.yaml:2: unknown key why'],
  ['run --url URL --update-expected', '--update-expected needs to know which file to write'],
  ['run --url URL', 'RINGTRUE_STRICT has to be true or false, not "perhaps".', { RINGTRUE_STRICT: 'perhaps' }],
  ['run --url URL', 'RINGTRUE_WORKERS has to be a whole number', { RINGTRUE_WORKERS: 'many' }],
  [
    'run --url URL --token t',
    /^Values are needed .*: staff_uid, client_uid, business_uid\. Nothing was sent\.\n.*--fixture staff_uid=….*:\nfixtures:\n/,
  ],
  ['list voice-cals', 'Did you mean "voice-calls"?'],
  ['list --include zzz', 'matches no case'],
  [
    'explain round-tripp',
    'Nothing is called "round-tripp" in voice-calls, calldesk, aicaller. Did you mean "round-trip"?',
  ],
  ['lint voice-cals', 'Did you mean "voice-calls"?'],
  ['serve --port 99999', '--port has to be a whole number from 0 to 65535, not "99999".'],
  ['mock voice-cals', 'Did you mean "voice-calls"?'],
  ['diff old.json none.json', 'old.json has schemaVersion 2; this version of RingTrue reads 1.'],
  ['diff not.json not.json', 'not.json is no JSON; a report is written with --report json=FILE.'],
  ['merge', /^Missing required argument 'REPORT'/],
  ['selftest --only nothing-like-it', '--only: no fault or variant has an id like "nothing-like-it".'],
  ['selftest --contract voice-cals', '--contract: no fault belongs to a contract "voice-cals".'],
  [
    'selftest --contract calldesk --only voice-calls/*',
    'No fault or variant of calldesk has an id like voice-calls/*.',
  ],
  ['init --url nonsense', '"nonsense" is no URL'],
  ['init --fixture staf_uid=1', 'Did you mean "staff_uid"?'],
];

describe('exit code 2, a sentence, and not one request', () => {
  it.concurrent.each(cases)('ringtrue %s', async (line, says, env) => {
    const args = line
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => (word === 'URL' ? target.url : word));
    // Standard input is not this process's own.
    const input = args.includes('-') ? '' : undefined;
    const { code, stdout, stderr } = await ringtrue(args, { cwd: folder.path, env, input });
    if (typeof says === 'string') expect(stderr).toContain(says);
    else expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ +at |defect of RingTrue/m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(target.requests).toEqual([]);
  });

  it('a value that may be a secret is not in the message', async () => {
    const given = ['--role-token', 's3cret-role', '--header', 's3cret-header', '--token', 's3cret\u0001token'];
    for (let at = 0; at < given.length; at += 2) {
      const { code, stderr } = await ringtrue(['run', '--url', target.url, ...given.slice(at, at + 2)], {
        cwd: folder.path,
      });
      expect(stderr).not.toContain('s3cret');
      expect(code).toBe(2);
    }
  });
});
