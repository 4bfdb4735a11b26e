import { describe, expect, it } from 'vitest';
import { loadContract } from '../../contract/load.ts';
import type { FixtureSource } from '../fixtures/source.ts';
import { accessOf } from './access.ts';
import { configLines } from './missing-fixtures.ts';
import { DEFAULTS, type JudgeRequest } from './request.ts';
import { headerSecrets } from './secrets.ts';

const contract = await loadContract('voice-calls', { allowRemote: false });

const request = (given: Partial<JudgeRequest>): JudgeRequest => ({ ...DEFAULTS, seed: 1, ...given });
const access = (given: Partial<JudgeRequest>) => accessOf(request(given), contract);
const fixture = (name: string): FixtureSource => ({
  name,
  kind: 'value',
  value: 'x',
  via: 'flag',
  secret: false,
  place: '--fixture',
});
const local = 'http://127.0.0.1:8080';

describe("the reference server's values", () => {
  it('are taken for the embedded run', () => {
    const { token, roleTokens, fixtures, notices } = access({});
    expect(token).toBe('staff-token');
    expect(Object.keys(roleTokens)).toEqual(['staff', 'app', 'directory', 'client']);
    expect(fixtures.map(({ name }) => name)).toContain('business_uid');
    expect(notices).toEqual([]);
  });

  it('give way to what was given for the embedded run', () => {
    const { token, fixtures } = access({ token: 'mine', fixtures: [fixture('staff_uid')] });
    expect(token).toBe('mine');
    expect(fixtures.filter(({ name }) => name === 'staff_uid')).toEqual([fixture('staff_uid')]);
  });

  it('are taken for a loopback target of which nothing is said, and that is told', () => {
    const { token, notices } = access({ url: local });
    expect(token).toBe('staff-token');
    expect(notices).toEqual([
      expect.stringMatching(
        /^no token and no fixture given: taking the reference server's, the token staff-token, staff_uid=staff_1/,
      ),
    ]);
  });

  it.each<[string, Partial<JudgeRequest>]>([
    ['a token', { token: 'x' }],
    ['a role token', { roleTokens: { staff: 'x' } }],
    ['a header', { headers: { 'x-a': 'x' } }],
    ['a fixture', { fixtures: [fixture('staff_uid')] }],
    ['a config', { configured: true }],
    ['a user in the URL', { url: 'http://me:secret@127.0.0.1:8080' }],
    ['another host', { url: 'https://api.example.invalid' }],
  ])('are not taken where there is %s', (_what, given) => {
    const { token, fixtures, notices } = access({ url: local, ...given });
    expect(token).toBe(given.token);
    expect(fixtures).toEqual(given.fixtures ?? []);
    expect(notices).toEqual([]);
  });
});

describe('what the contract does not know is refused', () => {
  it('a role that is nearly one', () => {
    expect(() => access({ roleTokens: { staf: 'x' } })).toThrow(
      'no role staf; it has staff, directory, client, app. Did you mean "staff"?',
    );
  });
  it('a fixture that is nearly one', () => {
    expect(() => access({ fixtures: [fixture('staf_uid')] })).toThrow(
      /^--fixture: the contract voice-calls has no fixture staf_uid; .* Did you mean "staff_uid"\?$/,
    );
  });
  it('a fixture that is nothing like any, when it is given for this run', () => {
    expect(() => access({ url: local, fixtures: [fixture('callTemplateId')] })).toThrow(
      /^--fixture: the contract voice-calls has no fixture callTemplateId; it has staff_uid, [^?]*\.$/,
    );
  });
  it("but another contract's names in a config are told and left out", () => {
    const { roleTokens, fixtures, notices } = access({
      url: local,
      roleTokens: { superuser: 'x' },
      fixtures: [{ ...fixture('callTemplateId'), kind: 'value', value: 'v', via: 'config' }],
    });
    expect([roleTokens, fixtures]).toEqual([{}, []]);
    expect(notices).toEqual([
      '--role-token: the contract voice-calls has no role superuser; it has staff, directory, client, app. It is not used.',
      expect.stringMatching(
        /^--fixture: the contract voice-calls has no fixture callTemplateId; it has .* It is not used\.$/,
      ),
    ]);
  });
  it('but a second value of a fixture is always known', () => {
    expect(access({ url: local, fixtures: [fixture('business_uid.other')] }).fixtures).toHaveLength(1);
  });
  it.each([
    ['nonsense', '--url: "nonsense" is no URL; write it like http://127.0.0.1:3000.'],
    ['ftp://x', '--url: "ftp://x" is neither an http nor an https URL.'],
    ['ftp://me:s3cret@x', '--url: "ftp://***@x" is neither an http nor an https URL.'],
  ])('a URL such as %s', (url, message) => {
    expect(() => access({ url })).toThrow(message);
  });
});

it('lines for the config name the fixture, what it is, and the ways to give it', () => {
  expect(configLines(contract, contract.fixtures.slice(0, 1))).toEqual([
    'fixtures:',
    '  # uid of a staff member who exists on the target and belongs to the business.',
    '  staff_uid: "…"   # or { env: STAFF_UID }, or { get: /v3/communication/voice_calls, pointer: /data/voice_calls/0/staff_uid }',
  ]);
});

describe('secrets in headers', () => {
  it.each([
    ['Authorization', 'Bearer abcdef', ['Bearer abcdef', 'abcdef']],
    ['X-Api-Key', 'abcdef', ['abcdef']],
    ['aicaller-api-key', 'abcdef', ['abcdef']],
    ['Cookie', 'a=1234; session=abcdef', ['a=1234; session=abcdef', '1234', 'abcdef']],
    ['X-Auth-Token', 'abcdef', ['abcdef']],
    ['X-Environment', 'staging', []],
    ['X-Monkey', 'staging', []],
  ])('%s: %s', (name, value, secrets) => {
    expect(headerSecrets({ [name]: value })).toEqual(secrets);
  });
});

describe('fixtures of a document without requirements', () => {
  it('are the parameters and properties of its requests, for all operations or for one', () => {
    const plain = { ...contract, requirements: [] };
    const { fixtures, notices } = accessOf(
      request({
        url: local,
        token: 't',
        fixtures: [fixture('uid'), fixture('createVoiceCall.rate')],
      }),
      plain,
    );
    expect(fixtures.map(({ name }) => name)).toEqual(['uid', 'createVoiceCall.rate']);
    expect(notices).toEqual([]);
    const given = { url: local, token: 't', fixtures: [fixture('nothing')] };
    expect(() => accessOf(request(given), plain)).toThrow(/has no fixture nothing; it has .* and \d+ more\.$/);
  });
});
