import { afterEach, expect, test } from 'vitest';
import { answer, closeServers, rawServer } from './testing/servers.ts';
import { closeTargets, get, testTarget } from './testing/target.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

test.each(['json', 'application', 'n/json'])(
  'a token such as %s leaves the media type that is judged',
  async (token) => {
    const server = await rawServer((socket) => socket.write(answer('{}', `X-Echo: ${token}`)));
    const { response } = await testTarget(server.url, { secrets: [token] }).send(get());
    expect(response?.headers).toMatchObject({ 'content-type': 'application/json', 'x-echo': '***' });
  },
);

test('a token in a media type of its own is masked', async () => {
  const text = 'HTTP/1.1 200 OK\r\nContent-Type: text/sekret-token-123\r\nContent-Length: 0\r\n\r\n';
  const server = await rawServer((socket) => socket.write(text));
  const { response } = await testTarget(server.url).send(get());
  expect(response?.headers['content-type']).toBe('text/***');
});
