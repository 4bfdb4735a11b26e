import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkKeywords } from './keywords.ts';
import schema from './keywords.schema.json' with { type: 'json' };

const repository = fileURLToPath(new URL('../../', import.meta.url));
const contract = (name: string): unknown => parse(readFileSync(`${repository}openapi/${name}.yaml`, 'utf8'));

/** A small API of another field with every keyword in its place. */
const library = `
openapi: 3.1.0
info: { title: Library, version: 1.0.0 }
x-ringtrue-fixtures:
  shelf: { description: A shelf that exists, development: s1 }
  shelf.other: { description: A second shelf, optional: true }
  closedShelf: { description: A shelf that takes no book, optional: true }
x-ringtrue-development: { token: t, roleTokens: { keeper: t } }
security: [{ key: [keeper] }]
paths:
  /books:
    get:
      operationId: listBooks
      x-ringtrue-pagination: { page: page, size: size }
      x-ringtrue-sort: { parameter: sort, example: 'title:asc', default: 'madeAt:desc', level: SHOULD }
      x-ringtrue-filter: { parameter: filter, fields: [title], ranges: [madeAt], level: MAY }
      parameters:
        - { name: page, in: query, schema: { type: integer } }
        - { name: size, in: query, schema: { type: integer } }
        - { name: sort, in: query, schema: { type: string } }
        - { name: filter, in: query, schema: { type: object } }
        - { name: shelf, in: query, schema: { type: string }, x-ringtrue-filters-by: shelf }
      responses:
        '200':
          description: Books
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Book' } } } }
          links: { one: { operationId: getBook, parameters: { id: '$response.body#/0/id' } } }
    post:
      operationId: createBook
      x-ringtrue-undocumented-success: SHOULD
      x-ringtrue-idempotency: { header: idempotency-key, status: 409, reference: id }
      parameters: [{ name: Idempotency-Key, in: header, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewBook' } } } }
      responses:
        '201':
          description: Made
          content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } }
          links: { one: { operationId: getBook, parameters: { id: '$response.body#/id' } } }
        '400': { description: Wrong, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
        '409': { description: Repeated, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
        '422': { description: Refused, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
  /books/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getBook
      responses:
        '200': { description: A book, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
components:
  schemas:
    NewBook:
      type: object
      properties:
        shelf:
          type: string
          x-ringtrue-fixture: shelf
          x-ringtrue-refusal-status: [400, 422]
          x-ringtrue-refused-fixtures: { closedShelf: 422 }
        title:
          type: string
          pattern: ^[A-Z]
          x-ringtrue-generate: text
          x-ringtrue-levels: { pattern: SHOULD, empty: MUST }
          x-ringtrue-values: { accept: [{ value: A, title: a capital }], refuse: [{ value: a, title: small, level: SHOULD }] }
        lent: { type: boolean, x-ringtrue-read-back: /loan/open }
        tags: { type: array, items: { type: string, x-ringtrue-generate: text } }
    Book:
      type: object
      properties:
        id: { type: string, x-ringtrue-immutable: true }
        shelf: { type: string, x-ringtrue-round-trip: true }
        title:
          type: string
          x-ringtrue-round-trip: { presence: SHOULD, equality: exact, from: create, ways: [create, read], ignore: [/x], whenAbsent: MAY }
        loan: { type: object, properties: { open: { type: boolean, x-ringtrue-round-trip: true } } }
        self: { type: string, x-ringtrue-link: getBook }
        madeAt: { type: string, x-ringtrue-advances: { afterUpdate: SHOULD } }
        state: { type: string, x-ringtrue-first-value: { value: NEW } }
    Problem:
      type: object
      properties:
        status: { type: integer, x-ringtrue-http-status: true }
        field: { type: string, x-ringtrue-names-field: true }
        fields: { type: object, x-ringtrue-names-field: keys }
`;

/** The library with one text put in another's place. */
function broken(from: string, to: string): unknown {
  expect(library).toContain(from);
  return parse(library.replace(from, to));
}

