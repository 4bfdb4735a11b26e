/** Resources as they are found in small documents in the manner of frameworks and of public APIs, without a keyword of ours. */
import { describe, expect, it } from 'vitest';
import { inEnvelope } from './envelope.ts';
import { readOperations } from './operations.ts';
import { readResources } from './resources.ts';
import type { JsonObject, Operation, Resource } from './types.ts';

interface Op {
  id?: string;
  body?: JsonObject;
  form?: JsonObject;
  /** Status of the success. */
  status?: string;
  answer?: JsonObject;
  headers?: JsonObject;
  links?: JsonObject;
  parameters?: JsonObject[];
}

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: JsonObject, required: string[] = []): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const list = (items: JsonObject): JsonObject => ({ type: 'array', items });
const text: JsonObject = { type: 'string' };
const whole: JsonObject = { type: 'integer' };
const uuid: JsonObject = { type: 'string', format: 'uuid' };

/** Reads `{ 'POST /x': { body, answer } }`. */
function found(operations: Record<string, Op>, schemas: JsonObject = {}) {
  const paths: Record<string, JsonObject> = {};
  for (const [key, op] of Object.entries(operations)) {
    const [method = '', path = ''] = key.split(' ');
    const content = (type: string, schema: JsonObject): JsonObject => ({ [type]: { schema } });
    (paths[path] ??= {})[method.toLowerCase()] = {
      ...(op.id === undefined ? {} : { operationId: op.id }),
      parameters: op.parameters ?? [],
      ...(op.body ? { requestBody: { content: content('application/json', op.body) } } : {}),
      ...(op.form ? { requestBody: { content: content('application/x-www-form-urlencoded', op.form) } } : {}),
      responses: {
        [op.status ?? '200']: {
          description: '',
          ...(op.answer ? { content: content('application/json', op.answer) } : {}),
          ...(op.headers ? { headers: op.headers } : {}),
          ...(op.links ? { links: op.links } : {}),
        },
      },
    };
  }
  const document = { openapi: '3.1.0', info: {}, paths, components: { schemas } };
  const inferred: string[] = [];
  const all = readOperations(document, inferred);
  const resources = readResources(document, all, inferred);
  const named = (name: string): Resource => {
    const one = resources.find((resource) => resource.name === name);
    if (!one) throw new Error(`no resource ${name} among ${resources.map((each) => each.name).join(', ')}`);
    return one;
  };
  const operation = (id: string): Operation => {
    const one = all.find((each) => each.id === id);
    if (!one) throw new Error(`no operation ${id} among ${all.map((each) => each.id).join(', ')}`);
    return one;
  };
  const from = (id: string, name: string) => operation(id).parameters.find((one) => one.name === name)?.from;
  return { resources, inferred, named, operation, from };
}

describe('FastAPI and drf-spectacular: trailing slashes, numbers as ids, PUT and PATCH', () => {
  const item = object({ id: whole, title: { anyOf: [text, { type: 'null' }] } }, ['id', 'title']);
  const { named, from } = found(
    {
      'POST /items/': { id: 'create', body: object({ title: text }), status: '201', answer: ref('Item') },
      'GET /items/': { id: 'list', answer: object({ count: whole, results: list(ref('Item')) }) },
      'GET /items/{item_id}/': { id: 'read', answer: ref('Item') },
      'PUT /items/{item_id}/': { id: 'replace', body: object({ title: text }), answer: ref('Item') },
      'PATCH /items/{item_id}/': { id: 'change', body: object({ title: text }), answer: ref('Item') },
      'DELETE /items/{item_id}/': { id: 'remove', status: '204' },
    },
    { Item: item },
  );
  const items = named('items');

  it('are one resource with every writer and its delete', () => {
    expect(items.kind).toBe('collection');
    expect([items.create?.id, items.read?.id, items.list?.id, items.delete?.id]).toEqual([
      'create',
      'read',
      'list',
      'remove',
    ]);
    expect(items.updates.map(({ operation, replaces }) => [operation.id, replaces])).toEqual([
      ['replace', true],
      ['change', false],
    ]);
    expect([items.idPointer, items.idParameter, items.itemsAt]).toEqual(['/id', 'item_id', '/results']);
  });

  it('say where the path takes its id from', () => {
    expect(from('remove', 'item_id')).toEqual({ resource: 'items', at: '/id', said: false });
  });
});

