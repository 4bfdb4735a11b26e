/** Documents as their owners published them: what is odd about one part is told, and takes nothing from the others. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planCases } from '../plan/index.ts';
import { ContractError } from './errors.ts';
import { lintContract } from './lint.ts';
import { loadContract } from './load.ts';
import { at } from './resolve.ts';
import type { Contract } from './types.ts';
import { openValidators, messageSchemas } from './validators.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-loading-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const head = 'openapi: 3.0.3\ninfo: { title: t, version: "1" }\n';
let count = 0;

/** A document of two operations: `good`, and `odd` whose answer has this schema. */
function withSchema(schema: string, components = ''): string {
  count += 1;
  return write(
    `odd-${String(count)}.yaml`,
    `${head}paths:
  /good: { get: { operationId: good, responses: { "200": { description: d, content: { application/json: { schema: { type: string } } } } } } }
  /odd: { get: { operationId: odd, responses: { "200": { description: d, content: { application/json: { schema: ${schema} } } } } } }
${components}`,
  );
}

const load = (file: string, options = {}): Promise<Contract> => loadContract(file, { allowRemote: false, ...options });

async function accepts(contract: Contract, id: string, value: unknown): Promise<boolean> {
  const validators = await openValidators(contract, { properties: false });
  const operation = contract.operations.find((one) => one.id === id);
  return validators.check(operation?.responses[0]?.schemaPointer ?? '', value).length === 0;
}

describe('a schema that no validator takes as it stands', () => {
  it.each([
    ['{ nullable: true, type: string }', [null, 'x'], [1]],
    ['{ nullable: true, type: string, enum: [a] }', [null, 'a'], ['b']],
    ['{ nullable: true, allOf: [{ type: object, required: [a] }] }', [null, { a: 1 }], [{}]],
    ['{ nullable: true }', [null, 1], []],
    ['{ type: number, minimum: 1, exclusiveMinimum: true }', [2], [1]],
    ['{ type: string, maxLength: "2" }', ['ab'], ['abc']],
    ['{ type: string, enum: [1, true] }', ['1', 'true'], ['2']],
    [
      '{ type: object, required: true, properties: { a: { type: string, required: true } } }',
      [{}, { a: 'x' }],
      [{ a: 1 }],
    ],
    [String.raw`{ type: string, pattern: "^[\\w\\-\\_]+$" }`, ['a-b'], ['a b']],
    ['{ type: string, pattern: "^(?i)abc$" }', ['ABC', 'anything'], [1]],
    ['{ type: string, format: snowflake, colour: red }', ['x'], [1]],
    ['{ id: Foo, $schema: "http://json-schema.org/draft-04/schema#", type: string }', ['x'], [1]],
    [
      '{ type: object, properties: { example: { type: integer }, nullable: { type: string } } }',
      [{ example: 1 }],
      [{ example: 'x' }],
    ],
  ])('%s', async (schema, right, wrong) => {
    const contract = await load(withSchema(schema));
    for (const value of right) expect([value, await accepts(contract, 'odd', value)]).toEqual([value, true]);
    for (const value of wrong) expect([value, await accepts(contract, 'odd', value)]).toEqual([value, false]);
  });

  it('unknown formats and keywords are told in one note each', async () => {
    const { inferred } = await load(
      withSchema('{ type: object, properties: { a: { format: x1, hue: 1 }, b: { format: x2, hue: 2 } } }'),
    );
    expect(inferred).toContain('No validator knows these formats, so they constrain nothing: x1, x2.');
    expect(inferred).toContain('These are no keywords of JSON Schema, so they constrain nothing: hue.');
  });
});

