import { expect, it } from 'vitest';
import { lostExternalUuid } from '../report/sample.ts';
import { askAgain } from './ask-again.ts';

const report = {
  ...lostExternalUuid(),
  fixtures: [
    { name: 'staff_uid', value: "o'hara", via: 'flag' },
    { name: 'client_uid', value: 'c', via: 'config' },
  ],
};

const bare = { env: {}, contract: undefined, withUrl: false, flags: new Map<string, string>() };

it('repeats contract, target, flags and fixtures, and names case and seed', () => {
  const flags = new Map<string, string | boolean | string[]>([
    ['config', 'my config.yaml'],
    ['overlay', ['a.yaml', 'b.yaml']],
    ['ref-root', '..'],
    ['allow-writes', true],
    ['workers', '3'],
  ]);
  const words = { env: { npm_command: 'exec' }, contract: './mine.yaml', withUrl: true, flags };
  expect(askAgain(report, ['accepts.createVoiceCall'], words)).toBe(
    String.raw`npx ringtrue run ./mine.yaml --url http://127.0.0.1:3000 --config 'my config.yaml' --overlay a.yaml --overlay b.yaml --ref-root .. --allow-writes --fixture 'staff_uid=o'\''hara' --include accepts.createVoiceCall --seed 42`,
  );
});

it('has a variable where a secret stood, and other headers as they were', () => {
  const flags = new Map<string, string | boolean | string[]>([
    ['token', 's3cret'],
    ['role-token', ['client=s4cret']],
    ['header', ['X-Tenant: seven', 'X-Api-Key: s5cret']],
  ]);
  const command = askAgain({ ...report, fixtures: [] }, ['x'], { ...bare, flags });
  expect(command).toBe(
    'ringtrue run --token "${TOKEN:?set it to what --token was given}"' +
      ' --role-token "client=${CLIENT_TOKEN:?set it to what --role-token was given}"' +
      " -H 'X-Tenant: seven'" +
      ' -H "X-Api-Key: ${X_API_KEY:?set it to what -H was given}" --include x --seed 42',
  );
});

it('names no target where the reference server was started, and no npx where none was typed', () => {
  expect(askAgain({ ...report, fixtures: [] }, ['x.*'], bare)).toBe("ringtrue run --include 'x.*' --seed 42");
});

it.each<[cases: string[], patterns: string]>([
  [['a.x', 'b.y.z'], '--include a.x --include b.y.z'],
  [['a.x.1', 'a.x.2', 'a.x.3', 'b.y', 'c.p', 'c.q'], "--include 'a.x*' --include b.y --include 'c*'"],
  [['a.x', 'a.x.1', 'a.x.2', 'a.x.3', 'a.x.4'], "--include 'a.x*'"],
])('asks all cases of a finding: %j', (cases, patterns) => {
  expect(askAgain({ ...report, fixtures: [] }, cases, bare)).toBe(`ringtrue run ${patterns} --seed 42`);
});
