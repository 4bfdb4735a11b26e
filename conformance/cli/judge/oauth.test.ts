/** A token that is fetched by a client's own credentials, from the command line to the wire. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder, ringtrue, type Folder, type Outcome } from '../testing/cli.ts';

const SECRET = 'wobbly-otter-secret';

interface Service {
  url: string;
  /** How each token was asked for: `basic notes.read`, `post `. */
  asked: string[];
  /** Answers of the token endpoint in place of the usual. */
  instead: ((nth: number) => { status: number; json: unknown } | undefined) | undefined;
  /** So many requests are answered with one token. */
  uses: number;
  tokens: string[];
  close: () => Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** One server for tokens and for the notes that they open. */
async function service(): Promise<Service> {
  const notes = new Map<string, unknown>();
  const left = new Map<string, number>();
  const own: Service = {
    url: '',
    asked: [],
    instead: undefined,
    uses: Infinity,
    tokens: [],
    close: () => Promise.resolve(),
  };
  const server = createServer((request, response) => {
    const answer = (status: number, json: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    };
    void textOf(request).then((text) => {
      const path = request.url ?? '';
      const given = request.headers.authorization ?? '';
      if (path === '/token') {
        const form = new URLSearchParams(text);
        const pair = Buffer.from(given.replace('Basic ', ''), 'base64').toString();
        // Both parts are encoded as in forms (RFC 6749 section 2.3.1).
        const basic = decodeURIComponent(pair) === `robot:${SECRET}`;
        own.asked.push(`${given === '' ? 'post' : 'basic'} ${form.get('scope') ?? ''}`);
        const other = own.instead?.(own.asked.length);
        if (other) {
          answer(other.status, other.json);
          return;
        }
        if (!basic && form.get('client_secret') !== SECRET) {
          answer(401, { error: 'invalid_client' });
          return;
        }
        const token = `granted-token-${String(own.tokens.length)}-kept-secret`;
        own.tokens.push(token);
        left.set(token, own.uses);
        answer(200, { access_token: token, token_type: 'Bearer', expires_in: 3600 });
        return;
      }
      const token = given.replace('Bearer ', '');
      const uses = left.get(token) ?? 0;
      left.set(token, uses - 1);
      if (uses <= 0) {
        answer(401, { error: 'invalid_token' });
        return;
      }
      if (request.method === 'POST') {
        const id = String(notes.size + 1);
        notes.set(`/notes/${id}`, { ...(JSON.parse(text) as object), id });
        answer(201, notes.get(`/notes/${id}`));
        return;
      }
      const known = notes.get(path);
      answer(known === undefined ? 404 : 200, known ?? { error: 'none' });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  own.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  own.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return own;
}

const answers = (status: string, schema: object): object => ({
  [status]: { description: '', content: { 'application/json': { schema } } },
  401: { description: '' },
  404: { description: '' },
});
const note = {
  type: 'object',
  required: ['text'],
  properties: { id: { type: 'string' }, text: { type: 'string', maxLength: 40 } },
};
const documentAt = (tokenUrl: string): object => ({
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  security: [{ client: ['notes.read', 'notes.write'] }],
  paths: {
    '/notes': {
      post: {
        operationId: 'createNote',
        requestBody: {
          content: { 'application/json': { schema: { ...note, properties: { text: note.properties.text } } } },
        },
        responses: answers('201', note),
      },
    },
    '/notes/{noteId}': {
      get: {
        operationId: 'getNote',
        parameters: [{ name: 'noteId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: answers('200', note),
      },
    },
  },
  components: {
    securitySchemes: { client: { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: {} } } } },
  },
});

let folder: Folder;
let server: Service;
beforeEach(async () => {
  folder = emptyFolder();
  server = await service();
  writeFileSync(join(folder.path, 'notes.json'), JSON.stringify(documentAt('/token')));
});
afterEach(async () => {
  await server.close();
  folder.remove();
});

const run = (...more: string[]): Promise<Outcome> =>
  ringtrue(
    [
      'run',
      'notes.json',
      '--url',
      server.url,
      '--include',
      'round-trip.*',
      '--report',
      'text',
      '--report',
      'json=r.json',
      '--report',
      'har=r.har',
      '-v',
      ...more,
    ],
    { cwd: folder.path },
  );
const client = ['--oauth-client', `robot:${SECRET}`];

describe('--oauth-client', () => {
  it('fetches a token where the document says, and asks with it', async () => {
    const { code } = await run(...client);
    expect(code).toBe(0);
    expect(server.asked).toEqual(['basic notes.read notes.write']);
  });

  it('shows neither the secret nor a token in any output, and renews one that is refused', async () => {
    server.uses = 1;
    const { code, stdout, stderr } = await run(...client);
    expect(code).toBe(0);
    expect(server.tokens.length).toBeGreaterThan(1);
    const written = ['r.json', 'r.har'].map((file) => readFileSync(join(folder.path, file), 'utf8'));
    for (const text of [stdout, stderr, ...written]) {
      expect(text).not.toContain(SECRET);
      for (const token of server.tokens) expect(text).not.toContain(token);
    }
  });

  it('takes the client from the environment and from the config file', async () => {
    writeFileSync(join(folder.path, 'ringtrue.config.yaml'), 'oauth-client: { env: NOTES_CLIENT }\n');
    const args = ['run', 'notes.json', '--url', server.url, '--include', 'round-trip.*'];
    const env = { NOTES_CLIENT: `robot:${SECRET}` };
    expect((await ringtrue(args, { cwd: folder.path, env })).code).toBe(0);
    const other = { RINGTRUE_OAUTH_CLIENT: `robot:${SECRET}`, NOTES_CLIENT: 'robot:wrong-secret' };
    expect((await ringtrue(args, { cwd: folder.path, env: other })).code).toBe(0);
  });

  it('sends the secret in the body to a server that wants it there, and asks without scopes where they are refused', async () => {
    server.instead = (nth) =>
      nth === 1
        ? { status: 401, json: { error: 'invalid_client' } }
        : nth === 2
          ? { status: 400, json: { error: 'invalid_scope' } }
          : undefined;
    expect((await run(...client)).code).toBe(0);
    expect(server.asked).toEqual(['basic notes.read notes.write', 'post notes.read notes.write', 'post ']);
  });

  it.each([
    {
      of: 'a client that is refused',
      json: { error: 'unauthorized_client', error_description: 'not this one' },
      says: 'refused the client of --oauth-client with unauthorized_client: not this one.',
    },
    { of: 'an answer without a token', json: { hello: 'world' }, says: '/token answered no token (' },
  ])('says $of in one sentence, exit code 2', async ({ json, says }) => {
    server.instead = () => ({ status: 'error' in json ? 400 : 200, json });
    const { code, stderr } = await run(...client);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n').at(-1)).toContain(says);
  });

  it('an endpoint that nobody serves is no verdict, exit code 3', async () => {
    const { code, stdout } = await run(...client, '--oauth-token-url', 'http://127.0.0.1:1/token');
    expect(code).toBe(3);
    expect(stdout).toContain('No token could be fetched at http://127.0.0.1:1/token');
  });

  it.each([
    { args: ['--oauth-client', 'robot'], says: '--oauth-client has to be ID:SECRET' },
    { args: [...client, '--token', 'some-token'], says: 'give one of them' },
    { args: [...client, '--oauth-token-url', 'http://tokens.example/token'], says: 'is not https' },
    { args: ['--oauth-token-url', 'https://tokens.example/token'], says: 'add --oauth-client' },
  ])('refuses $says', async ({ args, says }) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(server.asked).toEqual([]);
  });

  it('names the flag when the document has no token URL', async () => {
    writeFileSync(join(folder.path, 'notes.json'), JSON.stringify(documentAt('')).replace('"tokenUrl":"",', ''));
    const { code, stderr } = await run(...client);
    expect(code).toBe(2);
    expect(stderr).toContain('Give it with --oauth-token-url URL.');
  });
});
