/** Files that never end, that nobody writes, or that stand for more than they seem: told in a sentence, exit code 2. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askSecret, type Input } from './ask-secret.ts';
import { UsageError } from './errors.ts';
import { ioOf, type Output, type ProcessLike } from './io.ts';
import { readBounded } from './read-file.ts';
import { emptyFolder, ringtrue, type Folder } from './testing/cli.ts';

let folder: Folder;
const at = (name: string): string => join(folder.path, name);

/** Each line names the one before nine times over. */
function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 10; level += 1)
    lines.push(
      `a${String(level)}: &a${String(level)} [${Array(9)
        .fill(`*a${String(level - 1)}`)
        .join(', ')}]`,
    );
  return `headers:\n  ${lines.join('\n  ')}\n`;
}

const openapi = (schema: string): string =>
  `openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /a:
    get:
      operationId: a
      responses: { "200": { description: d, content: { application/json: { schema: ${schema} } } } }
`;

beforeAll(() => {
  folder = emptyFolder();
  execFileSync('mkfifo', [at('pipe')]);
  const files: Record<string, string> = {
    'bomb.yaml': bomb(),
    'circle.yaml': 'headers: &h\n  X-A: *h\n',
    'deep.yaml': '['.repeat(200_000),
    'encoded.yaml': openapi('{ $ref: a%2fb }'),
    'host.yaml': openapi('{ $ref: "file://elsewhere/b.yaml" }'),
    'long-token': 'x'.repeat(100_000),
    'plain.yaml': openapi('{ type: object }'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
});
afterAll(() => {
  folder.remove();
});

describe('exit code 2 and one sentence', () => {
  it.each<[args: string[], says: string | RegExp]>([
    [['run', 'encoded.yaml'], /encoded\.yaml:\d+: the reference "?a%2fb"? is no valid URI reference/],
    [['run', 'host.yaml'], /host\.yaml:\d+: the reference "?file:\/\/elsewhere\/b\.yaml"? /],
    [['run', 'pipe'], 'pipe: it is no regular file'],
    [['run', '/dev/zero'], '/dev/zero: it is no regular file'],
    [['lint', 'pipe'], 'pipe: it is no regular file'],
    [['run', 'plain.yaml', '--config', 'bomb.yaml'], /bomb\.yaml:\d+: its aliases stand for too much/],
    [['run', 'plain.yaml', '--config', 'circle.yaml'], /circle\.yaml:\d+: /],
    [['run', 'plain.yaml', '--config', 'deep.yaml'], 'deep.yaml'],
    [['run', 'plain.yaml', '--config', 'pipe'], 'pipe cannot be read: it is a pipe, and nobody writes to it.'],
    [['run', 'plain.yaml', '--config', '/dev/zero'], '/dev/zero cannot be read: it is bigger than 4 MiB.'],
    [['run', 'plain.yaml', '--token-file', 'pipe'], '--token-file: '],
    [['run', 'plain.yaml', '--token-file', '/dev/zero'], '/dev/zero cannot be read: it is bigger than'],
    [['run', 'plain.yaml', '--token-file', 'long-token'], 'long-token cannot be read: it is bigger than'],
    [['run', 'plain.yaml', '--cacert', '/dev/zero'], '/dev/zero cannot be read: it is bigger than 1 MiB.'],
    [['run', 'plain.yaml', '--expected-failures', '/dev/zero'], '/dev/zero cannot be read: it is bigger than 4 MiB.'],
    [['diff', 'pipe', 'pipe'], 'pipe cannot be read: it is a pipe, and nobody writes to it.'],
  ])('ringtrue %j', async (args, says) => {
    const named = args.map((word) => (/^[\w-]+\.yaml$|^pipe$|^long-token$/.test(word) ? at(word) : word));
    const { code, stderr, stdout } = await ringtrue([
      ...named,
      ...(args[0] === 'run' ? ['--url', 'http://127.0.0.1:9'] : []),
    ]);
    const text = stderr + stdout;
    if (typeof says === 'string') expect(text).toContain(says);
    else expect(text).toMatch(says);
    expect(text).not.toContain('defect of RingTrue');
    expect(code).toBe(2);
  });
});

it('a plan that takes longer than the whole run may is told: exit code 3', async () => {
  const { code, stderr } = await ringtrue(['run', '--max-time', '0.001']);
  expect(stderr).toMatch(/^Planning voice-calls takes longer than the 0\.001 s of --max-time, and nothing was sent\. /);
  expect(code).toBe(3);
});

it('schemas that take longer to make than the whole run may are given up: exit code 3', async () => {
  let schema: object = { type: 'object' };
  for (let level = 0; level < 180; level += 1) {
    const texts = Array.from({ length: 10 }, (_, index) => [`p${String(index)}`, { type: 'string', maxLength: 9 }]);
    schema = { type: 'object', properties: { ...(Object.fromEntries(texts) as object), inner: schema } };
  }
  writeFileSync(at('slow.yaml'), openapi(JSON.stringify(schema)));
  const { code, stderr } = await ringtrue(['run', at('slow.yaml'), '--url', 'http://127.0.0.1:9', '--max-time', '0.9']);
  expect(stderr).toContain('Planning slow takes longer than the 0.9 s of --max-time, and nothing was sent. ');
  expect(code).toBe(3);
});

describe('a pipe', () => {
  it('is read to its end when somebody writes to it', () => {
    // Opened for both ways, so that neither waits for the other.
    const end = openSync(at('pipe'), 'r+');
    writeSync(end, 'told\n');
    expect(() => readBounded(at('pipe'), { most: 100, patienceMs: 50 })).toThrow('nothing came from it for 0.05 s');
    closeSync(end);
  });

  it('that nobody writes to is told', () => {
    expect(() => readBounded(at('pipe'), { most: 100, noWriterMs: 30 })).toThrow('nobody writes to it');
  });

  it('/dev/null is an empty file', () => {
    expect(readBounded('/dev/null', { most: 100 })).toBe('');
  });
});

describe('a token on standard input', () => {
  it('may be a redirected file, which has no terminal and nothing to be let go', async () => {
    const input = Readable.from([Buffer.from('to'), Buffer.from('ken\r\nrest')]) as Input;
    expect(await askSecret('Token: ', () => undefined, input)).toBe('token');
  });

  it('is the whole input where no line ends', async () => {
    expect(await askSecret('Token: ', () => undefined, Readable.from([Buffer.from(' token ')]))).toBe('token');
  });

  it('that never ends is refused', async () => {
    const input = new PassThrough();
    input.write('x'.repeat(70_000));
    await expect(askSecret('Token: ', () => undefined, input)).rejects.toThrow('too long to be a token');
  });
});

describe('the surroundings', () => {
  const stream = (fd: number): Output => Object.assign(new PassThrough(), { fd }) as unknown as Output;
  const like = (parts: Partial<ProcessLike>): ProcessLike => ({
    env: {},
    cwd: () => '/',
    stdout: stream(1),
    stderr: stream(2),
    ...parts,
  });

  it('a full disk behind standard output is told, and nothing is thrown', () => {
    const full = openSync('/dev/full', 'w');
    try {
      const io = ioOf(like({ stdout: stream(full) }));
      io.out('text');
      io.out('more');
      expect(io.lost()).toBe('Standard output could not be written: the disk is full.');
    } finally {
      closeSync(full);
    }
  });

  it('a reader who has left is no failure', () => {
    const stdout = stream(1);
    const io = ioOf(like({ stdout }));
    stdout.emit('error', Object.assign(new Error(), { code: 'EPIPE' }));
    io.out('text');
    expect(io.lost()).toBeUndefined();
  });

  it('a working folder that was deleted is a mistake of the user', () => {
    mkdirSync(at('gone'));
    const gone = (): string => {
      rmSync(at('gone'), { recursive: true, force: true });
      throw Object.assign(new Error('ENOENT: no such file or directory, uv_cwd'), { code: 'ENOENT' });
    };
    expect(() => ioOf(like({ cwd: gone }))).toThrow(UsageError);
    expect(() => ioOf(like({ cwd: gone }))).toThrow(
      'The folder that this was started in cannot be used: there is no such file or folder. Change to another one.',
    );
  });
});
