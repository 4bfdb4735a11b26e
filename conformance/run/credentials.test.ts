import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Operation, SecurityScheme } from '../contract/types.ts';
import { createTarget } from '../target/index.ts';
import type { Auth } from '../rules/types.ts';
import { credentialsFor, unknownToken } from './credentials.ts';

type Scheme = Omit<SecurityScheme, 'name' | 'type'>;

/** Each list is an alternative, all of whose schemes are needed. */
const alternatives = (...lists: Scheme[][]): Operation => {
  const access = lists.map((schemes) => schemes.map((scheme) => ({ scheme: { name: 's', ...scheme }, roles: [] })));
  return { access, security: access.flat() } as unknown as Operation;
};
const secured = (...schemes: Scheme[]): Operation => alternatives(...schemes.map((scheme) => [scheme]));

const bearer = secured({ kind: 'bearer' });
const header = secured({ kind: 'apiKey', in: 'header', parameter: 'X-Key' });
const cookie = secured({ kind: 'apiKey', in: 'cookie', parameter: 'sid' });

/** The headers that reach a target to which the run gives these with every request. */
async function received(
  operation: Operation,
  auth: Auth,
  given: Record<string, string>,
  token?: string,
  user = '',
): Promise<Record<string, unknown>> {
  let headers: Record<string, unknown> = {};
  const server = createServer((request, response) => {
    headers = request.headers;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://${user}127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const target = createTarget({
    url,
    headers: given,
    timeoutMs: 5000,
    maxBodyBytes: 1024,
    retryAfterBudgetMs: 0,
    secrets: [],
  });
  const { headers: own, without } = credentialsFor(operation, auth, token, { admin: 'admin-token' }, given);
  await target.send({ operation: 'x', method: 'GET', path: '/', headers: own, without });
  await target.close();
  server.close();
  return headers;
}

const seen = ({ authorization, cookie: sent, 'x-key': key, 'x-trace': trace }: Record<string, unknown>): unknown => ({
  ...(authorization === undefined ? {} : { authorization }),
  ...(sent === undefined ? {} : { cookie: sent }),
  ...(key === undefined ? {} : { key }),
  ...(trace === undefined ? {} : { trace }),
});

describe('a header of the run that is the credential', () => {
  const given = { Authorization: 'Bearer real', 'X-Trace': 't' };
  const basic = `Basic ${Buffer.from(`ringtrue:${unknownToken}`).toString('base64')}`;

  it.each<[what: string, operation: Operation, auth: Auth, given: Record<string, string>, sent: unknown]>([
    ['goes with a request of the run itself', bearer, 'main', given, { authorization: 'Bearer real', trace: 't' }],
    ['is left out without credentials', bearer, 'none', given, { trace: 't' }],
    [
      'is replaced by a wrong one',
      bearer,
      { garbage: true },
      given,
      { authorization: `Bearer ${unknownToken}`, trace: 't' },
    ],
    [
      'of Basic, too',
      secured({ kind: 'basic' }),
      { garbage: true },
      { authorization: 'Basic eDp5' },
      { authorization: basic },
    ],
    ['is replaced by a role’s', bearer, { role: 'admin' }, given, { authorization: 'Bearer admin-token', trace: 't' }],
    ['is sent by another scheme', bearer, { wrongScheme: true }, given, { authorization: 'Basic real', trace: 't' }],
    ['may be an API key: left out', header, 'none', { 'x-KEY': 'real', 'X-Trace': 't' }, { trace: 't' }],
    ['may be an API key: replaced', header, { garbage: true }, { 'x-KEY': 'real' }, { key: unknownToken }],
    ['may be a cookie: left out', cookie, 'none', { Cookie: 'lang=en; sid=real' }, {}],
    [
      'may be a cookie: replaced',
      cookie,
      { garbage: true },
      { Cookie: 'lang=en; sid=real' },
      { cookie: `lang=en; sid=${unknownToken}` },
    ],
    ['may be a cookie where the contract says bearer', bearer, 'none', { Cookie: 'sid=real' }, {}],
    ['may have a name of its own', bearer, 'none', { 'X-Key': 'real', 'X-Trace': 't' }, { trace: 't' }],
  ])('%s', async (_, operation, auth, headers, sent) => {
    expect(seen(await received(operation, auth, headers))).toEqual(sent);
  });

  it('is none beside a token, unless it is called as the contract calls it', async () => {
    expect(seen(await received(bearer, 'none', { 'X-Key': 'gateway' }, 'real'))).toEqual({ key: 'gateway' });
    expect(seen(await received(header, 'none', { 'X-Key': 'gateway' }, 'real'))).toEqual({});
  });

  it('may stand in the URL', async () => {
    expect(seen(await received(bearer, 'main', {}, undefined, 'me:secret@'))).toHaveProperty('authorization');
    expect(seen(await received(bearer, 'none', {}, undefined, 'me:secret@'))).toEqual({});
  });
});

describe('several schemes', () => {
  const key: Scheme = { kind: 'apiKey', in: 'header', parameter: 'X-Key' };
  const inQuery: Scheme = { kind: 'apiKey', in: 'query', parameter: 'k' };
  const sid: Scheme = { kind: 'apiKey', in: 'cookie', parameter: 'sid' };
  const tid: Scheme = { kind: 'apiKey', in: 'cookie', parameter: 'tid' };
  const of = (operation: Operation, given: Record<string, string> = {}, auth: Auth = 'main') => {
    const { headers, query } = credentialsFor(operation, auth, 'T', { admin: 'R' }, given);
    return { ...headers, ...Object.fromEntries(query) };
  };

  it('of one alternative all get the token, and cookies share a header', () => {
    const all = alternatives([{ kind: 'bearer' }, key, inQuery, sid, tid]);
    expect(of(all)).toEqual({ authorization: 'Bearer T', 'x-key': 'T', k: 'T', cookie: 'sid=T; tid=T' });
    expect(of(all, {}, { role: 'admin' })).toMatchObject({ authorization: 'Bearer R', 'x-key': 'R', k: 'R' });
    expect(of(all, {}, 'none')).toEqual({});
  });

  it('that a header of the run brings leave the token to the others', () => {
    const both = alternatives([{ kind: 'bearer' }, key]);
    expect(of(both, { 'X-KEY': 'given' })).toEqual({ authorization: 'Bearer T' });
    expect(of(both, { Authorization: 'Bearer given' })).toEqual({ 'x-key': 'T' });
    expect(of(alternatives([sid, key]), { cookie: 'a=1; sid=2' })).toEqual({ 'x-key': 'T' });
  });

  it('of several alternatives only those of one are sent, and of one that can be served', () => {
    expect(of(alternatives([key], [{ kind: 'bearer' }]))).toEqual({ 'x-key': 'T' });
    expect(of(alternatives([{ kind: 'other' }], [{ kind: 'basic' }]))).toEqual({ authorization: 'Basic VA==' });
    expect(of(alternatives([{ kind: 'other' }]))).toEqual({});
  });
});