describe('GitHub-like: several keys, creates elsewhere, sub-resources', () => {
  const { named, from } = found(
    {
      'POST /orgs/{org}/repos': { id: 'create', body: object({ name: text }), status: '201', answer: ref('Repo') },
      'GET /repos/{owner}/{repo}': { id: 'read', answer: ref('Repo') },
      'POST /repos/{owner}/{repo}/issues': {
        id: 'open',
        body: object({ title: text }),
        status: '201',
        answer: ref('Issue'),
      },
      'GET /repos/{owner}/{repo}/issues/{issue_number}': { id: 'issue', answer: ref('Issue') },
    },
    {
      Repo: object({ id: whole, name: text, owner: object({ id: whole, login: text }) }, ['id', 'name']),
      Issue: object({ id: whole, number: whole, title: text }),
    },
  );

  it('find the record by its schema, wherever it is addressed', () => {
    expect(named('repos').read?.id).toBe('read');
    expect(named('repos').parents).toEqual([{ resource: undefined, parameter: 'org' }]);
  });

  it('take an id that is called as the path calls it before one called id', () => {
    expect(named('issues').idPointer).toBe('/number');
    expect(named('issues').parents.map(({ parameter }) => parameter)).toEqual(['owner', 'repo']);
    expect(from('issue', 'repo')?.resource).toBe('repos');
  });
});

describe('Asana- and Memos-like: wrapped records, ids under other names', () => {
  const task = object({ gid: text, name: text, project: { type: 'string', description: 'Gid of the project.' } });
  const { named, from, operation } = found(
    {
      'POST /projects': {
        id: 'createProject',
        body: object({ data: object({ name: text }) }),
        status: '201',
        answer: object({ data: ref('Project') }),
      },
      'GET /projects/{project_gid}': { id: 'getProject', answer: object({ data: ref('Project') }) },
      'POST /projects/{project_gid}/tasks': {
        id: 'createTask',
        body: object({ data: ref('Task') }, ['data']),
        status: '201',
        answer: object({ data: ref('Task') }),
      },
      'GET /projects/{project_gid}/tasks': { id: 'listTasks', answer: object({ data: list(ref('Task')) }) },
      'GET /tasks/{task_gid}': { id: 'getTask', answer: object({ data: ref('Task') }) },
      'POST /memos': { id: 'createMemo', body: ref('Memo'), answer: ref('Memo') },
      'GET /memos/{memo}': { id: 'getMemo', answer: ref('Memo') },
      'POST /pools/': { id: 'createPool', body: object({ name: text }), answer: object({ id: uuid, name: text }) },
      'GET /pools/{pool_name}': { id: 'getPool', answer: object({ id: uuid, name: text }) },
    },
    {
      Project: object({ gid: text, name: text }),
      Task: task,
      Memo: object({
        name: { type: 'string', description: 'The resource name of the memo. Format: memos/{memo}' },
        content: text,
      }),
    },
  );

  it('the record stands in data, and so do the fields of the request', () => {
    const tasks = named('tasks');
    expect([tasks.idPointer, tasks.recordAt.read, tasks.itemsAt]).toEqual(['/data/gid', '/data', '/data']);
    expect(tasks.createFields.map(({ name }) => name)).toEqual(['gid', 'name', 'project']);
    expect(inEnvelope(operation('createTask').requestBody?.envelope, { name: 'x' })).toEqual({ data: { name: 'x' } });
    expect(tasks.createFields.find(({ name }) => name === 'name')?.roundTrip?.at).toBe('/name');
  });

  it('the parent comes from its own resource', () => {
    expect(named('tasks').parents).toEqual([{ resource: 'projects', parameter: 'project_gid' }]);
    expect(from('createTask', 'project_gid')).toMatchObject({ resource: 'projects', at: '/gid' });
    expect(named('tasks').createFields.find(({ name }) => name === 'project')?.from).toMatchObject({
      resource: 'projects',
    });
  });

  it('a name that is a path is asked for by its last part', () => {
    expect(named('memos')).toMatchObject({ idField: 'name', idTail: true });
    expect(from('getMemo', 'memo')).toMatchObject({ at: '/name', tail: true });
  });

  it('pool_name is the name, although there is an id', () => {
    expect(named('pools').idField).toBe('name');
  });
});

