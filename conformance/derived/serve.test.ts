/** What a front end and a client see of a derived server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDerivedServer, type DerivedServer, type DerivedServerOptions } from './index.ts';
import { pets } from './testing/pets.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-serve-'));
  file = join(folder, 'pets.json');
  writeFileSync(file, JSON.stringify(pets));
});
afterAll(() => rmSync(folder, { recursive: true }));

const start = (options: DerivedServerOptions = {}): Promise<DerivedServer> => createDerivedServer(file, options);

interface Told {
  status: number;
  headers: Headers;
  json: unknown;
}

async function ask(
  server: DerivedServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Told> {
  const response = await server.fetch(
    new Request(`http://server${path}`, {
      method,
      headers: {
        authorization: 'Bearer me',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

const rex = { name: 'Rex', kind: 'dog' };
const idOf = ({ json }: Told): string => (json as { id: string }).id;

describe('a record', () => {
  it('is created with an id, instants and defaults, read, listed, changed and deleted', async () => {
    const server = await start();
    const made = await ask(server, 'POST', '/pets', rex);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ ...rex, vaccinated: false });
    expect(made.json).toHaveProperty('created_at');
    expect(made.headers.get('location')).toBe(`/pets/${idOf(made)}`);
    expect((await ask(server, 'GET', `/pets/${idOf(made)}`)).json).toEqual(made.json);
    const changed = await ask(server, 'PATCH', `/pets/${idOf(made)}`, { name: 'Max' });
    expect(changed.json).toMatchObject({ name: 'Max', kind: 'dog' });
    expect((await ask(server, 'GET', '/pets')).json).toEqual({ data: [changed.json], total: 1 });
    expect((await ask(server, 'DELETE', `/pets/${idOf(made)}`)).status).toBe(204);
    const gone = await ask(server, 'GET', `/pets/${idOf(made)}`);
    expect(gone.status).toBe(404);
    expect(gone.json).toMatchObject({ code: 'not_found' });
    expect(server.records).toBe(0);
  });

  it('stands below the record of its path alone', async () => {
    const server = await start();
    const [one, two] = [await ask(server, 'POST', '/pets', rex), await ask(server, 'POST', '/pets', rex)];
    const visit = await ask(server, 'POST', `/pets/${idOf(one)}/visits`, { reason: 'cough' });
    expect(visit.status).toBe(201);
    expect((await ask(server, 'GET', `/pets/${idOf(one)}/visits`)).json).toHaveLength(1);
    expect((await ask(server, 'GET', `/pets/${idOf(two)}/visits`)).json).toEqual([]);
    expect((await ask(server, 'POST', '/pets/nobody/visits', { reason: 'cough' })).status).toBe(404);
  });
});

describe('what is refused', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a missing field', { kind: 'dog' }, 'name'],
    ['a value that is not of its list', { name: 'Rex', kind: 'fish' }, 'kind'],
    ['a text that is too long', { name: 'x'.repeat(41), kind: 'dog' }, 'name'],
    ['no JSON', '{"name":', undefined],
  ])('%s is answered with the error schema of the document, and names the field', async (_what, body, field) => {
    const told = await ask(await start(), 'POST', '/pets', body);
    expect(told.status).toBe(400);
    expect(told.json).toMatchObject({ code: 'bad_request', ...(field === undefined ? {} : { field }) });
  });

  it('a value of the server’s own is not applied', async () => {
    const told = await ask(await start(), 'POST', '/pets', { ...rex, id: 'mine', created_at: '2001-01-01T00:00:00Z' });
    expect(told.json).not.toMatchObject({ id: 'mine' });
    expect(told.json).not.toMatchObject({ created_at: '2001-01-01T00:00:00Z' });
  });

  it('any credential lets in but none, and one that says that it is unknown', async () => {
    const server = await start();
    expect((await ask(server, 'GET', '/pets')).status).toBe(200);
    expect((await ask(server, 'GET', '/pets', undefined, { authorization: '' })).status).toBe(401);
    expect((await ask(server, 'GET', '/pets', undefined, { authorization: 'Bearer unknown' })).status).toBe(401);
  });

  it('with tokens given no other one lets in', async () => {
    const server = await start({ tokens: ['mine'] });
    expect((await ask(server, 'GET', '/pets')).status).toBe(401);
    expect((await ask(server, 'GET', '/pets', undefined, { authorization: 'Bearer mine' })).status).toBe(200);
  });

  it('a record more than fits in is answered with 507', async () => {
    const server = await start({ maxRecords: 1 });
    expect((await ask(server, 'POST', '/pets', rex)).status).toBe(201);
    expect((await ask(server, 'POST', '/pets', rex)).status).toBe(507);
  });

  it('an unknown path is 404, and an unknown method 405 with the methods that there are', async () => {
    const server = await start();
    expect((await ask(server, 'GET', '/cats')).status).toBe(404);
    const told = await ask(server, 'PUT', '/pets');
    expect(told.status).toBe(405);
    expect(told.headers.get('allow')).toContain('POST');
  });
});

describe('Prefer', () => {
  it('code=409 gives that answer in the form of the document', async () => {
    const told = await ask(await start(), 'POST', '/pets', rex, { prefer: 'code=400' });
    expect(told.status).toBe(400);
    expect(told.json).toHaveProperty('message');
  });

  it('example=NAME gives that example', async () => {
    const told = await ask(await start(), 'GET', '/pets/x', undefined, { prefer: 'example=cat' });
    expect(told.json).toMatchObject({ name: 'Tom', kind: 'cat' });
  });

  it('an example that is none is refused with the names that there are', async () => {
    const told = await ask(await start(), 'GET', '/pets/x', undefined, { prefer: 'example=cow' });
    expect(told.status).toBe(400);
    expect(told.json).toMatchObject({ detail: expect.stringContaining('it has cat') as string });
  });
});

describe('lists', () => {
  it('are paged, filtered and counted', async () => {
    const server = await start();
    for (const kind of ['dog', 'cat', 'dog', 'cat', 'dog']) await ask(server, 'POST', '/pets', { name: kind, kind });
    const page = await ask(server, 'GET', '/pets?limit=2&offset=1');
    expect(page.json).toMatchObject({ total: 5, data: [{ kind: 'cat' }, { kind: 'dog' }] });
    expect((await ask(server, 'GET', '/pets?kind=cat')).json).toMatchObject({ total: 2 });
    expect((await ask(server, 'GET', '/pets?limit=0')).status).toBe(400);
  });
});

describe('what is there from the start', () => {
  it('the examples of the document', async () => {
    const server = await start({ seedData: true });
    expect((await ask(server, 'GET', '/pets')).json).toMatchObject({ total: 1, data: [{ name: 'Fido' }] });
  });

  it('records by the names of their resources', async () => {
    const server = await start({ seedData: { pets: [{ id: 'p-1', name: 'Rex', kind: 'dog' }] } });
    expect((await ask(server, 'GET', '/pets/p-1')).json).toMatchObject(rex);
    await expect(start({ seedData: { cats: [] } })).rejects.toThrow('names the resource "cats"; the document has pets');
  });
});

describe('faults', () => {
  it('a field is lost', async () => {
    const server = await start({ faults: ['not-stored:createPet.kind'] });
    expect((await ask(server, 'POST', '/pets', rex)).status).toBe(201);
    expect((await ask(server, 'GET', '/pets')).json).not.toMatchObject({ data: [{ kind: 'dog' }] });
  });

  it('several at once', async () => {
    const server = await start({ faults: ['list-repeats:listPets', 'delete-keeps:deletePet'] });
    const made = await ask(server, 'POST', '/pets', rex);
    expect((await ask(server, 'GET', '/pets')).json).toMatchObject({ data: [made.json, made.json] });
    expect((await ask(server, 'DELETE', `/pets/${idOf(made)}`)).status).toBe(204);
    expect((await ask(server, 'GET', `/pets/${idOf(made)}`)).status).toBe(200);
  });

  it('an id that is none is refused', async () => {
    await expect(start({ faults: ['not-stored:createPet.colour'] })).rejects.toThrow(
      'makes no fault "not-stored:createPet.colour" possible',
    );
  });
});