const told = (document: unknown): string[] => checkKeywords(document).map(({ message }) => message);

describe('checkKeywords', () => {
  it.each(['voice-calls', 'calldesk', 'aicaller'])('finds nothing in %s', (name) => {
    expect(checkKeywords(contract(name))).toEqual([]);
  });

  it('finds nothing where every keyword is in its place', () => {
    expect(checkKeywords(parse(library))).toEqual([]);
  });

  it('the small API of this test uses every keyword', () => {
    const unused = Object.keys(schema.properties).filter((name) => !library.includes(`${name}:`));
    expect(unused).toEqual([]);
  });

  it.each(Object.keys(schema.properties))('a misspelt %s is refused, and the right name is told', (name) => {
    const misspelt = `${name.slice(0, -2)}${name.slice(-1)}`;
    const document = parse(library.replaceAll(`${name}:`, `${misspelt}:`)) as unknown;
    const messages = told(document);
    expect(messages.join('\n')).toContain(`There is no keyword ${misspelt}.`);
    expect(messages.join('\n')).toContain('Did you mean x-ringtrue-');
  });

  it.each([
    'x-ring-true-fixture',
    'X-RingTrue-Fixture',
    'x-rigntrue-fixture',
    'x-ringtrue-fixtur',
    'x-ringtrue_fixture',
  ])('a misspelt prefix is seen: %s', (name) => {
    const messages = told(broken('x-ringtrue-fixture: shelf', `${name}: shelf`));
    expect(messages.join('\n')).toContain(`There is no keyword ${name}. Did you mean x-ringtrue-fixture`);
  });

  it('extensions of other tools are left alone', () => {
    expect(told(broken('type: boolean,', 'type: boolean, x-internal: true, x-go-name: Lent,'))).toEqual([]);
  });

  it('a property that is called like a keyword is no keyword', () => {
    expect(
      told(
        broken(
          'title:\n          type: string\n          pattern',
          'x-ringtrue-tile: { type: string }\n        title:\n          type: string\n          pattern',
        ),
      ),
    ).toEqual([]);
  });

  it('an example that holds a keyword is data', () => {
    expect(told(broken('tags: { type: array,', 'tags: { type: array, example: [{ x-ringtrue-tile: 1 }],'))).toEqual([]);
  });

  it.each([
    [
      'a request keyword on a record',
      'id: { type: string, x-ringtrue-immutable: true }',
      'id: { type: string, x-ringtrue-generate: text }',
      'stands on a property of a success; it belongs on a property of a request body',
    ],
    [
      'a record keyword on a request',
      'lent: { type: boolean,',
      'lent: { type: boolean, x-ringtrue-immutable: true,',
      'stands on a property of a request body; it belongs on a property of a success',
    ],
    [
      'an operation keyword on the root',
      'openapi: 3.1.0',
      'openapi: 3.1.0\nx-ringtrue-undocumented-success: MUST',
      "stands on the document's root; it belongs on an operation",
    ],
    [
      'a parameter keyword on a path parameter',
      'in: path, required: true,',
      'in: path, required: true, x-ringtrue-filters-by: shelf,',
      'stands where nothing reads it; it belongs on a query parameter',
    ],
    [
      'a property keyword on the whole body',
      'NewBook:\n      type: object',
      'NewBook:\n      type: object\n      x-ringtrue-levels: { type: SHOULD }',
      'stands where nothing reads it',
    ],
    [
      'a keyword on a component that no operation uses',
      'components:\n  schemas:',
      'components:\n  schemas:\n    Unused: { type: object, properties: { a: { type: string, x-ringtrue-generate: text } } }',
      'stands where nothing reads it',
    ],
    [
      'a record keyword on a refusal',
      'x-ringtrue-names-field: true',
      'x-ringtrue-immutable: true',
      'stands on a property of a refusal',
    ],
    [
      'a refusal keyword on a record',
      'x-ringtrue-immutable: true',
      'x-ringtrue-names-field: true',
      'stands on a property of a success; it belongs on a property of a refusal',
    ],
  ])('%s is refused', (_title, from, to, message) => {
    expect(told(broken(from, to)).join('\n')).toContain(message);
  });

  it.each([
    [
      'a generator that does not exist',
      'x-ringtrue-generate: text\n',
      'x-ringtrue-generate: words\n',
      'x-ringtrue-generate is none of phone, decimal, text',
    ],
    [
      'a level that does not exist',
      'pattern: SHOULD',
      'pattern: OUGHT',
      'x-ringtrue-levels/pattern is none of MUST, SHOULD, MAY',
    ],
    [
      'a level for a keyword that JSON Schema lacks',
      'pattern: SHOULD',
      'patern: SHOULD',
      'x-ringtrue-levels has no property patern',
    ],
    ['a misspelt part', 'presence: SHOULD', 'presense: SHOULD', 'x-ringtrue-round-trip has no property presense'],
    ['a lacking part', 'status: 409, reference: id', 'status: 409', 'x-ringtrue-idempotency lacks reference'],
    [
      'an immutable that is false',
      'x-ringtrue-immutable: true',
      'x-ringtrue-immutable: false',
      'x-ringtrue-immutable can only be true',
    ],
    [
      'a pointer without a slash',
      'x-ringtrue-read-back: /loan/open',
      'x-ringtrue-read-back: loan/open',
      'x-ringtrue-read-back must match',
    ],
    ['a success as a refusal', '[400, 422]', '[200]', 'x-ringtrue-refusal-status/0 must be >= 400'],
    ['an order without a direction', 'title:asc', 'title', 'x-ringtrue-sort/example must match'],
    ['a value without a title', 'value: A, title: a capital', 'value: A', 'x-ringtrue-values/accept/0 lacks title'],
    ['an unknown equality', 'equality: exact', 'equality: same', 'equality is none of exact, decimal'],
    ['an unknown way', 'ways: [create, read]', 'ways: [creation]', 'ways/0 is none of create, read, list, update'],
    [
      'names-field with another text',
      'x-ringtrue-names-field: keys',
      'x-ringtrue-names-field: values',
      'is none of true, keys',
    ],
  ])('%s is refused', (_title, from, to, message) => {
    expect(told(broken(from, to)).join('\n')).toContain(message);
  });

  it.each([
    [
      'a fixture that is not declared',
      'x-ringtrue-fixture: shelf',
      'x-ringtrue-fixture: shelve',
      'The fixture shelve is not declared in x-ringtrue-fixtures. Did you mean shelf?',
    ],
    ['a refused fixture that is not declared', 'closedShelf: 422', 'closdShelf: 422', 'Did you mean closedShelf?'],
    [
      'a fixture that nothing names',
      'x-ringtrue-refused-fixtures: { closedShelf: 422 }',
      'description: x',
      'The fixture closedShelf is declared, but no x-ringtrue-fixture names it.',
    ],
    [
      'a second value of no fixture',
      'shelf.other:',
      'shelve.other:',
      'a second value of the fixture shelve, which is not declared',
    ],
    [
      'a second value that is not optional',
      'A second shelf, optional: true',
      'A second shelf',
      'it must be optional: true',
    ],
    [
      'a link to no operation',
      'x-ringtrue-link: getBook',
      'x-ringtrue-link: getBok',
      'There is no operation getBok. Did you mean getBook?',
    ],
    [
      'an OpenAPI link to no operation',
      "operationId: getBook, parameters: { id: '$response.body#/0/id' }",
      "operationId: readBook, parameters: { id: '$response.body#/0/id' }",
      'There is no operation readBook.',
    ],
    [
      'an OpenAPI link with a parameter that is none',
      "parameters: { id: '$response.body#/id' }",
      "parameters: { uid: '$response.body#/id' }",
      'getBook has no parameter uid. Did you mean id?',
    ],
    [
      'an OpenAPI link from nowhere',
      '$response.body#/id',
      '$response.body#/data/id',
      'No success of createBook has a property at /data/id.',
    ],
    [
      'a read-back from nowhere',
      '/loan/open',
      '/loan/opened',
      'No success of createBook has a property at /loan/opened.',
    ],
    [
      'a filter by a property that no request has',
      'x-ringtrue-filters-by: shelf',
      'x-ringtrue-filters-by: shelve',
      'No request that makes these records has a property shelve. Did you mean shelf?',
    ],
    [
      'a page parameter that is none',
      'page: page,',
      'page: pag,',
      'listBooks has no query parameter pag. Did you mean page?',
    ],
    ['a sort field that no record has', 'title:asc', 'titel:asc', 'No success of listBooks has a property titel.'],
    [
      'a filter field that no record has',
      'fields: [title]',
      'fields: [titel]',
      'No success of listBooks has a property titel.',
    ],
    [
      'an idempotency header that is none',
      'header: idempotency-key',
      'header: Idem-Key',
      'createBook has no header parameter Idem-Key.',
    ],
    [
      'a status that is not documented',
      'status: 409, reference',
      'status: 410, reference',
      'createBook does not document the status 410.',
    ],
    [
      'a refusal status that is not documented',
      '[400, 422]',
      '[400, 423]',
      'createBook does not document the status 423.',
    ],
    [
      'a role that no operation names',
      'roleTokens: { keeper: t }',
      'roleTokens: { keper: t }',
      'No security requirement names the role keper. Did you mean keeper?',
    ],
    [
      'a level for what the property lacks',
      'pattern: SHOULD, empty',
      'maxLength: SHOULD, empty',
      'A level for maxLength stands on a property that has no maxLength.',
    ],
    [
      'a round trip of what no request sends',
      'x-ringtrue-advances: { afterUpdate: SHOULD }',
      'x-ringtrue-round-trip: true',
      'No request sends madeAt, so nothing is there to be read back.',
    ],
  ])('%s is refused', (_title, from, to, message) => {
    expect(told(broken(from, to)).join('\n')).toContain(message);
  });

  it('each problem names its place', () => {
    expect(checkKeywords(broken('x-ringtrue-fixture: shelf', 'x-ringtrue-fixture: shelve'))[0]?.pointer).toBe(
      '/components/schemas/NewBook/properties/shelf/x-ringtrue-fixture',
    );
  });

  it('a component that two operations use is told once', () => {
    const document = broken(
      'type: boolean, x-ringtrue-round-trip: true',
      'type: boolean, x-ringtrue-round-trip: maybe',
    );
    expect(told(document)).toHaveLength(1);
  });

  it('references in a circle do no harm', () => {
    const inside = 'lent: { type: boolean, x-ringtrue-read-back: /loan/open }';
    expect(told(broken(inside, `${inside}\n        series: { $ref: '#/components/schemas/NewBook' }`))).toEqual([]);
  });

  it('a reference that leads nowhere is told, and nothing that follows from it', () => {
    expect(
      checkKeywords(
        broken("schema: { $ref: '#/components/schemas/NewBook' }", "schema: { $ref: '#/components/schemas/NewBok' }"),
      ),
    ).toEqual([
      {
        pointer: '/paths/~1books/post/requestBody/content/application~1json/schema/$ref',
        message: 'The reference #/components/schemas/NewBok leads nowhere.',
      },
    ]);
  });

  it('a document that is no object is told', () => {
    expect(told('openapi')).toEqual(['The document is no object.']);
  });
});

describe('keywords.schema.json', () => {
  it('is a valid JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false });
    ajv.addVocabulary(['standsOn']);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('and docs/keywords.md tell of the same keywords', () => {
    const page = readFileSync(`${repository}docs/keywords.md`, 'utf8');
    const explained = new Set(page.match(/x-ringtrue-[a-z-]+[a-z]/g));
    expect([...explained].sort()).toEqual(Object.keys(schema.properties).sort());
  });
});