describe('JSON:API', () => {
  const attributes = object({ title: text }, ['title']);
  const resource = object({ type: { type: 'string', enum: ['articles'] }, id: text, attributes }, [
    'type',
    'id',
    'attributes',
  ]);
  const write = object(
    {
      data: object({ type: { type: 'string', enum: ['articles'] }, id: text, attributes }, [
        'type',
        'id',
        'attributes',
      ]),
    },
    ['data'],
  );
  const { named, operation } = found({
    'POST /articles': {
      id: 'create',
      body: object({ data: object({ type: { const: 'articles' }, attributes }, ['type', 'attributes']) }, ['data']),
      status: '201',
      answer: object({ data: resource }, ['data']),
    },
    'GET /articles/{id}': { id: 'read', answer: object({ data: resource }, ['data']) },
    'PATCH /articles/{id}': { id: 'change', body: write, answer: object({ data: resource }, ['data']) },
    'GET /articles': { id: 'list', answer: object({ data: list(resource) }, ['data']) },
  });

  it('fields are attributes, read back as attributes', () => {
    expect(named('articles').idPointer).toBe('/data/id');
    expect(named('articles').createFields.map(({ name, roundTrip }) => [name, roundTrip?.at])).toEqual([
      ['title', '/attributes/title'],
    ]);
  });

  it('a request has type around its fields, and a change the id of the record', () => {
    expect(inEnvelope(operation('create').requestBody?.envelope, { title: 't' })).toEqual({
      data: { type: 'articles', attributes: { title: 't' } },
    });
    expect(inEnvelope(operation('change').requestBody?.envelope, { title: 't' }, '7')).toEqual({
      data: { type: 'articles', id: '7', attributes: { title: 't' } },
    });
  });
});

describe('Stripe- and Twilio-like: forms, POST that changes, paths with an ending, actions', () => {
  const call = object({ sid: text, to: text, account_sid: text });
  const { named, from } = found(
    {
      'POST /Accounts.json': {
        id: 'CreateAccount',
        form: object({ FriendlyName: text }),
        status: '201',
        answer: object({ sid: text }),
      },
      'GET /Accounts/{Sid}.json': { id: 'FetchAccount', answer: object({ sid: text }) },
      'POST /Accounts/{AccountSid}/Calls.json': {
        id: 'CreateCall',
        form: object({ To: text }),
        status: '201',
        answer: ref('Call'),
      },
      'GET /Accounts/{AccountSid}/Calls/{Sid}.json': { id: 'FetchCall', answer: ref('Call') },
      'POST /Accounts/{AccountSid}/Calls/{Sid}.json': {
        id: 'UpdateCall',
        form: object({ Status: text }),
        answer: ref('Call'),
      },
      'DELETE /Accounts/{AccountSid}/Calls/{Sid}.json': { id: 'DeleteCall', status: '204' },
      'POST /v1/orders': { id: 'order', body: object({ item: text }), status: '201', answer: ref('Order') },
      'GET /v1/orders/{id}': { id: 'getOrder', answer: ref('Order') },
      'POST /v1/orders/{id}/cancel': { id: 'cancel', answer: ref('Order') },
      'POST /v1/orders/search': {
        id: 'searchOrders',
        body: object({ q: text }),
        answer: object({ items: list(ref('Order')) }),
      },
      'POST /v1/orders/{id}:refund': { id: 'refund', answer: ref('Order') },
    },
    { Call: call, Order: object({ id: text, item: text }) },
  );

  it('the ending of a path is no part of it', () => {
    const calls = named('Calls');
    expect([calls.create?.id, calls.read?.id, calls.update?.id, calls.delete?.id]).toEqual([
      'CreateCall',
      'FetchCall',
      'UpdateCall',
      'DeleteCall',
    ]);
    expect(calls.parents).toEqual([{ resource: 'Accounts', parameter: 'AccountSid' }]);
    expect(from('FetchCall', 'AccountSid')).toMatchObject({ resource: 'Accounts', at: '/sid' });
  });

  it('actions belong to the record, searches to the collection', () => {
    expect(named('orders').actions.map(({ id }) => id)).toEqual(['cancel', 'refund']);
    expect(named('orders').searches.map(({ id }) => id)).toEqual(['searchOrders']);
    expect(from('cancel', 'id')).toMatchObject({ resource: 'orders' });
  });
});

