import { afterEach, describe, expect, test } from 'vitest';
import { answer, closeServers, rawServer } from './testing/servers.ts';
import { closeTargets, get, post, testTarget } from './testing/target.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

const body = '{"text":"HTTP/1.1 100 Continue\\r\\n\\r\\n"}';
const more = 'HTTP/1.1 100 Continue\r\n\r\n';
const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n';
const busy = 'HTTP/1.1 102 Processing\r\n\r\n';

describe.each([
  ['a 100 that nobody asked for', more],
  ['a repeated 100', more.repeat(3)],
  ['a repeated 102 and 103', busy + busy + hints + hints],
  ['all of them', more + busy + hints + more],
])('%s before the answer', (_, interim) => {
  test.each([get(), post()])('is borne: $method', async (spec) => {
    const server = await rawServer((socket) => socket.write(interim + answer(body)));
    const target = testTarget(server.url);
    for (const kept of [1, 2]) {
      const { response, error } = await target.send(spec);
      expect(error).toBeUndefined();
      expect(response, `request ${kept}`).toMatchObject({ status: 200, body });
    }
  });

  test('is borne in pieces of one byte', async () => {
    const server = await rawServer((socket) => {
      socket.setNoDelay(true);
      const bytes = Buffer.from(interim + answer(body));
      let at = 0;
      const next = (): void => {
        if (at < bytes.length) socket.write(bytes.subarray(at, (at += 1)), next);
      };
      next();
    });
    expect((await testTarget(server.url).send(get())).response).toMatchObject({ status: 200, body });
  });
});

test('interim answers without an end are no answer', async () => {
  const server = await rawServer((socket) => {
    const say = (): void => {
      if (!socket.destroyed) socket.write(more, () => setImmediate(say));
    };
    say();
  });
  expect((await testTarget(server.url, { timeoutMs: 150 }).send(get())).error?.kind).toBe('timeout');
});