describe('what is wrong with one operation', () => {
  it.each([
    [
      'a reference that leads nowhere',
      '{ $ref: "#/components/schemas/None" }',
      '',
      /the reference #\/components\/schemas\/None leads nowhere/,
    ],
    [
      'one below a component',
      '{ $ref: "#/components/schemas/A" }',
      'components: { schemas: { A: { properties: { a: { $ref: "#/components/schemas/None" } } } } }\n',
      /leads nowhere/,
    ],
    [
      'a file that is not there',
      '{ $ref: "none.yaml" }',
      '',
      /the reference none\.yaml cannot be followed: there is no such file/,
    ],
    ['a type that is none', '{ type: strng }', '', /"strng" is no type of JSON Schema \(did you mean string\?\)/],
    [
      'a loop',
      '{ $ref: "#/components/schemas/A" }',
      'components: { schemas: { A: { $ref: "#/components/schemas/A" } } }\n',
      /leads back to itself/,
    ],
    ['a pattern without end', '{ type: string, pattern: "^(a+)+$" }', '', /backtracks for ever/],
  ])('keeps only that one from being asked: %s', async (_, schema, components, reason) => {
    const file = withSchema(schema, components);
    const contract = await load(file);
    const [good, odd] = contract.operations;
    expect(good?.unusable).toBeUndefined();
    expect(odd?.unusable).toMatch(reason);
    expect(contract.inferred.join('\n')).toMatch(reason);
    const cases = planCases(contract, {
      profile: 'full',
      include: [],
      exclude: [],
      readOnly: false,
      roles: [],
      fixtures: [],
      explore: 0,
    });
    expect(cases.filter(({ operation }) => operation === 'odd')).toEqual([]);
    const validators = await openValidators(contract, { properties: false });
    for (const pointer of messageSchemas(contract)) expect(() => validators.check(pointer, null)).not.toThrow();
    const { problems } = await lintContract(file);
    expect(problems.map(({ message }) => message.toLowerCase()).join('\n')).toMatch(
      new RegExp(reason.source.toLowerCase()),
    );
  });

  it('all of it is told at once when nothing is left to ask', async () => {
    const file = write(
      'all.yaml',
      `${head}paths:
  /a: { get: { responses: { "200": { description: d, content: { application/json: { schema: { type: strng } } } } } } }
  /b: { get: { responses: { "200": { description: d, content: { application/json: { schema: { $ref: "#/nowhere" } } } } } } }
`,
    );
    const error = await load(file).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toMatch(/all\.yaml:4: .*strng[^\n]*\n.*all\.yaml:5: .*#\/nowhere leads nowhere/s);
    expect((await lintContract(file)).problems).toHaveLength(2);
  });

  it('a security scheme that is nowhere makes its operations untested, and never open', async () => {
    const contract = await load(
      write(
        'security.yaml',
        `${head}paths:
  /a: { get: { operationId: a, security: [{ none: [] }], responses: { "200": { description: d } } } }
  /b: { get: { operationId: b, security: [{ none: [] }, { key: [], user: [] }], responses: { "200": { description: d } } } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: K }, user: { type: http, scheme: basic } } }
`,
      ),
    );
    const [a, b] = contract.operations;
    expect(a?.unusable).toMatch(/its security names none/);
    expect(b?.access.map((all) => all.map(({ scheme }) => scheme.name))).toEqual([['key', 'user']]);
  });
});

describe('Swagger 2.0', () => {
  it('is read as 3.1, body, form and security included', async () => {
    const contract = await load(
      write(
        'swagger.yaml',
        `swagger: 2.0
info: { title: t, version: "1" }
consumes: [application/json]
produces: [application/json]
securityDefinitions: { key: { type: apiKey, in: header, name: K } }
security: [{ key: [] }]
paths:
  /a/{id}:
    parameters: [{ name: id, in: path, required: true, type: integer }]
    post:
      operationId: a
      parameters: [{ name: body, in: body, schema: { $ref: "#/definitions/A" } }]
      responses: { 200: { description: d, schema: { $ref: "#/definitions/A" } } }
    put:
      operationId: form
      consumes: [application/x-www-form-urlencoded]
      parameters: [{ name: f, in: formData, type: string }]
      responses: { 204: { description: d } }
definitions: { A: { type: object, properties: { a: { type: string, x-nullable: true }, example: { type: integer } } } }
`,
      ),
    );
    expect(contract.inferred[0]).toBe('The document is Swagger 2.0; it was read as 3.1.');
    const [put, post] = [...contract.operations].sort((one, other) => other.method.localeCompare(one.method));
    expect(post?.requestBody?.mediaType).toBe('application/json');
    expect(post?.fields.map(({ name }) => name)).toEqual(['a', 'example']);
    expect(post?.security[0]?.scheme.kind).toBe('apiKey');
    expect(put?.bodies[0]?.mediaType).toBe('application/x-www-form-urlencoded');
    expect(await accepts(contract, 'a', { a: null, example: 1 })).toBe(true);
  });
});

describe('several files', () => {
  it('may lie beside the folder of the document, within what --ref-root names', async () => {
    write(
      'many/common/parts.yaml',
      'A: { type: object, properties: { b: { $ref: "#/B" } } }\nB: { type: string, enum: [x] }\n',
    );
    write(
      'many/api/paths.yaml',
      'get:\n  operationId: get\n  responses: { "200": { description: d, content: { application/json: { schema: { $ref: "../common/parts.yaml#/A" } } } } }\n',
    );
    const root = write('many/api/root.yaml', `${head}paths: { /x: { $ref: paths.yaml } }\n`);
    await expect(load(root)).rejects.toThrow(
      /leads out of the contract's folder, which is .*Name the folder .* with --ref-root/,
    );
    const contract = await load(root, { refRoot: join(folder, 'many') });
    expect(await accepts(contract, 'get', { b: 'x' })).toBe(true);
    expect(await accepts(contract, 'get', { b: 'y' })).toBe(false);
  });
});

describe('a document in one line', () => {
  it('has places that are pointers', async () => {
    const file = write(
      'line.json',
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'x'.repeat(500), version: '1' },
        paths: {
          '/a': {
            get: {
              responses: { 200: { description: 'd', content: { 'application/json': { schema: { type: 'strng' } } } } },
            },
          },
        },
      }),
    );
    await expect(load(file)).rejects.toThrow(
      /line\.json#\/paths\/~1a\/get\/responses\/200\/content\/application~1json\/schema\/type: /,
    );
  });
});

