import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Exchange } from '../model/index.ts';
import { multipartBody } from '../values/serialise/multipart.ts';
import { curlOf, curlSequence, type CurlContext } from './curl.ts';

const { operations } = await loadContract('calldesk', { allowRemote: false });
const context: CurlContext = { operations, roleOf: () => undefined };

let ids = 0;
function exchange(request: Partial<Exchange['request']>, more: Partial<Exchange> = {}): Exchange {
  ids += 1;
  return {
    id: ids,
    operation: 'createCall',
    request: { method: 'POST', url: 'http://127.0.0.1:1/calls', headers: {}, ...request },
    startedAtMs: ids * 100,
    durationMs: 5,
    attempts: 1,
    ...more,
  };
}

/** What curl would be given: a shell reads the command, and a stand-in for curl tells its arguments. */
function pasted(command: string, env: Record<string, string> = { RINGTRUE_TOKEN: 'the-"token"' }): string[] {
  const { stdout, stderr } = spawnSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  expect(stderr).toBe('');
  return stdout.split('\0').slice(0, -1);
}

const valueAfter = (words: string[], flag: string): string | undefined => words[words.indexOf(flag) + 1];

describe('a curl command', () => {
  it('gives curl what was sent, the token from the environment', () => {
    const headers = { authorization: 'Bearer ***', 'content-type': 'application/json', accept: 'application/json' };
    expect(pasted(curlOf(exchange({ headers, body: '{"a":1}' }), context))).toEqual([
      ...['-sSi', '-X', 'POST', 'http://127.0.0.1:1/calls'],
      ...['-H', 'authorization: Bearer the-"token"', '-H', 'content-type: application/json'],
      ...['--data-raw', '{"a":1}', '-w', String.raw`\n`],
    ]);
  });

  it.each([
    ["it's", "it's"],
    ['$HOME `id` \\ !x "q"', '$HOME `id` \\ !x "q"'],
    ['*** and ***x', 'T and Tx'],
    ["***'s $HOME", "T's $HOME"],
    ['not json \u0007 \t', 'not json \u0007 \t'],
  ])('keeps the body %j', (body, sent) => {
    expect(valueAfter(pasted(curlOf(exchange({ body }), context), { RINGTRUE_TOKEN: 'T' }), '--data-raw')).toBe(sent);
  });

  it('gives the fields of a form one by one', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const words = pasted(curlOf(exchange({ headers, body: 'a%5Bb%5D=x+y%26z&token=***&e=' }), context), {
      RINGTRUE_TOKEN: 'T',
    });
    expect(words.slice(4)).toEqual([
      ...['--data-urlencode', 'a%5Bb%5D=x y&z', '--data-urlencode', 'token=T', '--data-urlencode', 'e='],
      ...['-w', String.raw`\n`],
    ]);
  });

  it.each(['{"a":1}', 'a', 'a=%', 'a=x,y'])('gives %j as it is, which no form would be', (body) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const words = pasted(curlOf(exchange({ headers, body }), context));
    expect(valueAfter(words, '-H')).toBe('content-type: application/x-www-form-urlencoded');
    expect(valueAfter(words, '--data-raw')).toBe(body);
  });

  it('gives the parts of a form, with what makes a file of one', () => {
    const { body, contentType } = multipartBody(
      {
        ...{ required: true, mediaType: 'multipart/form-data', schemaPointer: '', pointer: '', examples: [] },
        schema: { properties: { file: { format: 'binary' } } },
      },
      { title: '@x;type="y"', file: 'bytes' },
      'multipart/form-data',
    );
    const request = { headers: { 'content-type': contentType }, body: String(body) };
    expect(pasted(curlOf(exchange(request), context)).slice(4)).toEqual([
      ...['-F', String.raw`title="@x;type=\"y\""`],
      ...['-F', 'file="bytes";filename=ringtrue.txt;type=application/octet-stream', '-w', String.raw`\n`],
    ]);
  });

  it('gives curl the very bytes of a body that is no text', () => {
    const bytes = Buffer.from('{"a":"it\'s \\\\ caf\u00e9"}', 'latin1');
    const request = { body: bytes.toString(), bodyBase64: bytes.toString('base64') };
    const command = curlOf(exchange(request), context).replace(/^curl .* --data-binary/, 'printf %s');
    const { stdout } = spawnSync('bash', ['-c', command.replace(/ -w '.*$/, '')]);
    expect(stdout.equals(bytes), stdout.toString('latin1')).toBe(true);
  });

  it('spells out in JSON what a terminal hides or composes, and means the same', () => {
    const value = { a: 'e\u0301 \u200b \ud83d\ude00 \udc00', b: ['\u202e'] };
    const command = curlOf(exchange({ body: JSON.stringify(value) }), context);
    expect(command).toContain(String.raw`e\u0301 \u200b 😀`);
    expect(JSON.parse(valueAfter(pasted(command), '--data-raw') ?? '')).toEqual(value);
  });

  it('asks for a URL with brackets as it is', () => {
    const url = 'http://127.0.0.1:1/calls?filter[status]=x&key=***';
    const words = pasted(curlOf(exchange({ method: 'GET', url }), context), { RINGTRUE_TOKEN: 'T' });
    expect(words.slice(0, 3)).toEqual(['-sSi', '-g', 'http://127.0.0.1:1/calls?filter[status]=x&key=T']);
  });

  it('a body without a media type stays without one', () => {
    expect(pasted(curlOf(exchange({ body: '{}' }), context))).toContain('content-type:');
  });

  it('names the token of a role after the role', () => {
    const command = curlOf(exchange({ headers: { authorization: 'Bearer ***' } }), {
      operations,
      roleOf: () => 'client',
    });
    expect(command).toContain('"authorization: Bearer $CLIENT_TOKEN"');
  });

  it.each([
    ['the token', undefined, '$MINE', 'Bearer the token'],
    ['a file', undefined, "$(echo 'from a file')", 'Bearer from a file'],
    ['a role', 'client', '$MINE', 'Bearer the role'],
  ])('finds the token of %s where it came from', (_, role, token, sent) => {
    const secrets = { token, roles: { client: '${ROLE:?say it}' }, headers: { 'x-key': '$KEY' } };
    const headers = { authorization: 'Bearer ***', 'x-key': '***' };
    const command = curlOf(exchange({ headers }), { operations, roleOf: () => role, secrets });
    const words = pasted(command, { MINE: 'the token', ROLE: 'the role', KEY: 'the key' });
    expect(words).toContain(`authorization: ${sent}`);
    expect(words).toContain('x-key: the key');
  });

  it('does not pretend to hold a body that is too long for it', () => {
    const command = curlOf(exchange({ body: 'x'.repeat(5000) }), context);
    expect(command).toContain('--data-binary @body.txt');
    expect(command).toContain('5000 characters');
    expect(command.length).toBeLessThan(400);
  });
});

describe('a curl sequence', () => {
  const key = '0b9c7e3a-1d52-4f0e-8a61-2f4d5c6b7a80';
  const keyed = (more: Partial<Exchange> = {}): Exchange => exchange({ headers: { 'idempotency-key': key } }, more);
  const keyIn = (words: string[]): string | undefined => valueAfter(words, '-H');

  it('takes a key that is not used up, of the same form, the same for a repeat', () => {
    const [first = '', again = ''] = curlSequence([keyed(), keyed()], context);
    expect(keyIn(pasted(first))).toMatch(
      /^idempotency-key: [\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
    );
    expect(first).not.toContain(key);
    expect(again).toBe(first);
  });

  it('sends at once what was sent at once', () => {
    const race = Array.from({ length: 5 }, () => keyed({ startedAtMs: 7 }));
    const [command = '', ...more] = curlSequence(race, context);
    expect(more).toEqual([]);
    expect(pasted(command).filter((word) => word === '-sSi')).toHaveLength(5);
  });

  it('different requests that were sent at once are one command too', () => {
    const race = ['{"n":1}', '{"n":2}'].map((body) => exchange({ body }, { startedAtMs: 9 }));
    const [command = '', ...more] = curlSequence(race, context);
    expect(more).toEqual([]);
    expect(
      pasted(command)
        .filter((word) => word.startsWith('{"n"'))
        .sort(),
    ).toEqual(['{"n":1}', '{"n":2}']);
  });

  it('has three commands at most, in order', () => {
    const urls = [1, 2, 3, 4].map((n) => `http://127.0.0.1:1/${String(n)}`);
    const told = curlSequence(
      urls.map((url) => exchange({ method: 'GET', url })),
      context,
    );
    expect(told).toHaveLength(3);
    expect(told[2]).toContain('/3');
  });
});
