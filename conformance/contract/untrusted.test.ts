import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtinContractDir } from './builtin-dir.ts';
import { ContractError } from './errors.ts';
import { readDocument } from './untrusted.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-contract-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function refusal(name: string, allowRemote = false): Promise<ContractError> {
  try {
    const [flaw] = (await readDocument(name, { allowRemote })).flaws.all;
    if (flaw) return new ContractError(flaw);
  } catch (error) {
    expect(error).toBeInstanceOf(ContractError);
    return error as ContractError;
  }
  throw new Error(`${name} was taken`);
}

const minimal = 'openapi: 3.1.0\ninfo: {title: t, version: "1"}\npaths: {}\n';

describe('readDocument', () => {
  test.each(['voice-calls', 'calldesk', 'aicaller'])('reads the built-in contract %s as it stands', async (name) => {
    const read = await readDocument(`${builtinContractDir()}${name}.yaml`, { allowRemote: false });
    expect(read.document['openapi']).toBe('3.1.0');
    expect(read.sha256).toMatch(/^[\da-f]{64}$/);
    expect(read.lineOf('/paths')).toBe(read.text.split('\n').indexOf('paths:') + 1);
    expect(read.upgradedFrom).toBeUndefined();
  });

  test('reads JSON, with tabs and with a byte order mark too', async () => {
    const json = JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} }, null, '\t');
    const read = await readDocument(file('tabs.json', `\ufeff${json}`), { allowRemote: false });
    expect(read.document['paths']).toEqual({});
  });

  test('a cycle of references inside the document stays as it is', async () => {
    const text = `${minimal}components: {schemas: {A: {properties: {a: {$ref: '#/components/schemas/A'}}}}}\n`;
    const read = await readDocument(file('cycle.yaml', text), { allowRemote: false });
    expect(read.document).toMatchObject({
      components: { schemas: { A: { properties: { a: { $ref: '#/components/schemas/A' } } } } },
    });
  });

  test('brings several files together, round trips between them included', async () => {
    file('many/paths/x.yaml', "get:\n  responses:\n    '200': {$ref: '../root.yaml#/components/responses/Ok'}\n");
    file('many/schemas.json', '{"B": {"type": "string"}}');
    const root = file(
      'many/root.yaml',
      `openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /x: {$ref: paths/x.yaml}\ncomponents:\n` +
        `  responses:\n    Ok: {description: ok, content: {application/json: {schema: {$ref: 'schemas.json#/B'}}}}\n`,
    );
    const { document } = await readDocument(root, { allowRemote: false });
    expect(document).toMatchObject({
      paths: { '/x': { get: { responses: { '200': { $ref: '#/components/responses/Ok' } } } } },
      components: {
        responses: { Ok: { content: { 'application/json': { schema: { $ref: '#/components/schemas/B' } } } } },
        schemas: { B: { type: 'string' } },
      },
    });
  });

  test('the hash of a contract of several files changes with each of them', async () => {
    const root = file('hash/root.yaml', `${minimal}components: {schemas: {A: {$ref: a.json}}}\n`);
    file('hash/a.json', '{"type":"string"}');
    const before = (await readDocument(root, { allowRemote: false })).sha256;
    file('hash/a.json', '{"type":"number"}');
    expect((await readDocument(root, { allowRemote: false })).sha256).not.toBe(before);
  });

  test('OpenAPI 3.0 is upgraded, and the result says so', async () => {
    const text =
      'openapi: 3.0.3\ninfo: {title: t, version: "1"}\npaths: {}\ncomponents: {schemas: {A: {type: string, nullable: true}}}\n';
    const read = await readDocument(file('three.yaml', text), { allowRemote: false });
    expect(read.upgradedFrom).toBe('3.0.3');
    expect(read.document).toMatchObject({ components: { schemas: { A: { type: ['string', 'null'] } } } });
  });

  test('a contract of 10 MB is read', async () => {
    const schema = { type: 'object', properties: { a: { type: 'string', description: 'x'.repeat(900) } } };
    const schemas = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`S${index}`, schema]));
    const text = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {},
      components: { schemas },
    });
    expect(text.length).toBeGreaterThan(9_500_000);
    const read = await readDocument(file('big.json', text), { allowRemote: false });
    expect(Object.keys((read.document['components'] as { schemas: object }).schemas)).toHaveLength(10_000);
  });

  test('a property that is called $ref, and a $ref in an example, are no references', async () => {
    const text = `${minimal}components: {schemas: {A: {properties: {$ref: {type: string}}, example: {$ref: nowhere.yaml}}}}\n`;
    await expect(readDocument(file('data.yaml', text), { allowRemote: false })).resolves.toBeDefined();
  });
});

