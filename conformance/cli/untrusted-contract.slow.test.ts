/** A contract may be anybody's: whatever is wrong with it, one sentence with its place, exit code 2, in bearable time and memory. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, ringtrue, type Folder, type Outcome } from './testing/cli.ts';
import { watchedTarget, type Watched } from './testing/target.ts';

const head = 'openapi: 3.1.0\ninfo: { title: t, version: "1" }\n';

/** A contract whose record has one property of this schema. */
function withSchema(schema: string, rest = ''): string {
  const record = `{ type: object, required: [id, a], properties: { id: { type: string, readOnly: true }, a: ${schema} } }`;
  return `${head}paths:
  /things:
    post:
      operationId: createThing
      requestBody: { required: true, content: { application/json: { schema: ${record} } } }
      responses: { "201": { description: d, content: { application/json: { schema: ${record} } } } }
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: d, content: { application/json: { schema: ${record} } } } }
${rest}`;
}

const loop =
  'components: { schemas: { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } } }\n';
const itself = 'components: { schemas: { A: { allOf: [{ $ref: "#/components/schemas/A" }] } } }\n';
const bomb = Array.from({ length: 9 }, (_, level) => {
  const inner = level === 0 ? 'x' : `*l${String(level - 1)}`;
  return `x-${String(level)}: &l${String(level)} [${Array(9).fill(inner).join(', ')}]`;
});

