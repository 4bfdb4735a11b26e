import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Operation, SecurityScheme } from '../contract/types.ts';
import { createTarget } from '../target/index.ts';
import type { Auth } from '../rules/types.ts';
import { credentialsFor, unknownToken } from './credentials.ts';

const secured = (...schemes: Omit<SecurityScheme, 'name' | 'type'>[]): Operation =>
  ({ security: schemes.map((scheme) => ({ scheme: { name: 's', ...scheme }, roles: [] })) }) as unknown as Operation;

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