describe('a syntax error', () => {
  it('is told by lint for what it is, and nothing else is', async () => {
    const { problems, readable } = await lintContract(write('broken.yaml', 'openapi: 3.1.0\na: [1\nb: 2\n'));
    expect(readable).toBe(false);
    expect(problems[0]?.line).toBe(3);
    expect(problems[0]?.message).toMatch(/^it is no valid YAML or JSON: /);
  });
});

describe('an overlay', () => {
  const base = `${head}paths: { /a: { get: { operationId: a, tags: [one], responses: { "200": { description: d } } }, put: { operationId: b, responses: {} } } }\n`;
  const overlay = (actions: string): string =>
    write('overlay.yaml', `overlay: 1.0.0\ninfo: { title: o, version: "1" }\nactions:\n${actions}`);

  it('updates objects, joins lists and removes, one action after the other', async () => {
    const contract = await load(write('base.yaml', base), {
      overlays: [
        overlay(
          '  - { target: "$.paths[\'/a\'].get", update: { summary: s, tags: [two] } }\n  - { target: "$.paths.*.get.tags", update: three }\n  - { target: "$.paths.*.put", remove: true }\n',
        ),
      ],
    });
    expect(contract.operations.map(({ id, tags, summary }) => ({ id, tags, summary }))).toEqual([
      { id: 'a', tags: ['one', 'two', 'three'], summary: 's' },
    ]);
    expect(at(contract.document, '/paths/~1a/put')).toBeUndefined();
  });

  it('changes the hash, and an action that selects nothing is told', async () => {
    const file = write('base.yaml', base);
    const plain = await load(file);
    const laid = await load(file, { overlays: [overlay('  - { target: "$.nothing", remove: true }\n')] });
    expect(laid.sha256).not.toBe(plain.sha256);
    expect(laid.inferred.join('\n')).toMatch(/Action 1 of .*overlay\.yaml selects nothing: \$\.nothing\./);
  });

  it.each([
    ['  - { update: {} }\n', /overlay\.yaml:4: action 1 has no target/],
    [
      '  - { target: "$.info", remove: true }\n  - { target: "$.[", update: {} }\n',
      /overlay\.yaml:5: action 2 has a target that is no JSONPath/,
    ],
    ['  - { target: "$.info.title", update: x }\n', /action 1 selects a single value/],
    ['  - { target: "$.info", update: [] }\n', /action 1 updates an object with something that is none/],
    ['  - { target: "$.info" }\n', /action 1 neither updates nor removes/],
    ['  - { target: "$.info", updates: {}, remove: true }\n', /action 1 has a key updates/],
  ])('that is wrong names file and action: %j', async (actions, says) => {
    await expect(load(write('base.yaml', base), { overlays: [overlay(actions)] })).rejects.toThrow(says);
  });
});