const files: Record<string, [text: string, says: RegExp]> = {
  'loop.yaml': [
    withSchema('{ $ref: "#/components/schemas/A" }', loop),
    /^loop\.yaml:14: the reference #\S+ leads back to itself\. /,
  ],
  'itself.yaml': [
    withSchema('{ $ref: "#/components/schemas/A" }', itself),
    /^itself\.yaml:14: the reference #\S+ leads back to itself\. /,
  ],
  'alias-loop.yaml': [`${head}x-a: &a { b: *a }\npaths: {}\n`, /an alias leads back into itself/],
  'bomb.yaml': [`${head}${bomb.join('\n')}\npaths: {}\n`, /its aliases make a tree of more than three million parts/],
  'deep.yaml': [`${head}x: ${'['.repeat(100_000)}\n`, /nested more than 500 levels deep/],
  'deep.json': [
    `{"openapi":"3.1.0","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    /nested more than 500 levels deep/,
  ],
  'pattern.yaml': [
    withSchema('{ type: string, pattern: "^(a+)+$" }'),
    /^pattern\.yaml:7: the pattern .* backtracks for ever/,
  ],
  'names.yaml': [withSchema('{ type: object, propertyNames: { pattern: "(a|a)*b" } }'), /backtracks for ever/],
  'no-type.yaml': [
    withSchema('{ type: strng }'),
    /^no-type\.yaml:\d+: its schema cannot be used: "strng" is no type of JSON Schema/,
  ],
  'null-schema.yaml': [withSchema('null'), /^null-schema\.yaml:\d+: its schema cannot be used: null is none/],
  'least.yaml': [
    withSchema('{ type: string, minLength: 1000000000000 }'),
    /^least\.yaml:7: minLength is 1000000000000, .* 1000000 is the most/,
  ],
  'many-operations.yaml': [
    `${head}paths:\n${Array.from({ length: 12_000 }, (_, index) => `  /a${String(index)}: { get: { responses: { "200": { description: d } } } }\n`).join('')}`,
    /it has 12000 operations, and no plan is made of more than 10000/,
  ],
  'many-properties.yaml': [
    withSchema('{}').replaceAll(
      'a: {}',
      `a: {}, ${Array.from({ length: 6000 }, (_, index) => `f${String(index)}: {}`).join(', ')}`,
    ),
    /request properties, and no plan is made of more than 5000/,
  ],
  'huge.yaml': [`${head}# ${'x'.repeat(21 * 1024 * 1024)}\n`, /it is bigger than 20 MiB/],
  'outside.yaml': [
    withSchema('{ $ref: "../../secret.yaml" }'),
    /^outside\.yaml:\d+: the reference \S+ leads out of the contract's folder/,
  ],
  'file.yaml': [withSchema('{ $ref: "file:///etc/passwd" }'), /leads out of the contract's folder/],
  'linked.yaml': [withSchema('{ $ref: "link.yaml" }'), /leads out of the contract's folder/],
  'remote.yaml': [withSchema('{ $ref: "http://127.0.0.1:1/x.yaml" }'), /leads to the network.*--allow-remote-refs/],
  'escape.yaml': [
    `${head}paths: { /a: { $ref: "\\e[31m" } }\n`,
    /^escape\.yaml:3: the reference \\x1b\[31m cannot be followed/,
  ],
};

let folder: Folder;
let target: Watched;
let server: Server;
let origin: string;
let asked: string[];
beforeAll(async () => {
  folder = emptyFolder();
  target = await watchedTarget();
  for (const [name, [text]] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  symlinkSync('/etc/passwd', join(folder.path, 'link.yaml'));
  writeFileSync(join(folder.path, 'big.yaml'), `${withSchema('{ type: string }')}x-pad: "${'x'.repeat(10_500_000)}"\n`);
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/contract.yaml') response.end(withSchema('{ $ref: "part.yaml" }'));
    else if (request.url === '/part.yaml') response.end('{ type: string }');
    else if (request.url === '/file.yaml') response.end(withSchema('{ $ref: "file:///etc/passwd" }'));
    else if (request.url === '/endless.yaml') {
      const block = 'x'.repeat(100_000);
      const fill = (): void => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', fill);
      fill();
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  await target.close();
  server.closeAllConnections();
  server.close();
  folder.remove();
});

const run = (...args: string[]): Promise<Outcome> => ringtrue(['run', ...args], { cwd: folder.path });

function refused({ code, stdout, stderr }: Outcome, says: RegExp): void {
  expect(stderr).toMatch(says);
  // A schema that stands at three places is told at each.
  const places = stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.split(': ')[0]);
  expect(new Set(places).size).toBe(places.length);
  expect(stderr).not.toMatch(/^ +at |defect of RingTrue/m);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  expect(target.requests).toEqual([]);
}

describe('a contract that cannot be used', () => {
  it.each(Object.entries(files))('%s is refused with its place, soon, and nothing is sent', async (name, [, says]) => {
    const before = process.cpuUsage();
    refused(await run(name, '--url', target.url, '--token', 't'), says);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(20);
  });
});

describe('a contract that is only big', () => {
  it('is read: 10 MB', async () => {
    const { code, stdout } = await run('big.yaml', '--url', target.url, '--token', 't', '--dry-run');
    expect(stdout).toContain('× createThing');
    expect(code).toBe(0);
  });
});

describe('a contract from the network', () => {
  it('is fetched, and what it refers to only where that is allowed', async () => {
    const url = `${origin}/contract.yaml`;
    refused(
      await run(url, '--url', target.url, '--token', 't'),
      /part\.yaml leads to the network.*--allow-remote-refs/,
    );
    expect(asked).toEqual(['/contract.yaml']);
    const { code, stdout } = await run(url, '--url', target.url, '--token', 't', '--dry-run', '--allow-remote-refs');
    expect(asked).toContain('/part.yaml');
    expect(stdout).toContain('× createThing');
    expect(code).toBe(0);
  });

  it('reads no file of this machine, allowed or not', async () => {
    const outcome = await run(`${origin}/file.yaml`, '--url', target.url, '--allow-remote-refs');
    refused(outcome, /file:\/\/\/etc\/passwd is neither|leads out of/);
  });

  it('that never ends is given up, and one that is not there is told as such', async () => {
    refused(await run(`${origin}/endless.yaml`, '--url', target.url), /it is bigger than 20 MiB/);
    refused(await run(`${origin}/none.yaml`, '--url', target.url), /the server answers 404 for it/);
  });
});