describe('what cannot be read is told with its place and a remedy', () => {
  test('a file that is not there', async () => {
    const error = await refusal(join(folder, 'none.yaml'));
    expect(error.message).toMatch(/none\.yaml: there is no such file\. Check the path; .*voice-calls/);
  });

  test('a folder', async () => {
    expect((await refusal(folder)).problem).toBe('it is a folder');
  });

  test('a device that never ends', async () => {
    expect((await refusal('/dev/zero')).problem).toBe('it is no regular file');
  });

  test('text that is no UTF-8', async () => {
    expect((await refusal(file('latin.yaml', Buffer.from('openapi: 3.1.0\nx: \xe9', 'latin1')))).problem).toMatch(
      /not valid UTF-8/,
    );
  });

  test('a syntax error, with its line', async () => {
    const error = await refusal(file('syntax.yaml', 'openapi: 3.1.0\na: [1\nb: 2\n'));
    expect(error.line).toBe(3);
    expect(error.message).toMatch(/syntax\.yaml:3: it is no valid YAML or JSON: .*\. Mend the syntax/);
  });

  test.each([
    ['YAML', 'openapi: 3.1.0\npaths: {}\npaths: {}\n', 3],
    ['JSON', '{\n"openapi": "3.1.0",\n"paths": {},\n"paths": {}}', 4],
  ])('a key that stands twice in %s, with its line', async (_, text, line) => {
    const error = await refusal(file('twice.yaml', text));
    expect(error.problem).toMatch(/stands twice/);
    expect(error.line).toBe(line);
  });

  test('aliases that make a huge tree', async () => {
    const rows = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let level = 1; level < 9; level += 1) {
      rows.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(',')}]`,
      );
    }
    expect((await refusal(file('bomb.yaml', rows.join('\n')))).problem).toMatch(
      /aliases make a tree of more than three million/,
    );
  });

  test('an alias that leads back into itself', async () => {
    expect((await refusal(file('loop.yaml', 'openapi: 3.1.0\na: &a [*a]\n'))).problem).toMatch(
      /leads back into itself/,
    );
  });

  test.each([
    ['YAML', '['.repeat(100_000)],
    ['JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('nesting of 100,000 levels in %s', async (_, text) => {
    expect((await refusal(file('deep.yaml', text))).problem).toMatch(/nested more than 500 levels deep/);
  });

  test.each([
    ['pattern', "{type: string, pattern: '^(a+)+$'}"],
    ['name pattern', "{type: object, patternProperties: {'^(b+)+$': {type: string}}}"],
  ])('a %s that backtracks for ever, with its line', async (_, schema) => {
    const error = await refusal(file('slow.yaml', `${minimal}components:\n  schemas:\n    A: ${schema}\n`));
    expect(error.problem).toMatch(/^the pattern "\^\([ab]\+\)\+\$" cannot be used: it backtracks for ever/);
    expect(error.line).toBe(6);
  });

  test.each([
    ['openapi: 4.0.0\n', /its OpenAPI version is "4\.0\.0"/],
    ['openapi: 3.1\n', /its OpenAPI version is 3\.1/],
    ['swagger: "1.2"\n', /its OpenAPI version is "1\.2"/],
    ['title: x\n', /no key "openapi"/],
    ['just words\n', /holds no OpenAPI document/],
    ['', /holds no OpenAPI document/],
  ])('%j is no OpenAPI 3 document', async (text, problem) => {
    expect((await refusal(file('other.yaml', text))).problem).toMatch(problem);
  });

  test('a reference inside the document that leads nowhere, with its line', async () => {
    const error = await refusal(file('nowhere.yaml', `${minimal}x:\n  $ref: '#/components/schemas/None'\n`));
    expect(error.problem).toBe('the reference #/components/schemas/None leads nowhere');
    expect(error.line).toBe(5);
    expect(error.pointer).toBe('/x');
  });

  test('a file bigger than the cap', async () => {
    expect((await refusal(file('huge.yaml', `# ${'x'.repeat(21 * 1024 * 1024)}`))).problem).toBe(
      'it is bigger than 20 MiB',
    );
  });
});

