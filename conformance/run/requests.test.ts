import { describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Exchange } from '../model/index.ts';
import type { RequestSpec, Target } from '../target/index.ts';
import { followRequests } from './requests.ts';

const contract = await loadContract('voice-calls', { allowRemote: false });
const calls = '/v3/communication/voice_calls';

function follow(status = 200) {
  let id = 0;
  const target: Target = {
    send: ({ operation, method, path, body }: RequestSpec): Promise<Exchange> => {
      id += 1;
      const request = {
        method,
        url: `http://x/gateway${path}`,
        headers: {},
        ...(typeof body === 'string' ? { body } : {}),
      };
      const response = { status, headers: {}, body: '' };
      return Promise.resolve({ id, operation, request, response, startedAtMs: 0, durationMs: 1, attempts: 1 });
    },
    requests: 7,
    dead: () => undefined,
    close: () => Promise.resolve(),
    mask: (text) => text,
  };
  return followRequests(contract, target, {
    token: 'main-token',
    roleTokens: { client: 'client-token', staff: 'main-token' },
    target: { url: 'http://x/gateway/' },
  });
}

const spec = (more: Partial<RequestSpec>): RequestSpec => ({
  operation: 'getVoiceCall',
  method: 'GET',
  path: `${calls}/u-1`,
  headers: {},
  ...more,
});

describe('requests that were followed', () => {
  it('tell whose token they carried, when it was not the run’s own', async () => {
    const { target, roleOf } = follow();
    const by = async (token: string) =>
      roleOf(await target.send(spec({ headers: { authorization: `Bearer ${token}` } })));
    expect(await by('client-token')).toBe('client');
    expect(await by('main-token')).toBeUndefined();
  });

  it('give each read that succeeded, with the path that was sent', async () => {
    const { target, verified } = follow();
    await target.send(spec({}));
    await target.send(spec({ path: `${calls}/u-2` }));
    expect(verified(new Map())).toEqual([
      { operation: 'getVoiceCall', method: 'GET', path: `${calls}/u-1`, status: 200 },
    ]);
    expect(target.requests).toBe(7);
  });

  it('give a write the path that it went to', async () => {
    const { target, verified } = follow();
    const { request } = await target.send(spec({ operation: 'updateVoiceCall', method: 'PUT', body: '{"a":1}' }));
    const write = { operation: 'updateVoiceCall', method: 'PUT', path: request.url, body: { a: 1 }, status: 200 };
    expect(verified(new Map([['updateVoiceCall', write]]))).toEqual([{ ...write, path: `${calls}/u-1` }]);
  });

  it('that failed prove nothing', async () => {
    const { target, verified } = follow(404);
    await target.send(spec({}));
    expect(verified(new Map())).toEqual([]);
  });
});