describe('springdoc, NestJS, oapi-codegen, CAMARA: creates without a body, keys of the client, single records', () => {
  const { named, operation, inferred } = found(
    {
      'POST /pets': {
        id: 'addPet',
        body: object({ name: text }),
        status: '201',
        headers: { Location: { schema: text } },
      },
      'GET /pets/{petId}': { id: 'getPet', answer: ref('Pet') },
      'GET /pets/by-tag/{tag}': { id: 'petByTag', answer: ref('Pet') },
      'PUT /flags/{key}': {
        id: 'putFlag',
        body: object({ on: { type: 'boolean' } }),
        status: '201',
        answer: ref('Flag'),
      },
      'GET /flags/{key}': { id: 'getFlag', answer: ref('Flag') },
      'GET /account': { id: 'getAccount', answer: object({ email: text }) },
      'PUT /account': { id: 'putAccount', body: object({ email: text }), answer: object({ email: text }) },
      'GET /countries': { id: 'countries', answer: list(object({ code: text })) },
      'GET /countries/{code}': { id: 'country', answer: object({ code: text }) },
      'POST /sim-swap/retrieve-date': { id: 'retrieveDate', body: object({ n: text }), answer: object({ at: text }) },
      'POST /visits': {
        id: 'addVisit',
        body: object({ petId: whole, country: text }),
        status: '201',
        answer: object({ id: whole, petId: whole }),
      },
    },
    { Pet: object({ id: whole, name: text, tag: text }), Flag: object({ key: text, on: { type: 'boolean' } }) },
  );

  it('an id that no body tells comes from Location', () => {
    expect(named('pets')).toMatchObject({ idFrom: 'location', idField: 'id', idParameter: 'petId' });
    expect(named('pets').createFields[0]?.roundTrip?.ways).toEqual(['read']);
  });

  it('PUT that documents 201 makes a record at a key of the client', () => {
    expect(named('flags')).toMatchObject({ kind: 'keyed', idFrom: 'request' });
    expect(named('flags').create?.id).toBe('putFlag');
  });

  it('what has no id in its path and is no list is one record', () => {
    expect(named('account')).toMatchObject({ kind: 'singleton' });
    expect(named('account').update?.id).toBe('putAccount');
  });

  it('what nothing makes can be read and listed', () => {
    expect(named('countries')).toMatchObject({ kind: 'given', idField: 'code' });
    expect(named('countries').list?.id).toBe('countries');
  });

  it('a further address of a record takes one of its properties', () => {
    expect(operation('petByTag')).toMatchObject({ role: 'related', resource: 'pets' });
    expect(operation('petByTag').parameters[0]?.from).toMatchObject({ resource: 'pets', at: '/tag' });
  });

  it('POST that retrieves makes nothing', () => {
    expect(operation('retrieveDate').role).toBe('search');
    expect(operation('retrieveDate').resource).toBeUndefined();
  });

  it('a foreign key names the resource; a bare name that does not look like one does not', () => {
    const fields = named('visits').createFields;
    expect(fields.find(({ name }) => name === 'petId')?.from).toMatchObject({ resource: 'pets', at: '/id' });
    expect(fields.find(({ name }) => name === 'country')?.from).toBeUndefined();
    expect(inferred.join('\n')).toContain('The property petId names a record of pets (addVisit).');
  });
});

describe('links', () => {
  const { named, from, inferred } = found({
    'POST /jobs': {
      id: 'start',
      body: object({ what: text }),
      status: '201',
      answer: object({ handle: text, id: text }),
      links: { poll: { operationId: 'poll', parameters: { job: '$response.body#/handle' } } },
    },
    'GET /progress/{job}/state': { id: 'poll', answer: object({ handle: text }) },
    'GET /jobs/{id}': { id: 'read', answer: object({ id: text }) },
  });

  it('win over every inference', () => {
    expect(named('jobs')).toMatchObject({ idPointer: '/handle', idParameter: 'job' });
    expect(from('poll', 'job')).toEqual({ resource: 'jobs', at: '/handle', said: true });
    expect(inferred.filter((one) => one.startsWith('start: no links'))).toEqual([]);
  });
});

describe('operations', () => {
  it('without an id, or with one that stands twice, have one of their own that does not change', () => {
    const { operation, inferred } = found({
      'GET /a': { id: 'same' },
      'GET /b': { id: 'same' },
      'GET /c/{x}': {},
      'GET /c-{x}': {},
    });
    expect(operation('same').path).toBe('/a');
    expect(operation('get-b').path).toBe('/b');
    expect(operation('get-c-x-').path).toBe('/c/{x}');
    expect(operation('get-c-x--2').path).toBe('/c-{x}');
    expect(inferred[0]).toBe('The operationId same stands twice: GET /b is called get-b.');
  });

  it('have a parameter for every template of their path, declared or not', () => {
    expect(
      found({ 'GET /x/{a}/{b}': { id: 'x' } })
        .operation('x')
        .parameters.map(({ name, in: where }) => [name, where]),
    ).toEqual([
      ['a', 'path'],
      ['b', 'path'],
    ]);
  });
});