describe('references to elsewhere', () => {
  let server: Server;
  let asked: string[];
  let origin: string;

  beforeAll(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(request.url === '/remote.yaml' ? 'type: string\n' : minimal);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.close();
  });

  test('a remote reference is refused unless allowed, and nothing is asked for', async () => {
    const path = file('remote/root.yaml', `${minimal}components: {schemas: {A: {$ref: '${origin}/remote.yaml'}}}\n`);
    const error = await refusal(path);
    expect(error.problem).toMatch(/leads to the network/);
    expect(error.remedy).toMatch(/allow/);
    expect(error.line).toBe(4);
    expect(asked).toEqual([]);
  });

  test('a remote reference is followed where allowed', async () => {
    const path = file('remote/root.yaml', `${minimal}components: {schemas: {A: {$ref: '${origin}/remote.yaml'}}}\n`);
    const { document } = await readDocument(path, { allowRemote: true });
    expect(document).toMatchObject({ components: { schemas: { A: { type: 'string' } } } });
    expect(asked).toEqual(['/remote.yaml']);
  });

  test('a contract may itself come from the network', async () => {
    expect((await readDocument(`${origin}/contract.yaml`, { allowRemote: false })).document['openapi']).toBe('3.1.0');
  });

  test.each(['../../secret.yaml', '%2e%2e/secret.yaml', '/etc/hostname', 'file:///etc/hostname'])(
    'the reference %s leads out of the folder and is refused',
    async (target) => {
      file('secret.yaml', 'type: string\n');
      const error = await refusal(
        file('inside/root.yaml', `${minimal}components: {schemas: {A: {$ref: '${target}'}}}\n`),
      );
      expect(error.problem).toMatch(/leads out of the contract's folder/);
    },
  );

  test('a link in the folder that leads out of it is refused', async () => {
    const secret = file('secret.yaml', 'type: string\n');
    const root = file('linked/root.yaml', `${minimal}components: {schemas: {A: {$ref: link.yaml}}}\n`);
    symlinkSync(secret, join(folder, 'linked/link.yaml'));
    expect((await refusal(root)).problem).toMatch(/leads out of the contract's folder/);
  });

  test('a file that is not there is told at the reference', async () => {
    const error = await refusal(
      file('lost/root.yaml', `${minimal}components:\n  schemas:\n    A: {$ref: none.yaml}\n`),
    );
    expect(error.problem).toMatch(/the reference none\.yaml cannot be followed: there is no such file/);
    expect(error.line).toBe(6);
  });

  test('a place in another file that is not there is told at the reference', async () => {
    file('lost/part.yaml', 'a: 1\n');
    const error = await refusal(
      file('lost/two.yaml', `${minimal}components: {schemas: {A: {$ref: 'part.yaml#/b'}}}\n`),
    );
    expect(error.problem).toBe('the reference part.yaml#/b leads nowhere');
  });

  test('a part with a syntax error is told with its own file and line', async () => {
    file('broken/part.yaml', 'a: 1\nb: [\n');
    const error = await refusal(file('broken/root.yaml', `${minimal}components: {schemas: {A: {$ref: part.yaml}}}\n`));
    expect(error.message).toMatch(/broken[/\\]part\.yaml:3: it is no valid YAML/);
  });
});
